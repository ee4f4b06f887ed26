"""Following texts by their content: which text of a page is which text of the ledger.

    same key, in order ▸ same key, moved ▸ alike, between the same neighbours ▸ alike, moved

The first step is patience diff (Bram Cohen): what begins and ends alike, then the longest chain of keys that each side
holds once, and the same again between its links.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bilingual.rising import longest_rising

_ALIKE = 0.5
"""Least likeness of an old and a new text at the same place."""
_MOVED = 0.75
"""Least likeness of texts at different places."""
_MOST = 40_000
"""Comparisons in one stretch; beyond it texts that are not the same are taken for other texts."""
_WHOLE = 0.95
"""Likeness at which several new texts together are one old text."""


class Text(NamedTuple):
    """One text of a sequence."""

    key: str
    text: str
    """Empty where only the key is known; such texts are followed by their place."""
    shared: bool
    run: int = 0


Match = dict[int, int]
"""Index of an old text → index of the new text that it is now."""


def follow(old: Sequence[Text], new: Sequence[Text]) -> Match:
    """Match old texts with new ones; every text is in one match at most.

    `old` may be several lists one after the other, each in page order and of its own `run`.
    """
    found = _same(old, new)
    if len(found) < min(len(old), len(new)):
        _alike(old, new, found, _places(old, found))
    return found


def _places(old: Sequence[Text], found: Match) -> list[float]:
    """Where in the new sequence each old text stands, or would stand: behind the text that it stood behind."""
    places: list[float] = []
    for run in dict.fromkeys(text.run for text in old):
        members = [i for i, text in enumerate(old) if text.run == run]
        spine = dict(chain([(i, found[i]) for i in members if i in found]))
        at = -0.5
        for i in members:
            at = spine[i] + 0.5 if i in spine else at
            places.append(found.get(i, at))
    return places


def _same(old: Sequence[Text], new: Sequence[Text]) -> Match:
    left, right = [t.key for t in old], [t.key for t in new]
    found: Match = {}
    stretches = [(0, len(left), 0, len(right))]
    while stretches:
        a, b, c, d = stretches.pop()
        while a < b and c < d and left[a] == right[c]:
            found[a] = c
            a, c = a + 1, c + 1
        while a < b and c < d and left[b - 1] == right[d - 1]:
            b, d = b - 1, d - 1
            found[b] = d
        links = chain(_once(left, a, b, right, c, d)) if a < b and c < d else []
        for i, j in links:
            found[i] = j
            stretches.append((a, i, c, j))
            a, c = i + 1, j + 1
        if links:
            stretches.append((a, b, c, d))
    taken = set(found.values())
    free: dict[str, deque[int]] = defaultdict(deque)
    for j, name in enumerate(right):
        if j not in taken:
            free[name].append(j)
    for i, name in enumerate(left):
        if i not in found and free.get(name):
            found[i] = free[name].popleft()
    return found


def _once(left: Sequence[str], a: int, b: int, right: Sequence[str], c: int, d: int) -> list[tuple[int, int]]:
    """The places of keys that stand once in either stretch, by the left place."""

    def single(keys: Sequence[str], start: int, stop: int) -> dict[str, int]:
        places: dict[str, int] = {}
        for at in range(start, stop):
            places[keys[at]] = -1 if keys[at] in places else at
        return places

    there = single(right, c, d)
    return [
        (i, there[name]) for name, i in single(left, a, b).items() if i >= 0 and there.get(name, -1) >= 0
    ]  # fmt: skip


def chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given by rising first number, in which the second rises too."""
    return [pairs[at] for at in longest_rising([j for _, j in pairs])]


def _alike(old: Sequence[Text], new: Sequence[Text], found: Match, places: Sequence[float]) -> None:
    """Match what has been changed: first between neighbours that stand, then wherever it went."""
    taken = set(found.values())
    waiting: dict[float, list[int]] = defaultdict(list)
    for x in sorted((x for x in range(len(old)) if x not in found), key=lambda x: (places[x], x)):
        waiting[places[x]].append(x)
    for place, here in waiting.items():
        to = at = math.ceil(place)
        while to < len(new) and to not in taken:
            to += 1
        for pair in _in_place(old, here, new, range(at, to)):
            found[pair[0]] = pair[1]
            taken.add(pair[1])
    rest = [x for x in range(len(old)) if x not in found and old[x].text]
    free = [y for y in range(len(new)) if y not in taken and new[y].text]
    for x, y in _best_first(old, rest, new, free):
        found[x] = y


def _in_place(
    old: Sequence[Text], here: Sequence[int], new: Sequence[Text], there: Sequence[int]
) -> list[tuple[int, int]]:
    pairs = []
    for shared in (True, False):
        left, right = [x for x in here if old[x].shared == shared], [y for y in there if new[y].shared == shared]
        if shared and len(left) == len(right):
            pairs += list(zip(left, right, strict=True))
        elif len(left) == len(right) == 1 and old[left[0]].text:
            pairs.append((left[0], right[0]))  # written anew from the first word to the last
        elif not shared:
            pairs += _best_path([old[x].text for x in left], [new[y].text for y in right], left, right)
    return pairs


def _best_path(
    old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, whose likeness adds up to the most."""
    if not old or not new or len(old) * len(new) > _MOST:
        return []
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            taken = score[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            score[i][j] = max(score[i + 1][j], score[i][j + 1], taken)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= _ALIKE and score[i][j] == score[i + 1][j + 1] + alike[i][j]:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif score[i][j] == score[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _best_first(
    old: Sequence[Text], here: Sequence[int], new: Sequence[Text], there: Sequence[int]
) -> list[tuple[int, int]]:
    if not here or not there or len(here) * len(there) > _MOST:
        return []
    scored = sorted(
        ((likeness(old[x].text, new[y].text), x, y) for x in here for y in there if old[x].shared == new[y].shared),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for score, x, y in scored:
        if score < _MOVED:
            break
        if x not in used[0] and y not in used[1]:
            pairs.append((x, y))
            used[0].add(x)
            used[1].add(y)
    return pairs


def likeness(left: str, right: str) -> float:
    """How alike two texts of one language are, 0 to 1: what an edit keeps, by characters."""
    from rapidfuzz.fuzz import ratio

    return ratio(left, right) / 100


def absorbed(old: str, new: Sequence[Text], at: int, free: Callable[[int], bool]) -> list[int]:
    """The new texts around `at` that together are the old text: it was split. Only `at` itself where it was not."""
    from rapidfuzz.fuzz import ratio

    first = last = at

    def whole(start: int, end: int) -> float:
        return ratio(_squeezed(old), _squeezed("".join(text.text for text in new[start : end + 1]))) / 100

    best = whole(first, last)
    grown = True
    while grown:
        grown = False
        for start, end in ((first, last + 1), (first - 1, last)):
            fresh = start if start < first else end
            if start >= 0 and end < len(new) and not new[fresh].shared and free(fresh):
                score = whole(start, end)
                if score > best:
                    best, first, last, grown = score, start, end, True
                    break
    return list(range(first, last + 1)) if best >= _WHOLE and last > first else [at]


def _squeezed(text: str) -> str:
    return "".join(text.split())
