"""What a reader of blocks knows at any moment, and how it writes a block down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bilingual.inline import Encoded, encode
from bilingual.markdown import htmltext
from bilingual.markdown.header import find_header
from bilingual.markup import normal_label
from bilingual.model import Block, BlockLang, Form, Kind, Lang, Unit
from bilingual.text import han_count, language, plain, words

Line = tuple[int, int]
"""The span of a line's content: its line end and the prefixes of its containers left out."""
Handler = Callable[["Reader", list[Line], int, int], int]
"""Reads the block that begins at an offset of the i-th line; returns the index of the line after it, or 0."""

MAX_DEPTH = 40  # containers deeper than this are read as text: no page needs them, and hostile ones must not recurse
_LABELS = re.compile(r"^[ \t>]{0,20}\[([^\[\]^][^\[\]]{0,300})\]:", re.MULTILINE)
SPACES = re.compile(r"[ \t]*")


class Item(NamedTuple):
    """A list marker that waits for the first paragraph of its item."""

    start: int
    end: int
    marker: str
    kind: Kind
    level: int


class Reader:
    """Reads one page. State: where we are among containers; results: `blocks`."""

    def __init__(
        self,
        text: str,
        path: str,
        keys: frozenset[str],
        starts: Mapping[str, Handler],
        indented: Handler,
        paragraph: Handler,
    ) -> None:
        self.starts, self.indented, self.paragraph = starts, indented, paragraph
        self.text = text
        self.path = path
        self.keys = keys
        self.refs = frozenset(normal_label(m) for m in _LABELS.findall(text)) if "]:" in text else frozenset()
        self.blocks: list[Block] = []
        self.header: dict[str, object] = {}
        self.headings: list[tuple[int, int]] = []  # level, block index: the path of open sections
        self.item: Item | None = None
        self.comment = False
        self.quotes = 0
        self.list_level = 0
        self.depth = 0
        self.tags = htmltext.OpenTags()
        self.line_number = 1
        self.line_offset = 0

    def open_header(self, start: int, stop: int) -> int:
        """Read a header at `start`; returns where the page goes on."""
        header = find_header(self.text, start, stop, self.path, self.keys)
        if not header:
            return start
        if not self.comment:
            self.header = header.data
        pieces: list[tuple[Encoded, Form, str]] = []
        for value in header.values:
            for lines in value.paragraphs:
                pieces += [(e, value.form, value.key) for e in encode(self.text, lines, form=value.form)]
        self.emit("front-matter", header.start, header.end, pieces)
        return header.end

    def lines(self, start: int, stop: int) -> list[Line]:
        """The lines of a stretch of the page, without their line ends."""
        found, at, text = [], start, self.text
        while at < stop:
            end = text.find("\n", at, stop)
            if end < 0:
                found.append((at, stop))
                break
            found.append((at, end - 1 if end > at and text[end - 1] == "\r" else end))
            at = end + 1
        return found

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset; blocks come in page order, so this only ever counts forward."""
        if offset < self.line_offset:
            return self.text.count("\n", 0, offset) + 1
        self.line_number += self.text.count("\n", self.line_offset, offset)
        self.line_offset = offset
        return self.line_number

    def emit(
        self,
        kind: Kind,
        start: int,
        end: int,
        pieces: list[tuple[Encoded, Form, str]],
        level: int = 0,
        marker: str = "",
    ) -> None:
        """Append a block. `pieces` are its units: what was encoded, its form, and its front-matter key."""
        index = len(self.blocks)
        units = tuple(
            Unit(f"{index}.{n}", language(e.text), e.start, e.end, e.text, e.codes, e.breaks, form, key)
            for n, (e, form, key) in enumerate(pieces)
        )
        if kind == "heading":
            while self.headings and self.headings[-1][0] >= level:
                self.headings.pop()
        section = self.headings[-1][1] if self.headings else -1
        if kind == "heading":
            self.headings.append((level, index))
        first = self.line_of(start)
        last = self.line_of(max(start, end - 1))
        self.blocks.append(
            Block(
                index, kind, level, block_language(units), start, end, first, last, section, units, self.comment,
                marker, self.tags.lang,
            )
        )  # fmt: skip

    def run(self, lines: list[Line]) -> None:
        """Read the blocks of a container."""
        text, i, n = self.text, 0, len(lines)
        while i < n:
            start, end = lines[i]
            spaces = SPACES.match(text, start, end)
            at = spaces.end() if spaces else start
            if at >= end:
                i += 1
                continue
            if at - start >= 4 or (at > start and "\t" in text[start:at]):
                i = self.indented(self, lines, i, at)
                continue
            handler = self.starts.get(text[at])
            after = handler(self, lines, i, at) if handler else 0
            i = after or self.paragraph(self, lines, i, at)

    def flush_item(self) -> None:
        """A list item that does not begin with a paragraph is a block of its own, without text."""
        if item := self.item:
            self.item = None
            if not self.overtaken(item):
                self.emit(item.kind, item.start, item.end, [], item.level, item.marker)

    def overtaken(self, item: Item) -> bool:
        """Whether the item began with a comment, whose blocks now stand between its marker and its text."""
        return bool(self.blocks) and self.blocks[-1].end > item.start

    def contain(self, content: list[Line], item: Item | None) -> None:
        """Read the children of a container whose own prefix has been stripped from the lines."""
        self.flush_item()
        if self.depth >= MAX_DEPTH:
            kept = [(s, e) for s, e in content if self.text[s:e].strip()]
            if kept:
                self.emit("paragraph", kept[0][0], kept[-1][1], self.encoded(kept))
        else:
            self.depth += 1
            self.item = item
            self.run(content)
            self.depth -= 1
        self.flush_item()

    def stripped(self, line: Line, width: int) -> Line:
        """A line without up to `width` columns of its indentation."""
        start, end = line
        column = 0
        while start < end and column < width and self.text[start] in " \t":
            column += 4 - column % 4 if self.text[start] == "\t" else 1
            start += 1
        return start, end

    def encoded(self, content: list[Line], form: Form = "markdown") -> list[tuple[Encoded, Form, str]]:
        return [(e, form, "") for e in encode(self.text, content, refs=self.refs, form=form)]


def block_language(units: tuple[Unit, ...]) -> BlockLang:
    """The language of a block from those of its units."""
    langs = {unit.lang for unit in units} - {"none"}
    if len(langs) <= 1:
        return next(iter(langs), "none")
    weight: dict[Lang, float] = {"en": 0.0, "zh": 0.0}
    for unit in units:
        if unit.lang == "mixed":
            return "mixed"
        if unit.lang != "none":
            text = plain(unit.text)
            weight[unit.lang] += han_count(text) / 1.6 if unit.lang == "zh" else len(words(text))
    small, large = sorted(weight, key=lambda lang: weight[lang])
    return "mixed" if weight[small] * 4 >= weight[large] else large
