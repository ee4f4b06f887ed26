"""For tests, ours and other people's: an engine that answers from a table, and one that makes words up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from bilingual.engines import Abilities, Hypothesis
from bilingual.model import Lang
from bilingual.text import HAN, LATIN, SYMBOL


class FakeEngine:
    """Answers from `answers` (one text, or several hypotheses, best first); else what `default` makes of a segment.

    `calls` records every batch, so that a test can say how often an engine was asked, and for what.
    """

    name = "fake"

    def __init__(
        self,
        answers: Mapping[str, str | Sequence[str]] | None = None,
        *,
        default: Callable[[str], str] = lambda segment: segment,
        abilities: Abilities | None = None,
    ):
        self._answers = dict(answers or {})
        self._default = default
        self.abilities = abilities or Abilities(frozenset({"en", "zh"}), codes=True, hypotheses=4)
        self.calls: list[tuple[Lang, list[str]]] = []

    @property
    def fingerprint(self) -> str:
        return hashlib.blake2b(repr(sorted(self._answers.items())).encode()).hexdigest()[:12]

    def translate(
        self,
        segments: Sequence[str],
        to: Lang,
        *,
        hypotheses: int = 1,
        progress: Callable[[int], object] | None = None,
    ) -> list[list[Hypothesis]]:
        """The answers of the table, with falling scores."""
        self.calls.append((to, list(segments)))
        found = []
        for done, segment in enumerate(segments, 1):
            answer = self._answers.get(segment) or self._default(segment)
            texts = [answer] if isinstance(answer, str) else list(answer)
            found.append([Hypothesis(text, -0.1 * (rank + 1)) for rank, text in enumerate(texts[:hypotheses])])
            if progress:
                progress(done)
        return found

    @property
    def asked(self) -> list[str]:
        """All segments that it was asked for, in order."""
        return [segment for _, batch in self.calls for segment in batch]


_CHINESE = "风云花木石光清江海湖林草叶竹梅兰菊松柏桥雨雪霜露泉溪潮岸舟帆灯窗琴棋书画诗词茶酒"
_SYLLABLES = [first + vowel for first in "bdfglmnprstv" for vowel in "aiou"]
_HAN_PAIR = re.compile(f"[{HAN}]{{1,2}}")
_LATIN_WORD = re.compile(rf" *(?<![\w.+-])[{LATIN}][{LATIN}'’-]*(?![\w.+]|-\d) *")


class WordEngine:
    """Makes words of the target language up: always the same for the same word; codes, figures and marks stay.

    It stands for a real engine where a test is about pages, not about language: quick, and of answers that pass.
    """

    name = "words"
    fingerprint = "1"
    abilities = Abilities(frozenset({"en", "zh"}), codes=True)

    def translate(
        self,
        segments: Sequence[str],
        to: Lang,
        *,
        hypotheses: int = 1,
        progress: Callable[[int], object] | None = None,
    ) -> list[list[Hypothesis]]:
        """One answer for each segment, whatever `hypotheses` says."""
        del hypotheses
        found = []
        for done, segment in enumerate(segments, 1):
            found.append([Hypothesis(self._answer(segment, to), -0.5)])
            if progress:
                progress(done)
        return found

    def _answer(self, segment: str, to: Lang) -> str:
        pieces, at = [], 0
        for symbol in SYMBOL.finditer(segment):
            pieces += [self._put(segment[at : symbol.start()], to), symbol[0]]
            at = symbol.end()
        return "".join([*pieces, self._put(segment[at:], to)]).strip()

    def _put(self, text: str, to: Lang) -> str:
        if to == "zh":
            return _LATIN_WORD.sub(lambda m: _made_up(m[0].strip(), _CHINESE), text)
        return re.sub(" {2,}", " ", _HAN_PAIR.sub(lambda m: f" {_made_up(m[0], _SYLLABLES)} ", text))


def _made_up(word: str, parts: Sequence[str]) -> str:
    first, second = hashlib.blake2b(word.lower().encode(), digest_size=2).digest()
    return parts[first % len(parts)] + parts[second % len(parts)]
