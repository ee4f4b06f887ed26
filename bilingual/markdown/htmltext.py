"""What the tags around an HTML text say of it: its kind and its language."""

from __future__ import annotations

import re
from typing import NamedTuple

from bilingual.model import Kind, Lang
from bilingual.tags import BLOCK_TAGS, TAG, VOID

_LANG = re.compile(r"""\blang\s*=\s*["']?\s*(zh|cn|en)\b""", re.IGNORECASE)
_CLASS = re.compile(
    r"""\b(?:class|id)\s*=\s*["'](?:[^"']*[\s_-])?(?:lang[-_:])?(zh|cn|chinese|en|english)(?:[-_](?:cn|hans|us))?(?:\s[^"']*)?["']""",
    re.IGNORECASE,
)


class Tag(NamedTuple):
    """One tag: where it starts, its name, whether it closes, the language it names."""

    start: int
    name: str
    closes: bool
    lang: Lang | None


def tags(text: str, start: int, stop: int) -> list[Tag]:
    """The tags of block-level elements, and others that name a language, in a stretch of a page."""
    found = []
    for tag in TAG.finditer(text, start, stop):
        name = tag.group(1).lower()
        source = tag.group()
        closes = source[1] == "/"
        lang = None if closes else _lang(source)
        if name not in VOID and not source.endswith("/>") and (name in BLOCK_TAGS or lang or closes):
            found.append(Tag(tag.start(), name, closes, lang))
    return found


def _lang(source: str) -> Lang | None:
    named = _LANG.search(source) or _CLASS.search(source)
    if not named:
        return None
    return "en" if named.group(1).lower().startswith("en") else "zh"


class OpenTags:
    """The elements that are open at a place of the page."""

    def __init__(self) -> None:
        self.stack: list[Tag] = []

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self.stack)

    @property
    def lang(self) -> Lang | None:
        """The language that the nearest element around names."""
        return next((tag.lang for tag in reversed(self.stack) if tag.lang), None)

    def see(self, tag: Tag) -> None:
        """Take note of a tag that was passed."""
        if not tag.closes:
            if tag.name in ("p", "li") and self.stack and self.stack[-1].name == tag.name:
                self.stack.pop()  # their end tags may be left out
            if len(self.stack) < 200:
                self.stack.append(tag)
            return
        for i in range(len(self.stack) - 1, -1, -1):
            if self.stack[i].name == tag.name:
                del self.stack[i:]
                return

    def kind(self) -> tuple[Kind, int]:
        """The block kind and level of a text that stands here."""
        for tag in reversed(self.stack):
            if re.fullmatch(r"h[1-6]", tag.name):
                return "heading", int(tag.name[1])
            if tag.name == "li":
                return "list-item", sum(t.name in ("ul", "ol") for t in self.stack) or 1
            if tag.name in ("td", "th"):
                return "table-cell", 0
            if tag.name == "blockquote":
                return "quote", 1
            if tag.name == "dd":
                return "definition", 0
        return "html", 0
