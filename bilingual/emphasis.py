"""Emphasis: which runs of `*`, `_` and `~~` open and close it, and which are only signs.

CommonMark's delimiter runs (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

Span = tuple[int, int]


class Run(NamedTuple):
    """A delimiter run: its span, its character, what its neighbours let it do, and the bracket it stands in."""

    start: int
    end: int
    char: str
    opens: bool
    closes: bool
    bracket: int
    """Where the innermost open bracket starts; -1 outside of brackets."""


class _Opener:
    """What is left of a run that waits for its closer."""

    def __init__(self, run: Run, start: int):
        self.start, self.end = start, run.end
        self.size, self.closes = run.end - run.start, run.closes


def delimiter_run(text: str, start: int, bracket: int) -> Run:
    """The run that begins at `start`, with what CommonMark's flanking rules let it do."""
    char, end = text[start], start + 1
    while end < len(text) and text[end] == char:
        end += 1
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    if char == "_":
        return Run(
            start,
            end,
            char,
            left and (not right or _punctuation(before)),
            right and (not left or _punctuation(after)),
            bracket,
        )
    return Run(start, end, char, left, right, bracket)


def pair_runs(text: str, runs: Sequence[Run], links: Collection[int]) -> tuple[list[tuple[Span, Span]], list[Span]]:
    """Pair the runs of a text: the pairs as (opening span, closing span), and what stays a sign.

    Runs inside a link pair only with each other; `links` holds where links start. A lone underscore inside a word is
    text to every renderer and is not among the signs.
    """
    waiting: dict[tuple[str, int], list[_Opener]] = defaultdict(list)
    pairs: list[tuple[Span, Span]] = []
    left: list[tuple[int, int, str]] = []
    for run in runs:
        openers = waiting[run.char, run.bracket if run.bracket in links else -1]
        at = _close(openers, run, pairs) if run.closes else run.start
        if at < run.end and run.opens:
            openers.append(_Opener(run, at))
        elif at < run.end:
            left.append((at, run.end, run.char))
    left += [(opener.start, opener.end, key[0]) for key, openers in waiting.items() for opener in openers]
    return pairs, [(s, e) for s, e, char in left if char == "*" or e - s > 1 or not _inside_word(text, s, e)]


def _close(openers: list[_Opener], run: Run, pairs: list[tuple[Span, Span]]) -> int:
    """Close what a run can close; returns where its rest begins."""
    at, size = run.start, run.end - run.start
    while openers and at < run.end:
        top = openers[-1]
        rule_of_three = (top.closes or run.opens) and (top.size + size) % 3 == 0 and (top.size % 3 or size % 3)
        if rule_of_three and run.char != "~":
            break
        width = 2 if top.end - top.start >= 2 and run.end - at >= 2 else 1
        pairs.append(((top.end - width, top.end), (at, at + width)))
        top.end -= width
        at += width
        if top.start == top.end:
            openers.pop()
    return at


def _punctuation(char: str) -> bool:
    return not char.isalnum() and unicodedata.category(char)[0] in "PS"


def _inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
