"""Inline codes within one text: what is there, whether all came back, and putting others in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bilingual.text import SYMBOL

MOST = 12
"""The numbers that an engine knows."""

Pair = tuple[int, int, int, int]
"""Start and end of a paired code's opening half, start and end of its closing half."""


class Masked(NamedTuple):
    """A text whose inline codes are numbered from 1 in order of appearance, and what each stands for."""

    text: str
    stands_for: tuple[int | str, ...]
    """For the code n, at n - 1: a number of the text that it was made from, or text that takes the code's place."""


def numbers(text: str) -> list[int]:
    """The numbers of a text's inline codes, in order of first appearance."""
    return list(dict.fromkeys(int(found[2]) for found in SYMBOL.finditer(text)))


def pairs(text: str) -> dict[int, Pair]:
    """Of every paired code its places."""
    opened: dict[int, tuple[int, int]] = {}
    found = {}
    for symbol in SYMBOL.finditer(text):
        number = int(symbol[2])
        if not symbol[1]:
            opened.setdefault(number, symbol.span())
        elif number in opened:
            found[number] = (*opened[number], *symbol.span())
    return found


def outermost(text: str) -> list[Pair]:
    """The paired codes that stand in no other, in order."""
    found: list[Pair] = []
    for pair in sorted(pairs(text).values()):
        if not found or pair[0] >= found[-1][3]:
            found.append(pair)
    return found


def within(outer: Sequence[Pair], at: int) -> bool:
    """Whether a place lies within one of these `outermost` pairs."""
    before = bisect_left(outer, at, key=lambda pair: pair[0]) - 1
    return before >= 0 and at < outer[before][3]


def renumber(text: str) -> Masked:
    """The same text with its codes numbered from 1."""
    return mask(text, ())


def mask(text: str, spans: Sequence[tuple[int, int, str]]) -> Masked:
    """A text with a standalone code in place of each span, to stand for the span's replacement; codes inside a span
    go with it. Spans must not overlap."""
    stands_for: list[int | str] = []
    number_of: dict[int, int] = {}

    def code(symbol: re.Match[str]) -> str:
        old = int(symbol[2])
        if old not in number_of:
            stands_for.append(old)
            number_of[old] = len(stands_for)
        return f"⟦{symbol[1]}{number_of[old]}⟧"

    pieces, at = [], 0
    for start, end, replacement in sorted(spans):
        pieces.append(SYMBOL.sub(code, text[at:start]))
        stands_for.append(replacement)
        pieces.append(f"⟦{len(stands_for)}⟧")
        at = end
    pieces.append(SYMBOL.sub(code, text[at:]))
    return Masked("".join(pieces), tuple(stands_for))


def unmask(
    target: str,
    stands_for: Sequence[int | str],
    put: Callable[[str, str, str], str] = lambda _before, replacement, _after: replacement,
) -> str:
    """The target with each code put back; `put(before, replacement, after)` says how a text is written there."""
    pieces, at = [], 0
    for symbol in SYMBOL.finditer(target):
        pieces.append(target[at : symbol.start()])
        at = symbol.end()
        stands = stands_for[int(symbol[2]) - 1]
        if isinstance(stands, int):
            pieces.append(f"⟦{symbol[1]}{stands}⟧")
        else:
            pieces.append(put("".join(pieces), stands, target[at:]))
    pieces.append(target[at:])
    return "".join(pieces)
