"""Alignment: which English blocks say the same as which Chinese blocks.

    traits ▸ evidence ▸ arrangement ▸ the best path through each stretch ▸ what has moved ▸ what is linked in part

No translation model is needed, and none is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bilingual.align import arrange, loose
from bilingual.align.arrange import Column, Stretch
from bilingual.align.evidence import Evidence
from bilingual.align.path import Link, monotone
from bilingual.align.traits import Traits, traits
from bilingual.inline import readable
from bilingual.model import Arrangement, Bead, Bitext, Block, Page

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

_Take = Callable[[Page, Block], Traits]
_SKIP = 3.0
"""Nats that a block without a link costs where all is parallel: two texts that say the same are seldom without cause
unequal."""
_TRUST = (0.3, 0.7)
"""The share of texts linked by evidence alone from which on position begins to count, and from which on it counts full:
in a text that is no translation neighbours are strangers."""
_PAIR = 0.6
"""How far position is trusted in two files that are one page."""
_ALONE = 8.0
"""Nats that a link needs where all around it is no translation; none where half of it is."""
_COLUMNS = 0.6
"""The share of rows that have to say the same in a table with a column a language, unless the heads name them."""
_ENGLISH = ("english", "en", "英文", "英语")
_CHINESE = ("中文", "chinese", "zh", "汉语", "简体")
_PARALLEL = 0.5
"""Halves of which less is linked in order, by length, are a summary beside details."""


def align(page: Page, other: Page | None = None, *, glossary: Glossary | None = None) -> Bitext:
    """Align the two languages of one page, or an English page with its Chinese one.

    Every block is in one bead at most. Links of a summary with details are `partial`, never beads.
    """
    known: dict[tuple[int, int], Traits] = {}

    def take(page: Page, block: Block) -> Traits:
        """A block's traits; a page is looked at in several ways, and each asks for them."""
        key = id(page), block.index
        if key not in known:
            known[key] = traits(page, block, glossary)
        return known[key]

    return _pair(page, other, take) if other is not None else _single(page, take)


def _pair(en: Page, zh: Page, take: _Take) -> Bitext:
    left = [block for block in en.blocks if not block.in_comment]
    right = [block for block in zh.blocks if not block.in_comment]
    evidence = _evidence(en, left, zh, right, take)
    links = _links(evidence, [Stretch((0, len(left)), (0, len(right)))], _PAIR)
    return Bitext(en, zh, "pair", _beads(links, left, right))


def _single(page: Page, take: _Take) -> Bitext:
    columns = [column for column in arrange.columns(page) if _translates(page, column, take)]
    en, zh = arrange.sides(page, columns)
    cells = [Bead((a.index,), (b.index,), 1.0) for column in columns for a, b in column]
    if not en or not zh:
        return Bitext(page, page, "columns" if cells else "none", tuple(cells))
    evidence = cache(lambda: _evidence(page, en, page, zh, take))  # most halves are told without
    if cut := arrange.halves(en, zh, lambda i, j: evidence().score(i, j)):
        taken = {block.index for column in columns for pair in column for block in pair}
        name, beads, partial = _halves(page, cut, taken, take)
    else:
        links = _links(evidence(), arrange.stretches(en, zh, evidence().score))
        commented = sum(en[i].in_comment or zh[j].in_comment for link in links for i in link.en for j in link.zh)
        name = "comments" if commented * 2 > len(links) else "alternating"
        beads, partial = _beads(links, en, zh), ()
    if len(cells) > len(beads) + len(partial):
        name = "columns"
    elif not beads and not partial:
        name = "none"
    return Bitext(page, page, name, tuple(sorted([*beads, *cells])), partial)


def _translates(page: Page, rows: Column, take: _Take) -> bool:
    """Whether two columns of a table say the same: a term beside its explanation does not."""
    heads = [readable(block.units[0]).lower() for block in rows[0]]
    if heads[0].startswith(_ENGLISH) and heads[1].startswith(_CHINESE):
        return True
    evidence = _evidence(page, [en for en, _ in rows], page, [zh for _, zh in rows], take)
    return sum(evidence.content(row, row) > 0 for row in range(len(rows))) >= _COLUMNS * len(rows)


def _halves(
    page: Page, cut: tuple[int, bool], taken: set[int], take: _Take
) -> tuple[Arrangement, tuple[Bead, ...], tuple[Bead, ...]]:
    """Two halves are aligned as two files are: with their code, images and rules, which hold the texts in place."""
    place, english_first = cut
    blocks = [block for block in page.blocks if block.kind != "front-matter" and block.index not in taken]
    left = [block for block in blocks if (block.index < place) == english_first]
    right = [block for block in blocks if (block.index < place) != english_first]
    evidence = _evidence(page, left, page, right, take)
    links = _links(evidence, [Stretch((0, len(left)), (0, len(right)))])
    if loose.coverage([link for link in links if link.score > 0], evidence) >= _PARALLEL:
        return "halves", _beads(links, left, right), ()
    en = {i for i, block in enumerate(left) if block.lang == "en"}
    zh = {j for j, block in enumerate(right) if block.lang == "zh"}
    links = loose.partial(evidence, (en, zh), _siblings(left), _siblings(right))
    return "summary", (), _beads(links, left, right)


def _links(evidence: Evidence, stretches: Sequence[Stretch], trust: float = 0.0) -> list[Link]:
    """The full links of stretches that say the same.

    First what evidence links by itself; where that is most of the text, also what stands between such links and has no
    better place; last what stands elsewhere. `trust` is the least that position is trusted.
    """
    links: list[Link] = []
    gaps: list[Stretch] = []
    for stretch in stretches:
        found = monotone(evidence, *stretch)
        links += found
        gaps += stretch.between(found)
    trust = max(trust, _trust(evidence, links))
    links = [link for link in links if link.score >= _ALONE * (1 - 2 * trust)]
    if trust > 0:
        for gap in gaps:
            links += monotone(evidence, *gap, skip=_SKIP * trust)
    return links + loose.moved(evidence, links)


def _trust(evidence: Evidence, links: Sequence[Link]) -> float:
    """How far position may be trusted, 0 to 1, by the share of the fewer texts that evidence links.

    Few texts beside many, or few texts at all, tell little: the share is taken as if some more had no link.
    """
    low, high = _TRUST
    fewer, more = sorted(sum(trait.size > 0 for trait in side) for side in (evidence.en, evidence.zh))
    if not fewer:
        return 0.0
    linked = sum(evidence.en[i].size > 0 for link in links for i in link.en)
    share = linked / (fewer + 1 + math.log(more / fewer))
    return max(0.0, min(1.0, (share - low) / (high - low)))


def _evidence(en_page: Page, en: Sequence[Block], zh_page: Page, zh: Sequence[Block], take: _Take) -> Evidence:
    return Evidence([take(en_page, block) for block in en], [take(zh_page, block) for block in zh])


def _siblings(blocks: Sequence[Block]) -> loose.Step:
    """Steps to the next block of the same kind, level and section; headings step over what stands under them."""
    places: dict[object, list[int]] = {}
    row: list[int] = []
    for at, block in enumerate(blocks):
        key = (block.kind, block.level, None if block.kind == "heading" else block.section)
        row.append(len(places.setdefault(key, [])))
        places[key].append(at)
    lists = [places[b.kind, b.level, None if b.kind == "heading" else b.section] for b in blocks]

    def step(at: int, way: int) -> int | None:
        nearby = row[at] + way
        return lists[at][nearby] if 0 <= nearby < len(lists[at]) else None

    return step


def _beads(links: Sequence[Link], en: Sequence[Block], zh: Sequence[Block]) -> tuple[Bead, ...]:
    return tuple(
        sorted(
            Bead(tuple(en[i].index for i in link.en), tuple(zh[j].index for j in link.zh), _sure(link.score))
            for link in links
        )
    )


def _sure(nats: float) -> float:
    """Nats as a probability."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, nats))))
