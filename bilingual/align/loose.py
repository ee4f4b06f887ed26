"""Links that keep no order: a summary in one language beside details in the other, and what has moved.

Each block looks for the one block of the other language that shares more with it than its length lets one expect. A
long block has something of everything, so what is shared by chance, in proportion to length, is taken off first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Set
from heapq import heapify, heappop, heappush

from bilingual.align.evidence import HELD, Evidence, held
from bilingual.align.path import Best, Link, keep_best

_SEED = 1.4
"""Shared nats for each square root of a feature that make a link by themselves."""
_SUPPORTED = 0.6
"""What is enough beside a link of the neighbours."""
_SUPPORT = 1.0
"""What such a link is worth."""
_MOVED = 2.5
_CLEARLY = 5.0
"""Nats that make a full link against the order of the page, and how far behind any other link of the two has to be."""

Step = Callable[[int, int], int | None]
"""The next (1) or previous (-1) place of a list that is a sibling of a place; None where there is none."""


class Surplus:
    """For pairs of blocks: how much more they share than chance would give them, in nats."""

    def __init__(self, evidence: Evidence):
        self.en, self.zh = evidence.en, evidence.zh
        sizes = [len(trait.grams) for trait in self.zh if trait.grams]
        self._mean = sum(sizes) / len(sizes) if sizes else 1.0
        self._texts = len(sizes)
        self._rows = [self._row(evidence, i) for i in range(len(self.en))]

    def _row(self, evidence: Evidence, i: int) -> dict[int, float]:
        row: dict[int, float] = {}
        by_chance = 0.0
        for stem in self.en[i].stems:
            places = evidence.places(stem)
            by_chance += self._share(row, places, HELD["stem"])
        for token in self.en[i].tokens:
            self._share(row, evidence.tokens.get(token, ()), held(token))
        return {j: gain - by_chance * len(self.zh[j].grams) / self._mean for j, gain in row.items()}

    def _share(self, row: dict[int, float], places: Collection[int], p: float) -> float:
        """Add to a row what holding a feature is worth; what chance gives a block of mean length is returned."""
        share = min(0.9, (len(places) + 0.5) / (self._texts + 1))
        for j in places:
            chance = 1 - (1 - share) ** max(0.3, len(self.zh[j].grams) / self._mean)
            if chance < p:
                row[j] = row.get(j, 0.0) + math.log(p / chance)
        return share * math.log(p / share) if share < p else 0.0

    def pairs(self) -> Iterable[tuple[float, int, int]]:
        """All pairs that share anything: the surplus for each square root of a feature of the shorter, and indices."""
        for i, row in enumerate(self._rows):
            for j, gain in row.items():
                yield gain / self._root(i, j), i, j

    def get(self, i: int, j: int) -> float:
        """The same for one pair."""
        return self._rows[i].get(j, 0.0) / self._root(i, j)

    def _root(self, i: int, j: int) -> float:
        return math.sqrt(4 + min(len(self.en[i].stems), 0.6 * len(self.zh[j].grams)))


def partial(evidence: Evidence, texts: tuple[Set[int], Set[int]], en_step: Step, zh_step: Step) -> list[Link]:
    """Links of a summary with details: the pairs that share most first; the neighbours of a link on less.

    Only `texts`, places of the English and of the Chinese list, are linked.
    """
    en, zh = texts
    surplus = Surplus(evidence)
    waiting = [(-score, i, j) for score, i, j in surplus.pairs() if score >= _SEED and i in en and j in zh]
    heapify(waiting)
    best_en: dict[int, int] = {}
    best_zh: dict[int, int] = {}
    while waiting:
        _, i, j = heappop(waiting)
        if i in best_en or j in best_zh:
            continue
        best_en[i], best_zh[j] = j, i
        for way in (1, -1):
            a, b = en_step(i, way), zh_step(j, way)
            if a is None or b is None or a not in en or b not in zh:
                continue
            if (score := surplus.get(a, b)) >= _SUPPORTED:
                heappush(waiting, (-score - _SUPPORT, a, b))
    return [Link((i,), (j,), surplus.get(i, j)) for i, j in sorted(best_en.items())]


def moved(evidence: Evidence, links: list[Link]) -> list[Link]:
    """Full links between blocks that the path through both texts had to leave: what stands elsewhere."""
    en_free = set(range(len(evidence.en))).difference(i for link in links for i in link.en)
    zh_free = set(range(len(evidence.zh))).difference(j for link in links for j in link.zh)
    best_en: dict[int, Best] = {}
    best_zh: dict[int, Best] = {}
    for i in en_free:
        for j in evidence.rows[i].keys() & zh_free:
            score = evidence.score(i, j)
            keep_best(best_en, i, j, score)
            keep_best(best_zh, j, i, score)
    found: dict[int, int] = {}
    for i, (score, second, j) in best_en.items():
        back = best_zh[j]
        if score > _MOVED and back.mate == i and score - max(second, back.second) > _CLEARLY:
            found[i] = j
    en_free.difference_update(found)
    zh_free.difference_update(found.values())
    _grow(evidence, found, en_free, zh_free)
    return [Link((i,), (j,), evidence.score(i, j)) for i, j in sorted(found.items())]


def _grow(evidence: Evidence, found: dict[int, int], en_free: set[int], zh_free: set[int]) -> None:
    """The neighbours of what has moved have most likely moved with it."""
    todo = list(found.items())
    while todo:
        i, j = todo.pop()
        for way in (1, -1):
            a, b = i + way, j + way
            if a in en_free and b in zh_free and evidence.score(a, b) > 0:
                en_free.discard(a)
                zh_free.discard(b)
                found[a] = b
                todo.append((a, b))


def coverage(links: list[Link], evidence: Evidence) -> float:
    """The share of both texts, by length, that stands in full links; the mean of the two."""
    en = sum(evidence.en[i].size for link in links for i in link.en)
    zh = sum(evidence.zh[j].size for link in links for j in link.zh)
    all_en, all_zh = sum(t.size for t in evidence.en), sum(t.size for t in evidence.zh)
    return (en / all_en + zh / all_zh) / 2 if all_en and all_zh else 0.0
