"""For tests, ours and other people's: an engine that answers from a table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from bilingual.engines import Abilities, Hypothesis
from bilingual.model import Lang


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
