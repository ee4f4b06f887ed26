"""What the ledger says of a text after a run, by the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bilingual.build.items import Item, counts_for
from bilingual.build.link import other
from bilingual.build.survey import Job, joined, needs_draft
from bilingual.build.targets import localized, shown
from bilingual.ledger import AUTHOR, COPY, JOINT, PERSON, Entry
from bilingual.model import Lang, Unit
from bilingual.pipeline import Target

Targets = Callable[[str, Lang], Target]
"""The engine's target of a text."""


def facts(to: Lang, source: Sequence[Item], target: Sequence[Item], unit: Unit | None = None) -> Entry:
    """An entry with both texts and their keys as the pages hold them, and nothing about where they come from.

    `unit` is the source's as the target page would hold it, its relative links rewritten.
    """
    text = joined(target)
    codes: tuple[str, ...] = ()
    if len(source) == 1 and source[0].unit:
        codes = shown(source[0].unit)
        if len(target) == 1 and target[0].unit:
            text = localized(unit or source[0].unit, target[0].unit)
    context = (source or target)[0].context
    return Entry(
        to, joined(source), text, tuple(item.key for item in source), tuple(item.key for item in target),
        context=context, codes=codes,
    )  # fmt: skip


class Recorder:
    """Makes the new entry of a job, given what both pages hold now and why a text was not put in, if it was not."""

    def __init__(self, targets: Targets, origin: str):
        self._targets = targets
        self._origin = origin

    def entry(self, job: Job, new: Entry, refused: str | None) -> Entry:
        """The entry of a job whose verdict is not `same`; `new` is the old one with the pages' texts of now."""
        if job.verdict == "write":
            return self._written(job, new)
        if job.verdict == "renew":
            return self._renewed(job, new, refused)
        if job.verdict == "stale":
            return self._stale(job, new)
        if job.verdict == "conflict":
            return self._conflict(job, new)
        return self._reviewed(job, new)

    def _written(self, job: Job, new: Entry) -> Entry:
        old = job.entry
        if job.accept:
            if old.drafted_by == PERSON:
                return clear(replace(new, origin=PERSON, state="reviewed"))
            return clear(replace(new, origin=old.drafted_by or self._origin, state="translated", reason=""))
        if old.edited:
            new = replace(new, origin=PERSON, state="final" if old.state == "final" else "reviewed", reason="")
            new = new if old.doubt else clear(new)
        if job.link.source_moved:
            return replace(new, doubt="stale", previous=old.previous or old.source)
        return new

    def _renewed(self, job: Job, new: Entry, refused: str | None) -> Entry:
        item = job.link.source[0]
        if not counts_for(other(job.link.to), item):
            return clear(replace(new, origin=COPY, state="translated", reason=""))
        target = self._targets(item.text, job.link.to)
        if target.state == "translated" and not refused:
            return clear(replace(new, origin=target.origin, state="translated", reason=""))
        reason = refused or target.reason
        if job.entry.state == "initial":
            return replace(new, target="", state="initial", origin=self._origin, reason=reason)
        previous = job.entry.previous or job.entry.source
        return replace(new, doubt="stale", previous=previous, reason=reason, draft="", drafted_by="")

    def _stale(self, job: Job, new: Entry) -> Entry:
        old = job.entry
        if old.doubt and new.source == old.previous:
            return clear(new)
        if old.edited:  # an edit of the ledger for a locked text
            return replace(new, doubt="stale", draft=old.target, drafted_by=PERSON, previous=old.previous or old.source)
        return self._offered(job, replace(new, doubt=old.doubt or "stale", previous=old.previous or old.source))

    def _conflict(self, job: Job, new: Entry) -> Entry:
        old = job.entry
        origin = old.origin if old.origin == AUTHOR else PERSON
        new = replace(
            new, doubt="conflict", origin=origin, state="reviewed", reason="", previous=old.previous or old.source
        )
        if old.edited and old.target == new.target:
            return clear(new)
        if old.edited:
            return replace(new, draft=old.target, drafted_by=PERSON)
        return self._offered(job, new)

    def _reviewed(self, job: Job, new: Entry) -> Entry:
        origin = job.entry.origin if job.entry.origin in (AUTHOR, COPY) and job.verdict == "confirmed" else PERSON
        origin = AUTHOR if job.entry.origin == AUTHOR else origin
        state = "final" if job.entry.state == "final" else "reviewed"
        return clear(replace(new, origin=origin, state=state, reason=""))  # type: ignore[arg-type]

    def turned(self, job: Job, new: Entry) -> Entry:
        """The link the other way about: what was the target has moved, so what was the source is in doubt.

        `new` are the facts with the two sides exchanged.
        """
        to = other(job.link.to)
        drafts = [self._targets(item.text, to) for item in job.link.target]
        new = replace(new, origin=AUTHOR, state="reviewed", doubt="stale", previous=job.entry.target)
        return self._with_draft(new, drafts)

    def _offered(self, job: Job, new: Entry) -> Entry:
        if not needs_draft(job):
            return new
        to = job.link.to
        return self._with_draft(
            new,
            [
                self._targets(item.text, to)
                if counts_for(other(to), item)
                else Target(item.text, "translated", origin=COPY)
                for item in job.link.source
            ],
        )

    def _with_draft(self, new: Entry, drafts: Sequence[Target]) -> Entry:
        left = next((found.reason for found in drafts if found.state == "left"), "")
        if left:
            return replace(new, draft="", drafted_by="", reason=left)
        return replace(new, draft=JOINT.join(found.text for found in drafts), drafted_by=drafts[0].origin, reason="")


def clear(entry: Entry) -> Entry:
    """Without doubt."""
    return replace(entry, doubt="", previous="", draft="", drafted_by="")
