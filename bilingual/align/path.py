"""The best way through two texts in order: dynamic programming over beads.

As Gale & Church (1993, "A program for aligning sentences in bilingual corpora") find the cheapest path over beads of
1-1, 1-0, 0-1, 2-1 and 1-2 sentences, with scores of evidence in place of length alone. Long texts are cut at anchors
first, pairs that are sure of each other, so that time grows with the length and not with its square.
"""

from __future__ import annotations

from typing import NamedTuple

from bilingual.align.evidence import Evidence
from bilingual.rising import longest_rising

_ANCHOR = 9.0
"""A pair of at least so many nats, best for both its blocks by `_MARGIN`, is an anchor."""
_MARGIN = 4.0
_SURE = 12.0
_DAMPING = 0.15
"""What is beyond so many nats counts little: one long text that has moved must not outweigh all that it jumped over."""
_CELLS = 1_000
"""Texts with no more pairs of blocks than this need no anchors."""
_BAND = 40
"""Between far anchors only so many places beside the diagonal are looked at."""


class Link(NamedTuple):
    """Indices of blocks that say the same, and their score in nats."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float


def monotone(evidence: Evidence, en: tuple[int, int], zh: tuple[int, int], *, skip: float = 0.0) -> list[Link]:
    """The links of the best path through two stretches of blocks, in order.

    `skip` is what a block without a link costs, in nats.
    """
    (i0, i1), (j0, j1) = en, zh
    found: list[Link] = []
    for i, j in [*_anchors(evidence, en, zh), (i1, j1)]:
        found += _best_path(evidence, (i0, i), (j0, j), skip)
        if i < i1:
            found.append(Link((i,), (j,), evidence.score(i, j)))
        i0, j0 = i + 1, j + 1
    return found


def _anchors(evidence: Evidence, en: tuple[int, int], zh: tuple[int, int]) -> list[tuple[int, int]]:
    """Pairs that are the best of both their blocks by a margin, and that all stand in order."""
    (i0, i1), (j0, j1) = en, zh
    if (i1 - i0) * (j1 - j0) <= _CELLS:
        return []
    best_en: dict[int, Best] = {}
    best_zh: dict[int, Best] = {}
    for i in range(i0, i1):
        for j, gain in evidence.rows[i].items():
            if gain > _ANCHOR and j0 <= j < j1:
                score = evidence.score(i, j)
                keep_best(best_en, i, j, score)
                keep_best(best_zh, j, i, score)
    pairs = []
    for i, (score, second, j) in best_en.items():
        back = best_zh[j]
        if back.mate == i and score >= _ANCHOR and score - max(second, back.second) >= _MARGIN:
            pairs.append((i, j))
    pairs.sort()
    return [pairs[at] for at in longest_rising([j for _, j in pairs])]


class Best(NamedTuple):
    """The best mate of a block, and how good the best two are."""

    score: float
    second: float
    mate: int


def keep_best(best: dict[int, Best], key: int, mate: int, score: float) -> None:
    """Take a pair into account."""
    known = best.get(key, Best(float("-inf"), float("-inf"), -1))
    if score > known.score:
        best[key] = Best(score, known.score, mate)
    elif score > known.second:
        best[key] = known._replace(second=score)


def _best_path(evidence: Evidence, en: tuple[int, int], zh: tuple[int, int], skip: float) -> list[Link]:
    """The links of the path with the highest total score."""
    (i0, i1), (j0, j1) = en, zh
    n, m = i1 - i0, j1 - j0
    bonus = 2 * skip  # a link that is worth as much as two blocks skipped, so that skipping costs nothing
    if not n or not m:
        return []
    wide = n * m > _CELLS
    rows = evidence.rows
    total = [[0.0] * (m + 1) for _ in range(n + 1)]
    step = [bytearray(m + 1) for _ in range(n + 1)]  # 0 skip English, 1 skip Chinese, 2 1-1, 3 2-1, 4 1-2
    low, high = 1, m
    for a in range(1, n + 1):
        above, row, ways = total[a - 1], total[a], step[a]
        if wide:
            middle = a * m // n
            low, high = max(1, middle - _BAND), min(m, middle + _BAND)
            row[low - 1] = above[low - 1]
        for b in range(low, high + 1):
            i, j = i0 + a - 1, j0 + b - 1
            best, way = above[b], 0
            if row[b - 1] > best:
                best, way = row[b - 1], 1
            one = _damped(evidence.score(i, j)) + bonus
            if above[b - 1] + one > best:
                best, way = above[b - 1] + one, 2
            if j in rows[i]:  # what shares nothing is part of no larger bead
                if a > 1 and j in rows[i - 1] and (two := evidence.merged((i - 1, i), (j,))) is not None:
                    best, way = max((best, way), (total[a - 2][b - 1] + _damped(two) + bonus, 3))
                if b > 1 and j - 1 in rows[i] and (two := evidence.merged((i,), (j - 1, j))) is not None:
                    best, way = max((best, way), (above[b - 2] + _damped(two) + bonus, 4))
            row[b], ways[b] = best, way
        if wide:
            row[high + 1 :] = [row[high]] * (m - high)
            ways[high + 1 :] = b"\x01" * (m - high)
    return _walk(evidence, step, i0, j0)


def _damped(nats: float) -> float:
    return nats if nats <= _SURE else _SURE + _DAMPING * (nats - _SURE)


def _walk(evidence: Evidence, step: list[bytearray], i0: int, j0: int) -> list[Link]:
    a, b = len(step) - 1, len(step[0]) - 1
    found = []
    while a and b:
        way = step[a][b]
        i, j = i0 + a - 1, j0 + b - 1
        if way >= 2:
            en = (i - 1, i) if way == 3 else (i,)
            zh = (j - 1, j) if way == 4 else (j,)
            found.append(Link(en, zh, evidence.score(i, j) if way == 2 else evidence.merged(en, zh) or 0.0))
            a, b = a - len(en), b - len(zh)
        elif way:
            b -= 1
        else:
            a -= 1
    return found[::-1]
