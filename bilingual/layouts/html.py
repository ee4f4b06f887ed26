"""One language of a page as HTML: Markdown rendered row by row, with ids of its own."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from mistune import BlockState, HTMLRenderer, Markdown
from mistune.plugins.def_list import def_list
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.math import math
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists

from bilingual.layouts.anchors import ID, Anchors
from bilingual.layouts.site_markup import code, plain
from bilingual.model import Lang
from bilingual.tags import BLOCK_TAGS, TAG, VOID
from bilingual.text import has_han

_FRAGMENT = re.compile(r"(\shref)\s*=\s*(?:\"#([^\"]*)\"|'#([^']*)'|#([^\s>\"']+))", re.IGNORECASE)
_HEADING = re.compile(r"<(h[1-6])>(.*?)</\1>\s*", re.DOTALL)
_PSEUDO = re.compile(r"<p>\s*<(strong|b)>(.*?)</\1>\s*</p>\s*", re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")
_ANY_TAG = re.compile(rf"<!--.*?-->|{TAG.pattern}", re.DOTALL)
_TAG_NAMES = (
    BLOCK_TAGS
    | VOID
    | frozenset(
        (
            "a abbr acronym audio b bdi bdo big blink cite code data datalist del dfn em font i iframe ins kbd label "
            "map mark math meter noscript object output picture pre progress q rp rt ruby s samp script slot small "
            "span strike strong style sub sup svg template textarea time tt u var video "
            "circle defs ellipse g line lineargradient mask path polygon polyline rect stop symbol text tspan use"
        ).split()
    )
)
_ADDRESS = re.compile(r"<(https?://[^<>\s\"]+)>")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)


class Rendered(NamedTuple):
    """One row's text in one language."""

    html: str
    items: int
    """How many items it has, if it is one list and nothing else; else 0."""


class Side:
    """One language of a page.

    All rows are added before the first is rendered: a link's address or a footnote may stand anywhere in the page.
    """

    def __init__(self, lang: Lang, anchors: Anchors):
        self.lang = lang
        self._renderer = _Renderer(lang, anchors)
        self._markdown = Markdown(self._renderer, plugins=[strikethrough, footnotes, table, task_lists, def_list, math])
        for where in (self._markdown.block.list_rules, self._markdown.block.block_quote_rules):
            self._markdown.block.insert_rule(where, "table", before="paragraph")
        # Footnotes are for the foot of the whole page, not of every row.
        self._markdown.after_render_hooks.clear()
        self._env: dict[str, Any] = {"ref_links": {}}

    def add(self, source: str, *, verbatim: bool = False) -> BlockState:
        """Read a row's Markdown; `verbatim` is code or maths, in which nothing is the site generator's."""
        state = self._markdown.block.state_cls()
        state.env = self._env
        state.process((code(source) if verbatim else plain(source, self.lang)) + "\n")
        for hook in self._markdown.before_parse_hooks:
            hook(self._markdown, state)
        self._markdown.block.parse(state)
        for before in self._markdown.before_render_hooks:
            before(self._markdown, state)
        return state

    def render(self, state: BlockState) -> Rendered:
        """What `add` read, as HTML."""
        tokens = [token for token in state.tokens if token["type"] != "blank_line"]
        items = len(tokens[0]["children"]) if len(tokens) == 1 and tokens[0]["type"] == "list" else 0
        html = balanced(str(self._markdown.render_state(state)))
        html = _TABLE.sub(r'<div class="table">\g<0></div>', html).strip()
        return Rendered(self._numbered(html) if items else html, items)

    def heading(self, state: BlockState) -> str:
        """What `add` read, as the words inside a heading."""
        html = self.render(state).html
        found = _HEADING.fullmatch(html) or _PSEUDO.fullmatch(html)
        return found.group(2) if found else re.sub(r"</?p>", "", html)

    def notes(self) -> list[str]:
        """The footnotes that the rendered rows refer to, in the order of their numbers."""
        found = []
        for number, key in enumerate(self._env.get("footnotes", ()), 1):
            state = self.add(_note_text(self._env["ref_footnotes"][key]))
            back = f'<a class="back" href="#{self.lang}-fnref-{number}" aria-label="{_BACK[self.lang]}">↩︎</a>'
            html = self.render(state).html
            html = f"{html[:-4]} {back}</p>" if html.endswith("</p>") else f"{html} {back}"
            found.append(f'<li id="{self.lang}-fn-{number}">{html}</li>')
        return found

    @staticmethod
    def _numbered(html: str) -> str:
        """Each item of the outer list knows its number, so that both languages' items can stand in one line."""
        parts, depth, number = [], 0, 0
        for piece in re.split(r"(</?(?:ul|ol|li)\b[^<>]*>)", html):
            if piece.startswith(("<ul", "<ol")):
                depth += 1
            elif piece.startswith(("</ul", "</ol")):
                depth -= 1
            elif piece.startswith("<li") and depth == 1:
                number += 1
                piece = f'<li style="--i:{number}"{piece[3:]}'
            parts.append(piece)
        return "".join(parts)


_BACK: dict[Lang, str] = {"en": "Back to the text", "zh": "返回正文"}


class _Renderer(HTMLRenderer):
    """mistune's HTML, with ids that hold one language apart from the other."""

    def __init__(self, lang: Lang, anchors: Anchors):
        super().__init__(escape=False)
        self.lang = lang
        self.anchors = anchors
        self.ids: set[str] = set()
        self.references: dict[int, int] = {}
        # Set on the instance, they go before what the plug-ins register.
        for name, method in (
            ("footnote_ref", self._footnote_ref),
            ("block_math", self._math),
            ("inline_math", self._math),
        ):
            setattr(self, name, method)

    def emphasis(self, text: str) -> str:
        # Chinese is stressed by dots, Latin script by italics, also within Chinese.
        return f'<em lang="en">{text}</em>' if self.lang == "zh" and not has_han(text) else f"<em>{text}</em>"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("#"):
            url = "#" + self.anchors.find(self.lang, unquote(url[1:]))
        link = super().link(text, url, title)
        # An address may break anywhere, or the line before it is stretched.
        return link.replace("<a ", '<a class="address" ', 1) if text.startswith("http") else link

    def inline_html(self, html: str) -> str:
        return TAG.sub(self._own, html)

    def block_html(self, html: str) -> str:
        return TAG.sub(self._own, _ADDRESS.sub(r'<a href="\1">\1</a>', html)) + "\n"

    def _own(self, tag: re.Match[str]) -> str:
        """A tag with its id, and the links to ids, made this language's own; what is no tag of HTML stays text."""
        name = tag.group(1).lower()
        if name not in _TAG_NAMES and "-" not in name:
            return escape(tag.group(), quote=False)
        html = ID.sub(self._id, tag.group())
        return _FRAGMENT.sub(lambda found: f'{found.group(1)}="#{self.anchors.find(self.lang, _value(found))}"', html)

    def _id(self, found: re.Match[str]) -> str:
        own = f"{self.lang}-{_value(found)}"
        if found.group(1).strip().lower() == "id":
            if own in self.ids:
                return ""
            self.ids.add(own)
        return f'{found.group(1)}="{own}"'

    def _footnote_ref(self, _key: str, index: int) -> str:
        times = self.references[index] = self.references.get(index, 0) + 1
        own = f"{self.lang}-fnref-{index}" + (f"-{times}" if times > 1 else "")
        return f'<sup class="footnote" id="{own}"><a href="#{self.lang}-fn-{index}">{index}</a></sup>'

    def _math(self, text: str) -> str:
        return f'<code class="math">{escape(text.strip(), quote=False)}</code>'


def _value(attribute: re.Match[str]) -> str:
    return attribute.group(2) or attribute.group(3) or attribute.group(4) or ""


def _note_text(raw: str) -> str:
    """A footnote's own Markdown: the lines after its first are indented."""
    first, *rest = raw.strip("\n").split("\n")
    return "\n".join([first.strip(), *(re.sub(r"^(?:[ ]{1,4}|\t)", "", line) for line in rest)])


def balanced(html: str) -> str:
    """HTML that closes what it opens and nothing else, so that an author's slip ends with its row."""
    parts: list[str] = []
    open_: list[str] = []
    at = 0
    for tag in _ANY_TAG.finditer(html):
        name = (tag.group(1) or "").lower()
        if not name or name in VOID or tag.group().endswith("/>"):
            continue
        if not tag.group().startswith("</"):
            open_.append(name)
            continue
        parts.append(html[at : tag.start()])
        at = tag.end()
        if name in open_:
            while open_[-1] != name:
                parts.append(f"</{open_.pop()}>")
            parts.append(f"</{open_.pop()}>")
    return "".join([*parts, html[at:], *(f"</{name}>" for name in reversed(open_))])


def words(html: str) -> str:
    """HTML without its tags and entities."""
    return " ".join(unescape(_TAGS.sub("", html)).split())
