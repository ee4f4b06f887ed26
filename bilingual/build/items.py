"""A page as a sequence of items: its translatable units, and the blocks that both languages share as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bilingual.header import key_language
from bilingual.ledger import key
from bilingual.model import Block, Lang, Page, Unit
from bilingual.text import SYMBOL, han_count, plain, words

_LOCK = re.compile(r"<!--[ \t]*bilingual:[ \t]*lock[ \t]*-->")


@dataclass(frozen=True)
class Item:
    """One unit, or one block without a unit, of a page."""

    index: int
    block: Block
    unit: Unit | None
    """None: a shared block."""
    key: str
    """Changes when the text, or anything that its inline codes stand for, changes."""
    text: str
    """The unit in inline-code form; of a shared block its source."""
    context: str
    """The headings above it, outermost first."""
    locked: bool

    @property
    def shared(self) -> bool:
        return self.unit is None


def unit_key(unit: Unit) -> str:
    """The key of a unit: its text and its codes' sources."""
    return key(unit.text, *(part for code in unit.codes for part in (code.open, code.close)))


def items(page: Page, *, leave_out: frozenset[str] = frozenset()) -> list[Item]:
    """The items of a page in order. Comments are none, nor are header keys of one language like `title_zh`.

    `leave_out` are sources of blocks that are no part of the text, such as the line that tells of a translation.
    """
    locks = _locked(page)
    found: list[Item] = []
    for block in page.blocks:
        if block.in_comment or page.source(block).strip() in leave_out:
            continue
        context = _context(page, block)
        if block.units:
            for unit in block.units:
                if unit.key and key_language(unit.key)[1]:
                    continue
                place = f"header: {unit.key}" if unit.key else context
                found.append(Item(len(found), block, unit, unit_key(unit), unit.text, place, block.index in locks))
        elif block.kind != "front-matter" and (source := shared_source(page, block)).strip():
            found.append(Item(len(found), block, None, key(source), source, context, block.index in locks))
    return found


def shared_source(page: Page, block: Block) -> str:
    """What a shared block says: its source, line ends made alike."""
    return page.source(block).replace("\r\n", "\n")


def ancestors(page: Page, block: Block) -> Iterator[Block]:
    """The headings that a block stands under, innermost first."""
    at = block.section
    while at >= 0:
        heading = page.blocks[at]
        yield heading
        at = heading.section if heading.section != at else -1


def _context(page: Page, block: Block) -> str:
    names = [" ".join(SYMBOL.sub("", plain(u.text)) for u in h.units).strip() for h in ancestors(page, block)]
    return " > ".join(" ".join(name.split()) for name in reversed(names) if name)


def _locked(page: Page) -> frozenset[int]:
    """The blocks that a person has locked: the whole page, a section, or the block under the mark."""
    if page.header.get("bilingual") == "lock":
        return frozenset(block.index for block in page.blocks)
    marks = [found.start() for found in _LOCK.finditer(page.text)]
    if not marks:
        return frozenset()
    texts = [b for b in page.blocks if not b.in_comment and not _LOCK.fullmatch(page.source(b).strip())]
    found: set[int] = set()
    for mark in marks:
        before = next((b for b in reversed(texts) if b.end <= mark and b.kind != "front-matter"), None)
        after = next((b for b in texts if b.start >= mark), None)
        if before is None:
            found.update(block.index for block in page.blocks)
        elif before.kind == "heading":
            found.add(before.index)
            found.update(b.index for b in texts if before in ancestors(page, b))
        elif after is not None:
            found.add(after.index)
    return frozenset(found)


def counts_for(lang: Lang, item: Item) -> bool:
    """Whether an item has prose that the other language lacks when it has no counterpart."""
    return item.unit is not None and item.unit.lang in (lang, "mixed")


def count_words(text: str) -> int:
    """The words of a text; a Chinese one counts a word for about 1.6 characters."""
    bare = plain(text)
    return len(words(bare)) + round(han_count(bare) / 1.6)
