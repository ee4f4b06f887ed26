"""Texts in, targets out: the translation of units, one straight line from rule to memory to engine to proof.

    cut into segments ▸ what rules translate ▸ memory ▸ glossary ▸ engine ▸ verify ▸ other attempts ▸ polish ▸ join

An engine is loaded only when a segment is left for it, and asked once for everything: one batch for all segments, then
one for each further kind of attempt at those whose answer did not pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from bilingual import engines, typography
from bilingual.engines import Engine, Hypothesis
from bilingual.errors import EngineError
from bilingual.glossary import Glossary
from bilingual.memory import Memory, Remembered, key
from bilingual.model import Lang
from bilingual.pipeline import attempts, forced, rules, terms
from bilingual.pipeline.attempts import Attempt, Wish
from bilingual.pipeline.segments import Plan, concatenated, cut, join, whole_sentences
from bilingual.verify import Fault, verify

VERSION = "5"
"""Part of every memory key; raised when these rules would give other targets than before."""

Progress = Callable[[int, int], object]
"""Called with the segments done and all segments."""


class Target(NamedTuple):
    """What became of one text."""

    text: str
    """The translation; the source as it was where the state is `left`."""
    state: Literal["translated", "left"]
    reason: str = ""
    """Why it was left, or which terms it lacks."""
    origin: str = "rule"
    """`rule`, or the engine and the fingerprint of its model: `embedded 3781517fa043`."""
    score: float = 0.0
    """The lowest of its segments' scores: a mean log probability; 0 is certain."""
    terms_missed: tuple[str, ...] = ()
    """Glossary terms, in the target language, that it should hold and does not."""


class _Job:
    """One distinct segment on its way: the best answer so far, and what is wrong with it."""

    def __init__(self, wish: Wish):
        self.wish = wish
        self.best: Hypothesis | None = None
        self.faults: list[Fault] = [Fault("empty", "not translated yet")]
        self.missed: list[terms.Required] = list(wish.terms)

    @property
    def done(self) -> bool:
        return not self.faults and not self.missed

    def consider(self, hypotheses: Iterable[Hypothesis]) -> None:
        """Keep the best of these and what there is: no fault before few faults, then few terms missed."""
        wish = self.wish
        keep = [form for term in wish.terms for form in term.accepted]
        for hypothesis in hypotheses:
            text = rules.finish(wish.text, hypothesis.text, wish.to)
            faults = verify(wish.text, text, wish.to, keep=keep)
            missed = terms.missing(text, wish.terms)
            if self.best is None or _rank(faults, missed) < _rank(self.faults, self.missed):
                self.best, self.faults, self.missed = Hypothesis(text, hypothesis.score), faults, missed
            if self.done:
                return

    @property
    def bad(self) -> bool:
        """Whether the best answer so far must not be written."""
        return any(fault.fatal for fault in self.faults)

    def has(self, *kinds: str) -> bool:
        return any(fault.kind in kinds for fault in self.faults)

    @property
    def outcome(self) -> Remembered:
        missed = tuple(dict.fromkeys(term.target for term in self.missed))
        fatal = [fault.message for fault in self.faults if fault.fatal]
        if self.best is None or fatal:
            return Remembered(None, "; ".join(fatal), 0.0, missed)
        return Remembered(self.best.text, "", self.best.score, missed)


def _rank(faults: Sequence[Fault], missed: Sequence[terms.Required]) -> tuple[int, int, int]:
    fatal = sum(fault.fatal for fault in faults)
    return fatal, len(missed), len(faults) - fatal


class Pipeline:
    """Translates texts with one engine, one glossary and one memory, each of which may be left out."""

    def __init__(
        self,
        engine: str | Engine = engines.DEFAULT,
        *,
        glossary: Glossary | None = None,
        memory: Memory | None = None,
        fallback: bool = True,
        spacing: bool = False,
    ):
        """`fallback=False` gives the engine's first answers as they are: nothing is checked, mended or remembered.
        `spacing` puts a space between Chinese and Latin script."""
        self._engine_or_name = engine
        self._glossary = glossary
        self._memory = memory
        self._fallback = fallback
        self._spacing = spacing

    @cached_property
    def engine(self) -> Engine:
        """The engine; its model is not loaded by looking at it. Raises EngineError where there is none such."""
        if isinstance(self._engine_or_name, str):
            return engines.load(self._engine_or_name)
        return self._engine_or_name

    @property
    def origin(self) -> str:
        """What targets of this engine say where they come from."""
        return f"{self.engine.name} {self.engine.fingerprint}"

    def translate(self, texts: Sequence[str], to: Lang, progress: Progress | None = None) -> list[Target]:
        """A target for each text: a whole unit in inline-code form, maybe several sentences."""
        if not self._fallback:
            return self._raw(texts, to, progress)
        plans = {text: cut(text, to) for text in dict.fromkeys(texts)}
        segments = dict.fromkeys(segment.text for plan in plans.values() for segment in plan.segments)
        jobs = [_Job(Wish(text, to, tuple(terms.required(text, self._glossary, to)))) for text in segments]
        outcomes = self._outcomes(jobs, to, progress) if jobs else {}
        targets = {text: self._target(text, plan, outcomes) for text, plan in plans.items()}
        return [targets[text] for text in texts]

    def _outcomes(self, jobs: Sequence[_Job], to: Lang, progress: Progress | None) -> dict[str, Remembered]:
        """Of each segment what came of it, from the memory or from the engine."""
        self._require(to)
        keys = {job.wish.text: self._key(job.wish) for job in jobs}
        known = self._memory.get(keys.values()) if self._memory else {}
        missing = [job for job in jobs if keys[job.wish.text] not in known]
        self._solve(missing, to, progress)
        fresh = {keys[job.wish.text]: job.outcome for job in missing}
        if self._memory:
            self._memory.put(fresh)
        found = {**known, **fresh}
        return {text: found[place] for text, place in keys.items()}

    def _solve(self, jobs: Sequence[_Job], to: Lang, progress: Progress | None) -> None:
        """Let the engine translate; what does not pass is tried again in other ways, each way in one batch."""
        can = self.engine.abilities
        for level, way in enumerate(_WAYS):
            tries = {job: attempt for job in jobs if not job.done and (attempt := way(job, can))}
            queries = list(dict.fromkeys(query.text for attempt in tries.values() for query in attempt.queries))
            if not queries:
                continue
            shown = progress if level == 0 else None
            answers = dict(zip(queries, self._ask(queries, to, can.hypotheses, shown), strict=True))
            for job, attempt in tries.items():
                given = [answers[query.text] for query in attempt.queries]
                job.consider(attempt.candidates(given))
                if job.best is None:
                    job.faults = [Fault("codes", attempt.lost(given))]

    def _ask(self, texts: list[str], to: Lang, hypotheses: int, progress: Progress | None) -> list[list[Hypothesis]]:
        total = len(texts)
        shown = (lambda done: progress(done, total)) if progress else None
        return self.engine.translate(texts, to, hypotheses=hypotheses, progress=shown)

    def _raw(self, texts: Sequence[str], to: Lang, progress: Progress | None) -> list[Target]:
        """What the engine answers first to each sentence: engines know sentences, not paragraphs."""
        cuts = {text: whole_sentences(text, to) for text in dict.fromkeys(texts) if text.strip()}
        asked = list(dict.fromkeys(sentence for some in cuts.values() for sentence in some))
        if not asked:
            return [Target(text, "translated") for text in texts]
        self._require(to)
        written = asked
        if self.engine.abilities.terms == "source":
            written = [terms.written(text, terms.required(text, self._glossary, to)) for text in asked]
        best = dict(zip(asked, (found[0] for found in self._ask(written, to, 1, progress)), strict=True))
        targets = []
        for text in texts:
            found = [best[sentence] for sentence in cuts.get(text, ())]
            done = concatenated([answer.text for answer in found], to) if found else text
            score = min((answer.score for answer in found), default=0.0)
            targets.append(Target(done, "translated", "", self.origin if found else "rule", score))
        return targets

    def _require(self, to: Lang) -> None:
        if to not in self.engine.abilities.to:
            tongue = "English" if to == "en" else "Chinese"
            raise EngineError(f"engine {self.engine.name!r} does not translate into {tongue}")

    def _key(self, wish: Wish) -> bytes:
        required = [f"{term.start} {term.end} {term.target} {' '.join(term.accepted)}" for term in wish.terms]
        return key(VERSION, self.engine.name, self.engine.fingerprint, wish.to, wish.text, *required)

    def _terms(self, plan: Plan) -> tuple[str, ...]:
        """Every term that a text asks for: what it lacks when it stays as it is."""
        segments = dict.fromkeys(segment.text for segment in plan.segments)
        asked = [term for segment in segments for term in terms.required(segment, self._glossary, plan.to)]
        return tuple(dict.fromkeys(term.target for term in asked))

    def _target(self, text: str, plan: Plan, outcomes: dict[str, Remembered]) -> Target:
        """Put the segments' targets together; a text of which one segment failed is left whole."""
        found = [outcomes[segment.text] for segment in plan.segments]
        if not found:
            return Target(join(plan, {}), "translated")
        failed = [outcome for outcome in found if outcome.target is None]
        if failed:
            return Target(text, "left", failed[0].reason, self.origin, 0.0, self._terms(plan))
        missed = tuple(dict.fromkeys(term for outcome in found for term in outcome.terms_missed))
        done = join(plan, {segment.text: outcomes[segment.text].target or "" for segment in plan.segments})
        reason = f"without the glossary's {', '.join(missed)}" if missed else ""
        polished = typography.polish(done, plan.to, spacing=self._spacing)
        return Target(polished, "translated", reason, self.origin, min(outcome.score for outcome in found), missed)


def _masked(job: _Job, can: engines.Abilities) -> Attempt | None:
    if job.missed or job.has("number", "codes"):
        return attempts.masked(job.wish, can, terms=job.missed, figures=job.has("number"))
    return None


def _all_masked(job: _Job, can: engines.Abilities) -> Attempt | None:
    if job.missed and len(job.wish.terms) > len(job.missed):
        return attempts.masked(job.wish, can, terms=job.wish.terms, figures=job.has("number"))
    return None


def _patched(job: _Job, _can: engines.Abilities) -> Attempt | None:
    if job.best and job.has("left-over", "word") and not job.has("codes", "length", "loop"):
        return attempts.patched(job.wish, job.best.text)
    return None


_WAYS: tuple[Callable[[_Job, engines.Abilities], Attempt | None], ...] = (
    lambda job, can: attempts.first(job.wish, can),
    _masked,
    _all_masked,
    lambda job, can: attempts.flat(job.wish, can) if job.has("codes") else None,
    _patched,
    lambda job, can: attempts.parts(job.wish, can) if job.bad or job.missed else None,
    lambda job, can: attempts.pieces(job.wish, can) if job.bad else None,
    lambda job, can: _patched(job, can) if job.bad else None,
    lambda job, can: forced.around(job.wish, can, job.missed),
)
"""The kinds of attempt, in order; each for the jobs that are not done by then."""
