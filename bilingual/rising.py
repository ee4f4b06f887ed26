"""The longest rising subsequence: what keeps its order when a text is rearranged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence, in order (patience sorting; Fredman 1975)."""
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(heads[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        heads[place : place + 1] = [index]
    found = []
    at = heads[-1] if heads else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
