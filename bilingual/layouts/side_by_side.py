"""The side-by-side layout: an HTML page that stands alone, English on the left and Chinese on the right.

No script, no file beside it, nothing from the network: it opens from a disk and on GitHub Pages without a plug-in.
On a narrow screen the columns fold into one, each text under its counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from importlib.resources import files

from mistune import BlockState

from bilingual.layouts import Row
from bilingual.layouts.anchors import Anchors
from bilingual.layouts.html import Side, words
from bilingual.layouts.site_markup import heading_id, plain
from bilingual.model import Lang
from bilingual.text import language

_LANGS: tuple[Lang, Lang] = ("en", "zh")
_TAG: dict[Lang, str] = {"en": "en", "zh": "zh-Hans"}
_HAS_TITLE = re.compile(r"^[\"']?title[\"']?\s*[:=]", re.MULTILINE | re.IGNORECASE)
_ALT = re.compile(r"(\balt\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_IMAGE = re.compile(
    r"<p>((?:\s*(?:<a\b[^<>]*>)?<img\b[^<>]*>(?:</a>)?)+)(?:\s*<br\s*/?>)?((?:(?!</?p>).)*)</p>", re.DOTALL
)
_NOTHING = re.compile(r"(?:\s|<!--.*?-->|<br\s*/?>)*", re.DOTALL)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text <span lang="zh-Hans">跳到正文</span></a>
<header>
<fieldset class="show">
<legend>Show <span lang="zh-Hans">显示</span></legend>
<label><input type="radio" name="show" id="show-both" checked><span>Both <span lang="zh-Hans">对照</span></span></label>
<label><input type="radio" name="show" id="show-en"><span>English</span></label>
<label><input type="radio" name="show" id="show-zh"><span lang="zh-Hans">中文</span></label>
</fieldset>
{heading}
</header>
<main id="text">
{body}
</main>
{foot}</body>
</html>
"""


def render(
    rows: Sequence[Row], *, titles: Mapping[Lang, str], header: str = "", note: Mapping[Lang, str] | None = None
) -> str:
    """The whole HTML page.

    Its title is the header's; where the header has none, it is the heading that the page begins with.
    """
    first = {lang: _heading_words(text) for lang, text in _texts(rows[0]).items()} if rows else {}
    if rows and rows[0].kind == "heading" and rows[0].level == 1:
        if not _HAS_TITLE.search(header):
            titles = {lang: first[lang] or titles[lang] for lang in _LANGS}
        if any(first[lang] == " ".join(titles[lang].split()) for lang in _LANGS):
            rows = rows[1:]
    page = _Page([row for row in rows if not _is_nothing(row)])
    return _PAGE.format(
        title=escape(" · ".join(dict.fromkeys(titles[lang] for lang in _LANGS)), quote=False),
        css=files(__package__).joinpath("side_by_side.css").read_text(encoding="utf-8"),
        heading=_columns("h1", {lang: escape(titles[lang], quote=False) for lang in _LANGS}, part="span"),
        body="\n".join(page.rows()),
        foot=_foot(page, note or {}),
    )


def _texts(row: Row) -> dict[Lang, str]:
    return {"en": row.en, "zh": row.zh}


def _is_nothing(row: Row) -> bool:
    """Whether a row shows nothing once no site generator reads it: Liquid, line breaks for room."""
    return row.kind not in ("code", "math") and all(
        _NOTHING.fullmatch(plain(text, lang)) for lang, text in _texts(row).items()
    )


def _heading_words(source: str) -> str:
    side = Side("en", Anchors())
    return words(side.heading(side.add(source)))


class _Page:
    """The rows of a page while they become HTML."""

    def __init__(self, rows: Sequence[Row]):
        self.source = rows
        self.anchors = Anchors()
        self.sides = {lang: Side(lang, self.anchors) for lang in _LANGS}
        for row in rows:
            for lang, text in _texts(row).items() if row.kind not in ("code", "math") else ():
                self.anchors.raw(lang, text)
        self.names = {at: self._name(row) for at, row in enumerate(rows) if row.kind == "heading"}
        levels = [row.level for row in rows if row.kind == "heading" and row.level <= 6]
        self.shift = 2 - min(levels, default=2)
        self.level = 1
        """The level of the heading that the next row stands under; the page's title is 1."""

    def _name(self, row: Row) -> str:
        given = {name for text in _texts(row).values() if (name := heading_id(text))}
        return self.anchors.heading({lang: _heading_words(text) for lang, text in _texts(row).items()}, given)

    def rows(self) -> list[str]:
        """Each row as an element of its own."""
        verbatim = ("code", "math")
        read = [
            {lang: self.sides[lang].add(text, verbatim=row.kind in verbatim) for lang, text in _texts(row).items()}
            for row in self.source
        ]
        html = []
        for at, (row, states) in enumerate(zip(self.source, read, strict=True)):
            html.append(self._heading(row, states, self.names[at]) if row.kind == "heading" else self._row(row, states))
        return [row for row in html if row]

    def _heading(self, row: Row, states: Mapping[Lang, BlockState], name: str) -> str:
        if row.level <= 6:
            self.level = min(row.level + self.shift, self.level + 1, 6)
        level = min(self.level + 1, 6) if row.level > 6 else self.level
        texts = {lang: self.sides[lang].heading(state) for lang, state in states.items()}
        return _columns(f"h{level}", texts, machine=row.machine, part="span", ids=name, shared=row.shared)

    def _row(self, row: Row, states: Mapping[Lang, BlockState]) -> str:
        found = {lang: self.sides[lang].render(state) for lang, state in states.items()}
        texts = {lang: rendered.html for lang, rendered in found.items()}
        if not any(texts.values()):
            return ""
        if figure := _figure(texts):
            return figure
        if row.shared:
            return _shared(texts["en"] or texts["zh"])
        items = {rendered.items for rendered in found.values()}
        return _columns("div", texts, machine=row.machine, items=items.pop() if len(items) == 1 else 0)


def _shared(html: str) -> str:
    lang = language(words(html))
    own = f' lang="{_TAG[lang]}"' if lang == "en" or lang == "zh" else ""
    return f'<div class="both"{own}>{html}</div>'


def _columns(
    tag: str,
    texts: Mapping[Lang, str],
    *,
    machine: frozenset[Lang] = frozenset(),
    items: int = 0,
    part: str = "div",
    ids: str = "",
    shared: bool = False,
) -> str:
    """A row of two texts. `items` is the number of items where both are lists of as many."""
    if shared:
        only = texts["en"] or texts["zh"]
        return f'<{tag} class="both" id="en-{ids}"><span id="zh-{ids}">{only}</span></{tag}>'
    cells = []
    for lang in _LANGS:
        if texts[lang]:
            own = f' id="{lang}-{ids}"' if ids else ""
            made = ' class="machine"' if lang in machine else ""
            cells.append(f'<{part}{own} lang="{_TAG[lang]}"{made}>{texts[lang]}</{part}>')
    style = f' style="--n:{items}"' if items else ""
    return f'<{tag} class="row{" list" if items else ""}"{style}>\n' + "\n".join(cells) + f"\n</{tag}>"


def _figure(texts: Mapping[Lang, str]) -> str:
    """An image that both languages show, once, with the words under it in two columns; empty where it is none.

    The texts of the images may differ; the one image gets both.
    """
    found = {lang: _IMAGE.fullmatch(html) for lang, html in texts.items()}
    en, zh = found["en"], found["zh"]
    if not en or not zh or _ALT.sub("", en.group(1)) != _ALT.sub("", zh.group(1)):
        return ""
    others = iter(_ALT.findall(zh.group(1)))

    def both(alt: re.Match[str]) -> str:
        _, double, single = next(others)
        said = dict.fromkeys(unescape(text) for text in (alt.group(2) or alt.group(3) or "", double or single))
        return f'{alt.group(1)}"{escape(" · ".join(filter(None, said)))}"'

    captions: dict[Lang, str] = {"en": en.group(2).strip(), "zh": zh.group(2).strip()}
    caption = "\n" + _columns("figcaption", captions, part="span") if any(captions.values()) else ""
    return f'<figure class="both">{_ALT.sub(both, en.group(1)).strip()}{caption}</figure>'


def _foot(page: _Page, note: Mapping[Lang, str]) -> str:
    notes = {lang: side.notes() for lang, side in page.sides.items()}
    parts = []
    if any(notes.values()):
        lists = {lang: f"<ol>\n{chr(10).join(items)}\n</ol>" if items else "" for lang, items in notes.items()}
        parts.append(f'<section class="notes">\n{_columns("div", lists)}\n</section>\n')
    if note:
        mark = frozenset(note)
        parts.append(_columns("div", {lang: _note(note.get(lang, "")) for lang in _LANGS}, machine=mark) + "\n")
    return f"<footer>\n{''.join(parts)}</footer>\n" if parts else ""


def _note(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>" if text else ""
