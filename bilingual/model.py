"""The words of this project as data. Nothing of ours is imported here.

Spans are half-open ranges of code points in `Page.text`. A page is decoded strictly from UTF-8, so code points and
bytes are two views of the same thing; `Page.byte_offset` converts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Lang = Literal["en", "zh"]
"""A language that a page can be translated into."""

BlockLang = Literal["en", "zh", "mixed", "none"]
"""The language of a text: `mixed` is prose of both, `none` is no prose."""

Kind = Literal[
    "front-matter", "heading", "paragraph", "list-item", "table-cell", "quote", "code",
    "html", "math", "break", "definition", "footnote", "reference",
]  # fmt: skip

CodeKind = Literal["code", "link", "image", "emphasis", "tag", "math", "liquid", "footnote", "url", "entity", "literal"]
"""What an inline code stands for; `literal` is punctuation that would change the markup if an engine moved it."""

Form = Literal["markdown", "html", "yaml-plain", "yaml-single", "yaml-double", "yaml-block"]
"""How a unit's text is written in its page, so how a new text has to be written there."""


class Code(NamedTuple):
    """One inline code of a unit. `⟦n⟧` in the unit's text is `codes[n - 1]`."""

    kind: CodeKind
    open: str
    """The source of a standalone code, or of the opening half of a paired one, exactly as it stands in the page."""
    close: str | None = None
    """The source of the closing half; None for a standalone code."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable text: a block's prose, a front-matter value, an image's alt text."""

    id: str
    """Unique within the page, e.g. `12.0`: block index and number within the block."""
    lang: BlockLang
    start: int
    end: int
    text: str
    """The text in inline-code form: `⟦1⟧` standalone, `⟦1⟧…⟦/1⟧` paired; a soft line break is one "\\n"."""
    codes: tuple[Code, ...] = ()
    breaks: tuple[str, ...] = ()
    """What the n-th "\\n" of `text` is in the page: line ending and prefix of the next line (`> `, indentation)."""
    form: Form = "markdown"
    key: str = ""
    """For a front-matter value its path, e.g. `title` or `header.caption`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One Markdown block. Blocks are leaves and never overlap."""

    index: int
    kind: Kind
    level: int
    """Heading level (pseudo-heading: 7), list or quote depth, table column (1-based), else 0."""
    lang: BlockLang
    start: int
    end: int
    start_line: int
    """1-based, inclusive."""
    end_line: int
    """1-based, inclusive."""
    section: int
    """Index of the heading or pseudo-heading block that this block stands under; -1 before the first."""
    units: tuple[Unit, ...] = ()
    in_comment: bool = False
    marker: str = ""
    """What opens the block: `-`, `1.`, `##`, the fence's info string; empty otherwise."""
    lang_hint: Lang | None = None
    """What a `lang` attribute around the block says."""


@dataclass(frozen=True)
class Page:
    """One Markdown file with optional front matter."""

    path: str
    text: str
    """The whole file, byte order mark included, decoded from UTF-8."""
    blocks: tuple[Block, ...]
    header: dict[str, object] = field(default_factory=dict)
    """The front matter as data; empty without one."""

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first code point of every line; a line ends with "\\n"."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @cached_property
    def _line_bytes(self) -> list[int]:
        total, sums = 0, []
        for start, end in zip(self.line_starts, [*self.line_starts[1:], len(self.text)], strict=True):
            sums.append(total)
            total += len(self.text[start:end].encode())
        return sums

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self.line_starts, offset)

    def column(self, offset: int) -> int:
        """The 1-based column of an offset, in code points."""
        return offset - self.line_starts[self.line(offset) - 1] + 1

    def byte_offset(self, offset: int) -> int:
        """The offset in bytes of an offset in code points."""
        line = self.line(offset) - 1
        return self._line_bytes[line] + len(self.text[self.line_starts[line] : offset].encode())

    def source(self, block: Block | Unit) -> str:
        """The exact source of a block or a unit."""
        return self.text[block.start : block.end]

    @property
    def units(self) -> list[Unit]:
        """All units in page order."""
        return [unit for block in self.blocks for unit in block.units]


Severity = Literal["error", "warning", "note"]


class Finding(NamedTuple):
    """Something to tell the user about one place of one file; what `check` and `diff` report."""

    rule: str
    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    severity: Severity
    message: str
    fix: str | None = None
    """A replacement for exactly the span of the finding; None where none is safe."""


TermStatus = Literal["preferred", "admitted", "deprecated"]


@dataclass(frozen=True, slots=True)
class Term:
    """One surface form of a concept in one language."""

    surface: str
    lang: Lang
    status: TermStatus
    abbreviation: bool = False
    case: bool = False
    """Whether upper and lower case matter."""
    ambiguous: bool = False
    """Whether the form is also an ordinary word, so that a second opinion is wanted."""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a glossary."""

    id: str
    en: tuple[Term, ...]
    zh: tuple[Term, ...]
    translate: bool = True
    """False: the term stays as it is in both languages."""
    note: str = ""
    line: int = 0

    def terms(self, lang: Lang) -> tuple[Term, ...]:
        """The surface forms in one language, in the order of the file."""
        return self.en if lang == "en" else self.zh


class TermMatch(NamedTuple):
    """A term found in a text; the span is in code points of that text."""

    start: int
    end: int
    concept: Concept
    term: Term


Arrangement = Literal["alternating", "halves", "summary", "columns", "comments", "pair", "none"]
"""How a page, or a pair of pages, holds its two languages."""


class Bead(NamedTuple):
    """One alignment link: these English blocks say the same as these Chinese blocks."""

    en: tuple[int, ...]
    """Block indices in `Bitext.en`, ascending; never empty."""
    zh: tuple[int, ...]
    """Block indices in `Bitext.zh`, ascending; never empty."""
    score: float
    """How sure the link is, 0 to 1."""

    def side(self, lang: Lang) -> tuple[int, ...]:
        """The block indices of one language."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True)
class Bitext:
    """A page, or a pair of pages, aligned. For one page `en` and `zh` are the same object."""

    en: Page
    zh: Page
    arrangement: Arrangement
    beads: tuple[Bead, ...]
    """Full links: 1-1, 1-n, n-1; every block is in one at most."""
    partial: tuple[Bead, ...] = ()
    """Links of which one side says more: a summary beside details. Blocks of these are in no full bead."""

    def counterparts(self) -> dict[int, tuple[int, ...]]:
        """For a single page: block index to the indices of the blocks that say the same in full."""
        found: dict[int, tuple[int, ...]] = {}
        for bead in self.beads:
            found.update(dict.fromkeys(bead.en, bead.zh))
            found.update(dict.fromkeys(bead.zh, bead.en))
        return found
