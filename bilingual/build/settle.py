"""From what there is to do and the engine's targets to the pages, the ledgers, and what to tell the user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bilingual.build.couple import Reading, with_note
from bilingual.build.edits import Draft, draft, keeper
from bilingual.build.items import Item, counts_for
from bilingual.build.link import LANGS, Link, other
from bilingual.build.notes import Kind, Note, doubt_of
from bilingual.build.record import Recorder, Targets, clear, facts
from bilingual.build.shared import lacking_notes, shared_notes, shared_records
from bilingual.build.survey import Job, Survey, joined, owed_text
from bilingual.ledger import AUTHOR, COPY, PERSON, Entry, Ledger
from bilingual.model import Lang, Page
from bilingual.pipeline import Target


@dataclass(frozen=True)
class Settled:
    """What a couple becomes."""

    read: Reading
    texts: dict[Lang, str]
    """The whole text of each page that changes."""
    ledgers: dict[Lang, Ledger]
    notes: tuple[Note, ...]
    counts: dict[str, int]
    """How many texts were translated, written, kept …, by word."""


def settle(
    survey: Survey,
    targets: Targets,
    *,
    origin: str,
    note: bool = True,
    offer: Callable[[str, Lang], str] | None = None,
) -> Settled:
    """Change the pages of a couple as far as proof allows, and write down what they were made from.

    `offer` gives a draft for a text that the engine left, or nothing.
    """
    return _Settling(survey, targets, origin, note, offer or (lambda *_: "")).run()


class _Settling:
    """One couple on its way. Owners of edits: jobs from 0, insertions behind them by their item's index."""

    def __init__(self, survey: Survey, targets: Targets, origin: str, note: bool, offer: Callable[[str, Lang], str]):
        self.survey = survey
        self.read = survey.read
        self.targets = targets
        self.recorder = Recorder(targets, origin)
        self.origin = origin
        self.note = note
        self.offer = offer
        self.drafts: dict[Lang, Draft] = {lang: draft(survey, lang) for lang in LANGS if self._writable(lang)}
        self.notes: list[Note] = []
        self.counts: dict[str, int] = {}
        self.found: dict[tuple[Lang, int], Target] = {}
        self.orders: dict[int, float] = {}
        self.homes: dict[Lang, Callable[[tuple[int, int]], Item]] = {}
        self.final: dict[Lang, Page] = {}

    def _writable(self, lang: Lang) -> bool:
        return not (self.read.couple.view and lang != self.read.couple.home)

    def run(self) -> Settled:
        for number, job in enumerate(self.survey.jobs):
            self._write(number, job)
        for to in self.drafts:
            self._fill(to)
        for lang in LANGS:
            there = self.drafts.get(lang)
            self.final[lang] = there.finish(self.read.keys) if there else self.read.pages[lang]
            self.homes[lang] = keeper(self.final[lang])
        entries: list[tuple[float, Entry]] = []
        for number, job in enumerate(self.survey.jobs):
            entry = self._entry(number, job)
            source = other(entry.to)
            order = self._now(source, job.link.items[source])[0].index
            self.orders[id(job.link.entry)] = order
            entries.append((order, entry))
            self._doubts(entry, job.link)
        for to in self.drafts:
            entries += self._inserted(to)
        entries += [found for each in self.survey.halves if (found := self._half(each))]
        texts = {lang: self._noted(lang) for lang in self.drafts if self._changed(lang)}
        for kind, lang, item, message in (*shared_notes(self.survey), *lacking_notes(self.survey, self.drafts)):
            self._tell(kind, lang, item, message)
        ledgers = self._ledgers(entries)
        return Settled(self.read, texts, ledgers, tuple(self.notes), self.counts)

    # --- texts into pages

    def _write(self, number: int, job: Job) -> None:
        each, to = job.link, job.link.to
        text = self._wanted(job)
        if text is None or len(each.source) != 1 or len(each.target) != 1:
            return
        source, target = self.read.source_unit(to, each.source[0]), each.target[0]
        if source is not None and target.unit is not None:
            self.drafts[to].write(number, self.drafts[to].at[target.index], source, text)

    def _wanted(self, job: Job) -> str | None:
        """The text that a job writes; None for none."""
        if job.accept:
            return job.entry.draft
        if job.verdict == "write":
            return job.entry.target
        if job.verdict != "renew":
            return None
        item = job.link.source[0]
        if not counts_for(other(job.link.to), item):
            return item.text
        target = self.targets(item.text, job.link.to)
        if target.state == "left":
            return item.text if job.entry.state == "initial" else None
        return target.text

    def _fill(self, to: Lang) -> None:
        """Put targets where blocks were put in."""
        there, lack = self.drafts[to], self.survey.lacks[to]
        for run in lack.runs:
            for item in run.items:
                if item.unit is None or item.index not in there.new:
                    continue
                owner = len(self.survey.jobs) + item.index
                text = owed_text(lack, item)
                if not text and counts_for(other(to), item):
                    _, unit = there.unit(there.new[item.index])
                    if there.created and not self.read.couple.view and unit.text != item.text:
                        continue  # the header had it in this language already
                    target = self.found[to, item.index] = self.targets(item.text, to)
                    text = target.text if target.state == "translated" else ""
                if text:
                    there.write(owner, there.new[item.index], self.read.source_unit(to, item) or item.unit, text)

    # --- what the ledger says of it

    def _now(self, lang: Lang, items: Sequence[Item]) -> list[Item]:
        """Items as they are in the finished page."""
        there = self.drafts.get(lang)
        return [self.homes[lang](there.at[item.index]) if there else item for item in items]

    def _texts(self, each: Link, to: Lang) -> Entry:
        """An entry's facts: both texts and their keys as the pages hold them now."""
        source, target = self._now(other(to), each.items[other(to)]), self._now(to, each.items[to])
        unit = self.read.source_unit(to, each.items[other(to)][0])
        return facts(to, source, target, unit)

    def _entry(self, number: int, job: Job) -> Entry:
        each, old = job.link, job.entry
        if each.entry is None:
            made = self._texts(each, each.to)
            target = "" if old.state == "initial" else made.target
            return replace(made, target=target, origin=old.origin, state=old.state, reason=old.reason)
        if job.verdict == "turn":
            self._count("stale")
            return self.recorder.turned(job, self._texts(each, other(each.to)))
        made = self._texts(each, each.to)
        new = replace(
            old, source=made.source, target=made.target, source_keys=made.source_keys,
            target_keys=made.target_keys, context=made.context, codes=made.codes, gone="",
            edited=False, confirmed=False, was=_was(each.target, made),
        )  # fmt: skip
        refused = self.drafts[each.to].refused.get(number) if each.to in self.drafts else None
        if (job.accept or job.verdict in ("write", "renew")) and (len(each.source) != 1 or len(each.target) != 1):
            refused = "it links several texts; edit the page"
        if refused and job.verdict == "write":
            where = f"{self.read.ledgers[each.to].path.name}: " if old.edited else ""
            self._tell(
                "refused", each.to, each.target[0], f"{where}{old.draft if job.accept else old.target!r}: {refused}"
            )
            return replace(old, context=made.context)
        if job.verdict == "same":
            return replace(new, target=old.target) if old.target_keys == new.target_keys else new
        self._count(job.verdict if not job.accept else "accepted")
        return self.recorder.entry(job, new, refused)

    def _inserted(self, to: Lang) -> list[tuple[float, Entry]]:
        """Entries for what was put in, and for what needs no counterpart."""
        there, lack = self.drafts[to], self.survey.lacks[to]
        found: list[tuple[float, Entry]] = []
        for run in lack.runs:
            for item in run.items:
                if item.unit is None or item.index not in there.new:
                    continue
                source = self._now(other(to), [item])
                target = [self.homes[to](there.new[item.index])]
                made = replace(facts(to, source, target, self.read.source_unit(to, item)), was=())
                found.append((source[0].index, self._new_entry(to, item, made)))
        for item in lack.outside:
            if item.unit is not None:
                outside = facts(to, self._now(other(to), [item]), [])
                found.append((item.index, replace(outside, origin=AUTHOR, state="reviewed", gone="target")))
        return found

    def _new_entry(self, to: Lang, item: Item, made: Entry) -> Entry:
        refused = self.drafts[to].refused.get(len(self.survey.jobs) + item.index)
        known = self.survey.lacks[to].owed.get(item.index)
        if known is not None and known.entry is not None and owed_text(self.survey.lacks[to], item) and not refused:
            self._count("write")
            old = known.entry
            new = replace(
                made, origin=old.origin, state=old.state, doubt=old.doubt, previous=old.previous, draft=old.draft,
                drafted_by=old.drafted_by, reason=old.reason, notes=old.notes,
            )  # fmt: skip
            if old.edited:
                new = replace(new, origin=PERSON, state="reviewed")
            return replace(new, doubt="stale", previous=old.source) if known.source_moved and not new.doubt else new
        target = self.found.get((to, item.index))
        if target is None:
            own = made.source != made.target
            return replace(made, origin=AUTHOR if own else COPY, state="reviewed" if own else "translated")
        self._count("translated" if target.state == "translated" and not refused else "left")
        if target.state == "left" or refused:
            home = self.homes[to](self.drafts[to].new[item.index])
            path = str(self.read.couple.paths[to])
            reason, alike = refused or target.reason, self.offer(item.text, to)
            self.notes.append(
                Note("left", path, home.block.start_line, reason + (f"; offered: {alike}" if alike else ""))
            )
            return replace(
                made, target="", state="initial", origin=self.origin, reason=reason, draft=alike,
                drafted_by="memory" if alike else "",
            )  # fmt: skip
        return replace(made, origin=target.origin, state="translated")

    def _half(self, each: Link) -> tuple[float, Entry] | None:
        """A link of which one side is gone."""
        entry = each.entry
        if entry is None:
            return None
        lang: Lang = each.to if each.target else other(each.to)
        side = self._now(lang, each.items[lang])
        keys = tuple(item.key for item in side)
        gone: Literal["source", "target"] = "source" if lang == each.to else "target"
        if lang == each.to:
            new = replace(entry, target=joined(side) if each.moved[lang] else entry.target, target_keys=keys)
            if entry.gone != gone or not self.survey.wishes.keep:
                message = f"its {'English' if other(lang) == 'en' else 'Chinese'} text was deleted; this one is kept"
                if entry.notes[-1:] != (_KEPT,):
                    self._tell("deleted", lang, side[0], message)
            if self.survey.wishes.keep and entry.notes[-1:] != (_KEPT,):
                new = replace(new, notes=(*entry.notes, _KEPT))
        else:
            new = replace(entry, source=joined(side), source_keys=keys)
            if entry.gone != gone:
                message = f"its {'English' if each.to == 'en' else 'Chinese'} text was taken out, and is not made again"
                self._tell("removed", lang, side[0], message)
        order = self._after(each, entry) if gone == "source" else side[0].index
        new = replace(clear(new.settled()), gone=gone, context=side[0].context)
        if entry.edited and entry.target != new.target:  # both the page and the ledger were edited
            new = replace(new, draft=entry.target, drafted_by=PERSON)
        return order, new

    def _after(self, each: Link, entry: Entry) -> float:
        """The place of an entry without a source: behind the one that it stood behind."""
        order = -0.5
        for before in self.read.ledgers[each.to].entries:
            if before is entry:
                break
            order = self.orders.get(id(before), order)
        return order + 0.5

    # --- ledgers and notes

    def _doubts(self, entry: Entry, each: Link) -> None:
        target = each.items[entry.to][0]
        told = doubt_of(entry, self.read.couple.names[other(entry.to)], locked=target.locked)
        if told:
            self._tell(told[0], entry.to, target, told[1])

    def _ledgers(self, entries: list[tuple[float, Entry]]) -> dict[Lang, Ledger]:
        found: dict[Lang, Ledger] = {}
        for to in LANGS:
            mine = sorted((pair for pair in entries if pair[1].to == to), key=lambda pair: pair[0])
            found[to] = replace(
                self.read.ledgers[to],
                source_name=self.read.couple.names[other(to)],
                target_name=self.read.couple.names[to],
                entries=[entry for _, entry in mine],
                shared=[],
            )
            if to == self.read.couple.home:
                orders = [order for order, entry in mine if not entry.gone]
                found[to].shared = shared_records(self.survey, self.drafts, self._now, self.homes, orders)
        return found

    def _changed(self, lang: Lang) -> bool:
        return self.read.absent(lang) or self.final[lang].text != self.read.pages[lang].text

    def _noted(self, lang: Lang) -> str:
        """The page's text; a new page tells its readers of the machine."""
        machine = any(target.state == "translated" and target.origin != "rule" for target in self.found.values())
        text = self.final[lang].text
        return with_note(text, lang) if self.read.absent(lang) and self.note and machine else text

    def _count(self, word: str) -> None:
        self.counts[word] = self.counts.get(word, 0) + 1

    def _tell(self, kind: Kind, lang: Lang, item: Item, message: str) -> None:
        self.notes.append(Note(kind, str(self.read.couple.paths[lang]), self._line(lang, item), message))

    def _line(self, lang: Lang, item: Item) -> int:
        """The line in the page as it will be."""
        there = self.drafts.get(lang)
        if there and item.index in there.at and lang in self.homes:
            return self.homes[lang](there.at[item.index]).block.start_line
        return item.block.start_line


_KEPT = "kept without its source"


def _was(before: Sequence[Item], now: Entry) -> tuple[str, ...] | None:
    """What the page holds until it is written; None if that is what it will hold."""
    keys = tuple(item.key for item in before)
    return None if keys == now.target_keys else keys
