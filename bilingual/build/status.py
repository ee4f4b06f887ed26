"""How far a site is: for each page in each language, by words, what a person wrote or read, and what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.build.couples import Site, couples, read_bytes, read_couple
from bilingual.build.items import count_words, counts_for
from bilingual.build.link import LANGS, other
from bilingual.build.renames import orphans
from bilingual.build.survey import Job, Survey, Wishes, survey
from bilingual.ledger import COPY
from bilingual.markdown import read
from bilingual.model import Lang
from bilingual.text import page_language

if TYPE_CHECKING:
    from bilingual.glossary import Glossary


@dataclass
class Words:
    """Words of one page, counted in the text that they say or have to say."""

    reviewed: int = 0
    """Written or read by a person, and up to date."""
    translated: int = 0
    """By an engine, and up to date."""
    stale: int = 0
    """The other language has moved since."""
    missing: int = 0
    """Not there, or still in the other language."""

    @property
    def all(self) -> int:
        return self.reviewed + self.translated + self.stale + self.missing

    def add(self, more: Words) -> None:
        """Add another page's words."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(more, one.name))


@dataclass(frozen=True)
class Row:
    """One page in one language."""

    path: Path
    lang: Lang
    words: Words
    exists: bool


def status(
    where: Site, paths: Sequence[Path], keys: frozenset[str], glossary: Glossary | None = None
) -> list[Row]:  # fmt: skip
    """The state of all pages; nothing is written, and no engine is used.

    Raises PageError and LedgerError for what cannot be read.
    """
    gone = {ledger.target_name: ledger.source_name for ledger in orphans(where)}
    found = couples(where, paths, lambda path: page_language(read(path, keys=keys)), gone)
    rows = []
    for couple in found.couples:
        data = read_bytes(couple)
        each = survey(read_couple(where, couple, data, keys, glossary), Wishes(), glossary)
        shown = (couple.home,) if couple.view else LANGS
        rows += [Row(couple.paths[lang], lang, page_words(each, lang), data[lang] is not None) for lang in shown]
    return rows


def page_words(each: Survey, lang: Lang) -> Words:
    """The words of one side of a couple."""
    found = Words()
    for job in each.jobs:
        size = sum(count_words(item.text) for item in job.link.source)
        state = _state(job, lang)
        setattr(found, state, getattr(found, state) + size)
    lack = each.lacks[lang]
    missing = [item for run in [*lack.runs, *lack.unsure] for item in run.items] + lack.parts
    found.missing += sum(count_words(item.text) for item in missing if counts_for(other(lang), item))
    for item in (item for run in each.lacks[other(lang)].runs for item in run.items):
        found.reviewed += count_words(item.text) if counts_for(lang, item) else 0
    return found


def _state(job: Job, lang: Lang) -> str:
    entry, verdict = job.entry, job.verdict
    if job.link.to != lang:
        return "stale" if verdict == "turn" else "reviewed"
    if verdict in ("renew", "stale", "conflict") or (entry.doubt and verdict == "same"):
        return "missing" if entry.state == "initial" else "stale"
    if verdict in ("reviewed", "confirmed", "turn"):
        return "reviewed"
    if entry.state == "initial":
        return "missing"
    if entry.origin == COPY or not entry.machine or entry.edited:
        return "reviewed"
    return "translated"
