"""Alignment: which English blocks say the same as which Chinese blocks.

    traits ▸ evidence ▸ arrangement ▸ the best path through each stretch ▸ what has moved ▸ what is linked in part

No translation model is needed, and none is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bilingual.align import arrange, loose
from bilingual.align.evidence import Evidence
from bilingual.align.path import Link, monotone
from bilingual.align.traits import traits
from bilingual.model import Arrangement, Bead, Bitext, Block, Page

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

_SKIP = {"pair": 3.0, "alternating": 3.0, "halves": 3.0}
"""Nats that a block without a link costs: two files are seldom without cause unequal."""
_PARALLEL = 0.5
"""Halves of which less is linked in order, by length, are a summary beside details."""


def align(page: Page, other: Page | None = None, *, glossary: Glossary | None = None) -> Bitext:
    """Align the two languages of one page, or an English page with its Chinese one.

    Every block is in one bead at most. Links of a summary with details are `partial`, never beads.
    """
    return _pair(page, other, glossary) if other is not None else _single(page, glossary)


def _pair(en: Page, zh: Page, glossary: Glossary | None) -> Bitext:
    left = [block for block in en.blocks if not block.in_comment]
    right = [block for block in zh.blocks if not block.in_comment]
    evidence = _evidence(en, left, zh, right, glossary)
    links = monotone(evidence, (0, len(left)), (0, len(right)), skip=_SKIP["pair"])
    links += loose.moved(evidence, links)
    return Bitext(en, zh, "pair", _beads(links, left, right))


def _single(page: Page, glossary: Glossary | None) -> Bitext:
    en, zh, columns = arrange.sides(page)
    cells = [Bead((a.index,), (b.index,), 1.0) for a, b in columns]
    if not en or not zh:
        return Bitext(page, page, "columns" if cells else "none", tuple(cells))
    evidence = _evidence(page, en, page, zh, glossary)
    if cut := arrange.halves(en, zh, evidence.score):
        return _halves(page, cut, glossary)
    links: list[Link] = []
    for stretch in arrange.stretches(en, zh, evidence.score):
        links += monotone(evidence, *stretch, skip=_SKIP["alternating"])
    links += loose.moved(evidence, links)
    commented = sum(en[i].in_comment or zh[j].in_comment for link in links for i in link.en for j in link.zh)
    name: Arrangement = "comments" if commented * 2 > len(links) else "alternating"
    if len(cells) > len(links):
        name = "columns"
    return Bitext(page, page, name, tuple(sorted([*_beads(links, en, zh), *cells])))


def _halves(page: Page, cut: tuple[int, bool], glossary: Glossary | None) -> Bitext:
    """Two halves are aligned as two files are: with their code, images and rules, which hold the texts in place."""
    place, english_first = cut
    blocks = [block for block in page.blocks if block.kind != "front-matter"]
    left = [block for block in blocks if (block.index < place) == english_first]
    right = [block for block in blocks if (block.index < place) != english_first]
    evidence = _evidence(page, left, page, right, glossary)
    links = monotone(evidence, (0, len(left)), (0, len(right)), skip=_SKIP["halves"])
    if loose.coverage([link for link in links if link.score > 0], evidence) >= _PARALLEL:
        links += loose.moved(evidence, links)
        return Bitext(page, page, "halves", _beads(links, left, right))
    left = [block for block in left if block.lang == "en"]
    right = [block for block in right if block.lang == "zh"]
    links = loose.partial(_evidence(page, left, page, right, glossary), _siblings(left), _siblings(right))
    return Bitext(page, page, "summary", (), _beads(links, left, right))


def _evidence(
    en_page: Page, en: Sequence[Block], zh_page: Page, zh: Sequence[Block], glossary: Glossary | None
) -> Evidence:
    return Evidence([traits(en_page, b, glossary) for b in en], [traits(zh_page, b, glossary) for b in zh])


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
