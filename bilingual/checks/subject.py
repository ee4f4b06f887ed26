"""What rules look at: pages, alone or as a pair, with their terms and links, each made when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bilingual.errors import PageError
from bilingual.glossary import Glossary
from bilingual.glossary.match import HAN_GAP
from bilingual.inline import source_offset
from bilingual.lacking import found_in
from bilingual.markdown import KEYS, decode, parse
from bilingual.model import Bitext, Block, Lang, Page, TermMatch, TermStatus, Unit
from bilingual.text import has_han

_PREFIX = " \t\r>"


class Mention(NamedTuple):
    """A term in a page."""

    block: Block
    unit: Unit
    match: TermMatch
    start: int
    """Offset in the page, in code points."""
    end: int

    @property
    def text(self) -> str:
        """The term as it is written there, on one line."""
        written = self.unit.text[self.match.start : self.match.end]
        return HAN_GAP.sub("", written).replace("\n", " ")


class Source:
    """One page of a run. Reading it is cheap; it is parsed only when a rule asks for blocks."""

    def __init__(self, path: str, text: str, glossary: Glossary, keys: frozenset[str] = KEYS):
        self.path = path
        self.text = text
        self.glossary = glossary
        self._keys = keys

    @classmethod
    def read(cls, path: Path, glossary: Glossary, keys: frozenset[str] = KEYS) -> Source:
        """Read a page. Raises PageError for a file that is none."""
        try:
            return cls(str(path), decode(path.read_bytes(), str(path)), glossary, keys)
        except OSError as error:
            raise PageError(f"cannot be read: {error.strerror or error}", path=str(path)) from None

    @cached_property
    def page(self) -> Page:
        """The page with its blocks."""
        return parse(self.text, self.path, keys=self._keys)

    @cached_property
    def has_han(self) -> bool:
        """Whether there is any Chinese in it."""
        return has_han(self.text)

    @cached_property
    def flat(self) -> str:
        """The text on one line, breaks as they are within a term: nothing between Han characters, else a space."""
        lines = [line.strip(_PREFIX) for line in self.text.split("\n")]
        if not self.has_han:
            return " ".join(lines).replace("''", "'")
        parts = [lines[0]]
        for before, line in pairwise(lines):
            wide = before[-1:] > "\xff" and line[:1] > "\xff"
            parts += ["" if wide else " ", line]
        return "".join(parts).replace("''", "'")

    def may_mention(self, lang: Lang, status: TermStatus | None = None) -> bool:
        """Whether a term may be in it, told from the raw text; never False where there is one."""
        return self.glossary.may_mention(self.flat, lang, status)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The terms in it, in page order."""
        return [mention for block in self.page.blocks for unit in block.units for mention in self._in_unit(block, unit)]

    def in_block(self, block: Block) -> list[Mention]:
        """The terms in one block."""
        return [mention for unit in block.units for mention in self._in_unit(block, unit)]

    def _in_unit(self, block: Block, unit: Unit) -> Iterator[Mention]:
        for match in found_in(unit.text, unit.lang, self.glossary):
            yield self.mention(block, unit, match)

    def mention(self, block: Block, unit: Unit, match: TermMatch) -> Mention:
        """A term of a unit with its place in the page."""
        start = source_offset(unit, match.start)
        return Mention(block, unit, match, start, source_offset(unit, match.end - 1) + 1)

    def lines(self, block: Block) -> tuple[str, int, int]:
        """The lines of a block."""
        return (self.path, block.start_line, block.end_line)


class Document:
    """One page with both languages in it, or a pair of pages, English first."""

    def __init__(self, sources: Sequence[Source], glossary: Glossary):
        self.sources = tuple(sources)
        self.glossary = glossary

    @property
    def en(self) -> Source:
        """The page that holds the English."""
        return self.sources[0]

    @property
    def zh(self) -> Source:
        """The page that holds the Chinese."""
        return self.sources[-1]

    @cached_property
    def bitext(self) -> Bitext | None:
        """Its links; None for a page in one language."""
        if not self.zh.has_han:
            return None
        from bilingual.align import align  # a page without terms pays nothing for it

        if len(self.sources) == 1:
            return align(self.en.page, glossary=self.glossary)
        return align(self.en.page, self.zh.page, glossary=self.glossary)

    @cached_property
    def _links(self) -> dict[tuple[str, int], list[Block]]:
        found: dict[tuple[str, int], list[Block]] = {}
        for bead in self.bitext.beads if self.bitext else ():
            en = [self.en.page.blocks[index] for index in bead.en]
            zh = [self.zh.page.blocks[index] for index in bead.zh]
            found.update({(self.en.path, block.index): zh for block in en})
            found.update({(self.zh.path, block.index): en for block in zh})
        return found

    def linked(self, source: Source, block: Block) -> list[Block]:
        """The blocks that say the same in the other language; none where it is not linked in full."""
        return self._links.get((source.path, block.index), [])

    def other(self, source: Source) -> Source:
        """Where the other language of a page is: in its other half, or in itself."""
        return self.zh if source is self.en else self.en
