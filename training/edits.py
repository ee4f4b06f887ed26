"""A pair being dressed: codes and terms put into both sides at once, by spans, then read off as one example."""

from __future__ import annotations

import re
from typing import NamedTuple

from bilingual.model import Lang
from bilingual.text import SYMBOL

Span = tuple[int, int]
_NEW = 100
"""Codes put in are numbered from here until the example is read off, so that they differ from those that were there."""
_CLOSE, _OPEN, _TEXT = range(3)


class Example(NamedTuple):
    """What a model is shown: a source in the other language, and the target in `to`."""

    source: str
    target: str
    to: Lang


class Dressing:
    """Edits of the two sides of a pair; spans are character ranges of the sides as they were."""

    def __init__(self, en: str, zh: str):
        self.sides: dict[Lang, str] = {"en": en, "zh": zh}
        self._edits: dict[Lang, list[tuple[int, int, int, int, str]]] = {"en": [], "zh": []}
        self._taken: dict[Lang, list[Span]] = {"en": [], "zh": []}
        self.codes = len({number for _, number in SYMBOL.findall(en)})

    def replace(self, side: Lang, span: Span, text: str) -> None:
        """Other text in place of a span of one side."""
        self._edits[side].append((span[0], _TEXT, 0, span[1], text))
        self._taken[side].append(span)

    def free(self, side: Lang, span: Span) -> bool:
        """Whether nothing was put in place of any of a span yet, and no code is in it."""
        inside = any(found.start() < span[1] and span[0] < found.end() for found in SYMBOL.finditer(self.sides[side]))
        return not inside and not any(start < span[1] and span[0] < end for start, end in self._taken[side])

    def pair(self, en: Span, zh: Span) -> None:
        """A paired code around the two spans."""
        number = self._number()
        spans: dict[Lang, Span] = {"en": en, "zh": zh}
        for side, (start, end) in spans.items():
            # a longer pair opens before a shorter one and closes behind it; of equal ones, the newer is inside
            outside = (end - start) * _NEW - number
            self._edits[side].append((start, _OPEN, -outside, start, f"⟦{number}⟧"))
            self._edits[side].append((end, _CLOSE, outside, end, f"⟦/{number}⟧"))

    def stand(self, en: Span, zh: Span) -> None:
        """A standalone code in place of the two spans; of empty ones, at these places."""
        number = self._number()
        self.replace("en", en, f"⟦{number}⟧")
        self.replace("zh", zh, f"⟦{number}⟧")

    def example(self, to: Lang) -> Example:
        """Source and target with every edit made, codes numbered from 1 in order of the source."""
        source, target = self._side("zh" if to == "en" else "en"), self._side(to)
        return Example(*renumbered(source, target), to)

    def _number(self) -> int:
        self.codes += 1
        return _NEW + self.codes

    def _side(self, side: Lang) -> str:
        text, done, at = self.sides[side], "", 0
        for start, _, _, end, new in sorted(self._edits[side]):
            done, at = done + text[at:start] + new, end
        return done + text[at:]


def renumbered(source: str, target: str) -> tuple[str, str]:
    """Both with their codes numbered from 1 in order of appearance in the source, as the pipeline does."""
    order: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"⟦{found[1]}{order.setdefault(found[2], len(order) + 1)}⟧"

    return SYMBOL.sub(number, source), SYMBOL.sub(number, target)
