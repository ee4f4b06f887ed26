"""The parallel layout: one Markdown page, each text under its counterpart, English first.

What both languages share stands once. Where two lists are built alike, each item has its counterpart under it; tables,
quotes and the rest follow one another whole, so that they stay what they are for every Markdown parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bilingual.layouts import Row
from bilingual.layouts.site_markup import outside_code
from bilingual.markdown import parse
from bilingual.model import Block, Lang, Page

_LABEL = re.compile(r"\[\^([^\[\]\s]+)\]")
_DEFINED = re.compile(r"^[ ]{0,3}\[\^([^\[\]\s]+)\]:", re.MULTILINE)
_ID = re.compile(r"(\{:?[^{}\n]*?#)([\w:.-]+)(?=[^{}\n]*\})|(<[A-Za-z][^<>]*?\sid=[\"']?)([\w:.-]+)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](\([^()\n]*\)(?:\{[^{}\n]*\})?)")
_BREAKS = re.compile(r"(?:<br\s*/?>\s*)+", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"(?:\s*\n[ \t]*\{:[^{}\n]*\})+\s*$")

_END = "<!-- -->"
"""Parts two lists for every parser; without it the second would go on with the first."""


def render(
    rows: Sequence[Row], *, titles: Mapping[Lang, str], header: str = "", note: Mapping[Lang, str] | None = None
) -> str:
    """The whole Markdown page, under the header of the page that it was made from."""
    english = {label for row in rows if not row.shared for label in _DEFINED.findall(row.en)}
    chinese = {label for row in rows if not row.shared for label in _DEFINED.findall(row.zh)}
    twice = english & chinese
    parts = [_title(header, titles)]
    for before, row in zip([None, *rows], rows, strict=False):
        if before and before.kind == row.kind == "list":
            parts.append(_END)
        parts.append(_row(row, twice))
    parts += [f"*{text}*" for text in (note or {}).values()]
    body = "\n\n".join(part for part in parts if part) + "\n"
    text = f"{header.strip()}\n\n{body}" if header else body
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in header else text


def _title(header: str, titles: Mapping[Lang, str]) -> str:
    """The title that the header does not give, in bold: a header has one title."""
    own = str(parse(f"{header.strip()}\n").header.get("title", "")).strip() if header else ""
    others = [title for title in titles.values() if own and title.strip() != own]
    return f"**{others[0].strip()}**" if len(others) == 1 else ""


def _row(row: Row, twice: set[str]) -> str:
    if row.shared:
        return row.en or row.zh
    if not row.en or not row.zh:
        return row.en or _own(row.zh, twice)
    if image := _same_image(row):
        return image
    zh = _own(row.zh, twice)
    if _BREAKS.match(row.en):
        zh = _BREAKS.sub("", zh)  # room above the first of the two is enough
    if row.kind == "list":
        return _interleaved(row.en, zh) or f"{row.en}\n\n{_END}\n\n{zh}"
    return f"{row.en}\n\n{zh}"


def _same_image(row: Row) -> str:
    """One image, with both texts, where the two differ in nothing but the image's text; else empty."""
    en, zh = _IMAGE.fullmatch(row.en.strip()), _IMAGE.fullmatch(row.zh.strip())
    if not en or not zh or en.group(2) != zh.group(2):
        return ""
    return f"![{' · '.join(dict.fromkeys(filter(None, (en.group(1), zh.group(1)))))}]{en.group(2)}"


def _own(zh: str, twice: set[str]) -> str:
    """The Chinese text with its own footnotes and ids where the English text has the same."""
    zh = outside_code(
        zh, lambda text: _LABEL.sub(lambda m: f"[^{m.group(1)}-zh]" if m.group(1) in twice else m.group(), text)
    )
    return outside_code(
        zh, lambda text: _ID.sub(lambda m: f"{m.group(1) or m.group(3)}{m.group(2) or m.group(4)}-zh", text)
    )


def _interleaved(en: str, zh: str) -> str:
    """One list, each of its texts with its counterpart under it; empty where the two are not built alike."""
    en = _ATTRIBUTES.sub("", en)
    left, right = parse(en + "\n"), parse(_ATTRIBUTES.sub("", zh) + "\n")
    if [_shape(b) for b in left.blocks] != [_shape(b) for b in right.blocks]:
        return ""
    if any(b.kind not in ("list-item", "paragraph") for b in left.blocks):
        return ""
    parts, at = [], 0
    for a, b in zip(left.blocks, right.blocks, strict=True):
        same = left.source(a).strip() == right.source(b).strip()
        parts += [en[at : a.end], "" if same else "\n\n" + _indented(_content(right, b), _margin(left, a))]
        rest = en[a.end :]
        # An item that follows must not be swallowed by the paragraph before it.
        parts.append("\n" if rest.strip() and not rest.startswith("\n\n") and not same else "")
        at = a.end
    return "".join([*parts, en[at:]]).rstrip()


def _shape(block: Block) -> tuple[str, int]:
    return block.kind, block.level


def _content(page: Page, block: Block) -> str:
    """A block's text without its marker."""
    return re.sub(r"^[ \t]*(?:\[[ xX]\][ \t]+)?", "", page.source(block)[len(block.marker) :])


def _margin(page: Page, block: Block) -> str:
    """What the lines of an item begin with to be a part of it."""
    line_start = page.line_starts[block.start_line - 1]
    before = page.text[line_start : block.start]
    gap = re.match(r"[ \t]*", page.text[block.start + len(block.marker) : block.end])
    width = len(block.marker) + (min(len(gap.group()), 4) if gap and block.marker else 0)
    return before + " " * width


def _indented(text: str, margin: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([margin + first, *(margin + line.lstrip() if line.strip() else "" for line in rest)])
