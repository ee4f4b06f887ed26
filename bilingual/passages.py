"""Passages: the stretches of whole lines that a reader takes in as one, a paragraph, a list, a table, a figure.

Blocks are leaves: an item of a list, a cell of a table, the words between two tags. A layout that sets texts beside or
under each other needs what holds them too, and needs it whole. A passage is that: it begins and ends with a line, and
every tag, fence or Liquid block that it opens it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bilingual.model import Block, Page
from bilingual.tags import TAG

PassageKind = Literal[
    "heading", "paragraph", "list", "table", "quote", "code", "html", "math", "break", "definition", "footnote",
    "reference",
]  # fmt: skip

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HOLDERS = frozenset(
    "article aside blockquote center details div dl fieldset figure footer form header main nav ol picture section "
    "table ul video".split()
)
_COLONS = re.compile(r"^[ ]{0,3}(:{3,})[ \t]*(\S?)", re.MULTILINE)
_LIQUID = re.compile(r"\{%-?\s*(end)?(\w+)[^%]*?%\}|\{\{[<%]-?\s*(/?)\s*([\w-]+)(?:(?!\}\}).)*?(/?)\s*[>%]\}\}")
_ATTRIBUTES = re.compile(r"[ \t]*(?:\{:[^{}\n]*\}[ \t]*)+")
_HOLD_INDENTED = ("list", "footnote", "definition", "html")
_KINDS: dict[str, PassageKind] = {"list-item": "list", "table-cell": "table"}


@dataclass
class Passage:
    """One passage of a page."""

    kind: PassageKind
    level: int
    """Heading level (pseudo-heading: 7), else 0."""
    first: int
    """Its first line, 1-based."""
    last: int
    """Its last line, inclusive."""
    blocks: list[Block] = field(default_factory=list)

    def span(self, page: Page) -> tuple[int, int]:
        """The half-open range of code points of its lines."""
        ends = page.line_starts[self.last] if self.last < len(page.line_starts) else len(page.text)
        return page.line_starts[self.first - 1], ends


def passages(page: Page) -> list[Passage]:
    """The passages of a page's body in order; neither header nor comments are in one."""
    return _closed(page, _joined(page))


def _joined(page: Page) -> list[Passage]:
    """Blocks put together by the lines they stand on; lines of no block go to the passage that they touch."""
    found: list[Passage] = []
    empty = _empty_lines(page)
    shown = [b for b in page.blocks if b.kind != "front-matter" and not b.in_comment]
    for block in shown:
        before = found[-1] if found else None
        gap = range(before.last + 1 if before else 1, block.start_line)
        blanks = [line for line in gap if empty[line]]
        if before and _continues(page, before, block, bool(blanks), len(gap)):
            before.last = max(before.last, block.end_line)
            before.blocks.append(block)
            continue
        first = block.start_line
        if blanks:
            if before:
                before.last = blanks[0] - 1
            first = blanks[-1] + 1
            found += _loose(empty, range(blanks[0] if before else 1, first))
        elif gap:
            first = gap.start
        found.append(
            Passage(_kind(page, block), block.level if block.kind == "heading" else 0, first, block.end_line, [block])
        )
    rest = range(found[-1].last + 1 if found else 1, len(page.line_starts) + 1)
    while found and rest and not empty[rest.start]:
        found[-1].last = rest.start
        rest = rest[1:]
    return [*found, *_loose(empty, rest)]


def _empty_lines(page: Page) -> list[bool]:
    """For each 1-based line whether there is nothing on it to show: blank, comment, header."""
    text = page.text
    spans = [found.span() for found in _COMMENT.finditer(text)]
    spans += [(b.start, b.end) for b in page.blocks if b.kind == "front-matter" or b.in_comment]
    shown = list(text)
    for start, end in spans:
        shown[start:end] = ["\n" if char == "\n" else " " for char in text[start:end]]
    return [True, *(not line.strip("\ufeff \t\r\n") for line in "".join(shown).split("\n"))]


def _loose(empty: Sequence[bool], lines: range) -> Iterator[Passage]:
    """Passages of lines that hold no block: tags alone, attribute lists."""
    open_: Passage | None = None
    for line in lines:
        if empty[line]:
            if open_:
                yield open_
            open_ = None
        elif open_:
            open_.last = line
        else:
            open_ = Passage("html", 0, line, line)
    if open_:
        yield open_


def _kind(page: Page, block: Block) -> PassageKind:
    line = page.text[page.line_starts[block.start_line - 1] : block.start]
    if line.lstrip().startswith(">") or block.kind == "quote":
        return "quote"
    if block.units and block.units[0].form == "html":
        return "html"
    return _KINDS.get(block.kind, block.kind)  # type: ignore[arg-type]


def _continues(page: Page, before: Passage, block: Block, blank: bool, gap: int) -> bool:
    """Whether a block is part of the passage before it."""
    if block.start_line <= before.last:
        return True
    line = page.text[page.line_starts[block.start_line - 1] : block.end]
    if not gap and _ATTRIBUTES.fullmatch(line):
        return True
    if before.kind in _HOLD_INDENTED and line.startswith(("  ", "\t")):
        return True
    kind = _kind(page, block)
    if kind == "list" and before.kind == "list":
        return not gap or blank
    if kind == "definition":
        return before.kind in ("paragraph", "definition") and not blank
    if blank:
        return False
    return kind == before.kind and (kind in ("quote", "table") or (kind == "html" and gap > 0))


def _closed(page: Page, found: list[Passage]) -> list[Passage]:
    """Passages joined so that each closes what it opens; what is never closed joins nothing."""
    joins: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    for at, passage in enumerate(found):
        if passage.kind in ("code", "math"):
            continue
        for name, closes in _brackets(page.text[slice(*passage.span(page))]):
            if not closes:
                open_.append((name, at))
            elif name in (names := [other for other, _ in open_]):
                place = len(names) - 1 - names[::-1].index(name)
                if open_[place][1] < at:
                    joins.append((open_[place][1], at))
                del open_[place:]
    return _merged(found, joins)


def _merged(found: list[Passage], joins: list[tuple[int, int]]) -> list[Passage]:
    result: list[Passage] = []
    reach = -1
    ends: dict[int, int] = {}
    for start, end in joins:
        ends[start] = max(end, ends.get(start, -1))
    for at, passage in enumerate(found):
        if at <= reach:
            result[-1].last = max(result[-1].last, passage.last)
            result[-1].blocks += passage.blocks
        else:
            result.append(passage)
        if at in ends:
            reach = max(reach, ends[at])
            result[-1].kind, result[-1].level = "html", 0
    return result


def _brackets(text: str) -> Iterator[tuple[str, bool]]:
    """What a passage opens and closes, in order: names, and whether each closes."""
    found: list[tuple[int, str, bool]] = []
    for tag in TAG.finditer(text):
        name = tag.group(1).lower()
        if name in _HOLDERS and not tag.group().endswith("/>"):
            found.append((tag.start(), f"<{name}", tag.group().startswith("</")))
    found += [(colons.start(), ":::", not colons.group(2)) for colons in _COLONS.finditer(text)]
    for tag in _LIQUID.finditer(text):
        if tag.group(2):
            found.append((tag.start(), f"%{tag.group(2)}", bool(tag.group(1))))
        elif not tag.group(5):
            found.append((tag.start(), f"<%{tag.group(4)}", bool(tag.group(3))))
    for _, name, closes in sorted(found):
        yield name, closes
