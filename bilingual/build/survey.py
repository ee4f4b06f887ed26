"""What there is to do for a couple, found without an engine and without writing anything.

link ▸ the three-way rule for each link ▸ runs of blocks that one page lacks ▸ the texts to be translated
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bilingual.build.couple import Reading
from bilingual.build.items import Item, counts_for
from bilingual.build.link import LANGS, Link, link, other
from bilingual.build.rule import Verdict, verdict
from bilingual.build.splice import Run, runs
from bilingual.build.targets import localized
from bilingual.ledger import AUTHOR, COPY, JOINT, Entry
from bilingual.model import Lang

if TYPE_CHECKING:
    from bilingual.glossary import Glossary


@dataclass(frozen=True)
class Wishes:
    """What the user asked for beyond the rule."""

    accept: bool = False
    """Drafts that were offered are taken; texts that may be each other's counterparts are translated all the same."""
    keep: bool = False
    """Texts in doubt are declared to be up to date."""
    renew: bool = False
    """What other engines, models or glossaries made is made anew."""
    origin: str = ""
    """Engine and model of this run; texts that this one has left before are not tried again."""


class Job(NamedTuple):
    """One link and what is to be done about it."""

    link: Link
    entry: Entry
    verdict: Verdict
    accept: bool = False
    """The draft of the entry is written in the target's place."""


@dataclass
class Lack:
    """What one page lacks of the other."""

    runs: list[Run] = field(default_factory=list)
    unsure: list[Run] = field(default_factory=list)
    """Runs beside which the other page has texts of its own: they may say the same."""
    parts: list[Item] = field(default_factory=list)
    """Texts of blocks of which the rest has a counterpart."""
    owed: dict[int, Link] = field(default_factory=dict)
    """Items, by index, whose target the ledger holds: a killed run did not get to write it, or the page was deleted."""
    outside: list[Item] = field(default_factory=list)
    """Items that need no counterpart: what both pages had of their own before there was a ledger."""


@dataclass
class Survey:
    """A couple and what there is to do for it."""

    read: Reading
    jobs: list[Job]
    """Links of texts with both sides there."""
    halves: list[Link]
    """Links of which one side is gone."""
    shared: list[Link]
    lacks: dict[Lang, Lack]
    """By target language."""
    wishes: Wishes

    def texts(self) -> Iterator[tuple[str, Lang]]:
        """All texts that need an engine, with their target language."""
        for job in self.jobs:
            if job.accept:
                continue
            if job.verdict in ("renew", "stale", "conflict") and needs_draft(job):
                for item in job.link.source:
                    if counts_for(other(job.link.to), item):
                        yield item.text, job.link.to
            elif job.verdict == "turn":
                for item in job.link.target:
                    yield item.text, other(job.link.to)
        for to, lack in self.lacks.items():
            for run in lack.runs:
                for item in run.items:
                    if counts_for(other(to), item) and not owed_text(lack, item):
                        yield item.text, to


def read_by_persons(each: Survey) -> Iterator[tuple[str, str]]:
    """English and Chinese texts of a couple that a person wrote or read, and that say the same as they stand."""
    for job in each.jobs:
        link, entry = job.link, job.entry
        settled = job.verdict in ("same", "reviewed", "confirmed") and not link.source_moved
        if not settled or len(link.source) != 1 or len(link.target) != 1:
            continue
        machine = entry.machine and job.verdict == "same"
        source, target = link.source[0].unit, link.target[0].unit
        if machine or source is None or target is None or (entry.doubt and job.verdict == "same"):
            continue
        if counts_for(other(link.to), link.source[0]) and link.source[0].key != link.target[0].key:
            texts = source.text, localized(each.read.source_unit(link.to, link.source[0]) or source, target)
            yield texts if link.to == "zh" else (texts[1], texts[0])


def needs_draft(job: Job) -> bool:
    """Whether the source says something that the entry has no target or draft for."""
    return job.link.source_moved or job.verdict == "renew" or (job.verdict == "conflict" and not job.entry.edited)


def owed_text(lack: Lack, item: Item) -> str:
    """The target that the ledger holds for an item that its page lacks; empty if it has to be translated."""
    each = lack.owed.get(item.index)
    if each is None or each.entry is None or (each.source_moved and each.entry.machine):
        return ""
    return each.entry.target


def survey(read: Reading, wishes: Wishes, glossary: Glossary | None = None) -> Survey:
    """Find what there is to do for a couple."""
    couple = read.couple
    linked = link(
        read.pages, read.items, read.ledgers, couple.home, glossary=glossary, in_order=couple.view
    )  # fmt: skip
    lacks = {lang: Lack() for lang in LANGS}
    jobs: list[Job] = []
    halves: list[Link] = []
    for each in linked.links:
        if each.shared or not (each.source or each.target):
            continue
        if each.source and each.target:
            jobs.append(_job(read, each, wishes))
        elif each.source and (read.absent(each.to) or _unfinished(each)):
            lacks[each.to].owed.update((item.index, each) for item in each.source)
        else:
            halves.append(each)
    for each in linked.links:
        if _half_written(each):
            for lang in LANGS:
                linked.alone[lang] += each.items[lang]
    for to in LANGS:
        if not (couple.view and to != couple.home):
            alone = [*linked.alone[other(to)]]
            owed = [item for item in read.items[other(to)] if item.index in lacks[to].owed]
            _lack(read, to, lacks[to], sorted([*alone, *owed], key=lambda item: item.index))
    if not wishes.accept:
        _unsure(linked.links, lacks)
    shared = [each for each in linked.links if each.shared and not _half_written(each)]
    return Survey(read, jobs, halves, shared, lacks, wishes)


def _half_written(each: Link) -> bool:
    """Whether a shared block was about to be put into a page when a run was killed."""
    return each.shared and each.pending and bool(each.source) != bool(each.target)


def _unfinished(each: Link) -> bool:
    return each.entry is not None and each.entry.was == ()


def _job(read: Reading, each: Link, wishes: Wishes) -> Job:
    entry = each.entry
    if entry is None:
        return Job(each, _found(read, each, wishes), "same")
    locked = any(item.locked for item in each.target)
    found = verdict(
        entry, source_moved=each.source_moved, target_moved=each.target_moved, pending=each.pending,
        locked=locked, two_way=not read.couple.view,
    )  # fmt: skip
    if found == "same" and not locked:
        if entry.draft and wishes.accept:
            return Job(each, entry, "write", accept=True)
        if entry.doubt and wishes.keep:
            found = "confirmed"
        elif _due(entry, wishes):
            found = "renew"
    return Job(each, entry, found)


def _due(entry: Entry, wishes: Wishes) -> bool:
    """Whether a text is translated again though nothing moved: another engine may do what the last one could not."""
    if not entry.machine or entry.origin in (COPY, "rule", wishes.origin):
        return False
    return wishes.renew or (entry.state == "initial" and bool(wishes.origin))


def _found(read: Reading, each: Link, wishes: Wishes) -> Entry:
    """A new entry for two texts that persons wrote, or that an earlier `translate` made."""
    if not read.by_machine or each.to != read.couple.home:
        return Entry(each.to, "", "", origin=AUTHOR, state="reviewed")
    if each.source[0].key != each.target[0].key:
        return Entry(each.to, "", "", origin="translate", state="translated")
    if counts_for(other(each.to), each.source[0]):
        return Entry(each.to, "", "", origin=wishes.origin, state="initial", reason="left by an earlier run")
    return Entry(each.to, "", "", origin=COPY, state="translated")


def _lack(read: Reading, to: Lang, lack: Lack, missing: Sequence[Item]) -> None:
    source = other(to)
    if not missing:
        return
    if read.absent(to):
        lack.runs = [Run(tuple(read.pages[source].blocks), tuple(missing))]
        return
    if not read.couple.view:  # what a page holds in the other language is nothing that the other page lacks
        own = [i for i in missing if i.unit and i.unit.lang == to and i.index not in lack.owed]
        lack.outside += own
        missing = [item for item in missing if item not in own]
    found, parts = runs(read.pages[source], read.items[source], missing)
    for run in found:
        # What is no text goes with the texts around it; alone only from source to target, and once there is a ledger.
        if (read.known and to == read.couple.home) or any(counts_for(source, item) for item in run.items):
            lack.runs.append(run)
        else:
            lack.outside += run.items
    for item in parts:
        (lack.parts if read.known or item.context[:8] != "header: " else lack.outside).append(item)


def _unsure(links: Sequence[Link], lacks: dict[Lang, Lack]) -> None:
    """Set aside runs of both pages that stand at the same place and begin alike: alignment may have missed a link."""
    if not (lacks["en"].runs and lacks["zh"].runs):
        return
    owner: dict[tuple[Lang, int], int] = {}
    for number, each in enumerate(links):
        owner.update({(lang, item.index): number for lang in LANGS for item in each.items[lang]})

    def slot(lang: Lang, run: Run) -> tuple[int, str]:
        before = next((i for i in range(run.items[0].index - 1, -1, -1) if (lang, i) in owner), -1)
        return owner.get((lang, before), -1), run.blocks[0].kind

    for to in LANGS:
        mine, theirs = lacks[to], lacks[other(to)]
        places = {slot(to, run) for run in [*theirs.runs, *theirs.unsure]}
        doubtful = [
            run for run in mine.runs
            if slot(other(to), run) in places and not any(item.index in mine.owed for item in run.items)
        ]  # fmt: skip
        mine.unsure = doubtful
        mine.runs = [run for run in mine.runs if run not in doubtful]


def joined(items: Sequence[Item]) -> str:
    """The text of an entry's side."""
    return JOINT.join(item.text for item in items)
