"""Gale & Church (1993), "A program for aligning sentences in bilingual corpora": alignment by length alone.

The yardstick for our aligner. Lengths are in characters; the mean ratio is taken from the pair itself, as the authors
suggest for a new pair of languages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_VARIANCE = 6.8
_PRIORS = {(1, 1): 0.89, (1, 0): 0.0099 / 2, (0, 1): 0.0099 / 2, (2, 1): 0.089 / 2, (1, 2): 0.089 / 2, (2, 2): 0.011}


def align(left: Sequence[int], right: Sequence[int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The cheapest beads over two sequences of lengths, as indices of both."""
    if not left or not right:
        return []
    ratio = sum(right) / max(1, sum(left))
    best: list[list[float]] = [[math.inf] * (len(right) + 1) for _ in range(len(left) + 1)]
    came: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            for (a, b), prior in _PRIORS.items():
                if a > i or b > j:
                    continue
                cost = best[i - a][j - b] + _cost(sum(left[i - a : i]), sum(right[j - b : j]), ratio) - math.log(prior)
                if cost < best[i][j]:
                    best[i][j], came[i, j] = cost, (a, b)
    beads, i, j = [], len(left), len(right)
    while i or j:
        a, b = came[i, j]
        if a and b:
            beads.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return beads[::-1]


def _cost(one: int, other: int, ratio: float) -> float:
    """Minus the log probability of so unlike lengths."""
    mean = (one + other / ratio) / 2
    if not mean:
        return 0.0
    delta = abs(other - one * ratio) / math.sqrt(mean * _VARIANCE)
    return -math.log(max(1e-300, math.erfc(delta / math.sqrt(2))))
