"""A whole site, again and again, in both directions: what has moved is brought to the other language, nothing is lost.

    discover ▸ follow renames ▸ survey each couple ▸ one batch for all missing texts ▸ settle ▸ ledger, page, ledger

A page is written between two writings of its ledger: the first says what the page is going to hold and what it held
before, the second that it does. A run that is killed anywhere is completed by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilingual import __version__
from bilingual.build.couple import Couple
from bilingual.build.couples import Site, couples, file_bytes, read_bytes, read_couple
from bilingual.build.items import count_words
from bilingual.build.link import LANGS, other
from bilingual.build.lock import only_run, sweep
from bilingual.build.manifest import Found, Manifest, digest
from bilingual.build.notes import Note
from bilingual.build.renames import follow_rename, orphans, renames
from bilingual.build.settle import Settled, settle
from bilingual.build.survey import Survey, Wishes, read_by_persons, survey
from bilingual.errors import BilingualError, OutputError
from bilingual.ledger import Ledger
from bilingual.ledger.po import dump
from bilingual.markdown import KEYS, parse
from bilingual.merge import write
from bilingual.model import Lang, Page
from bilingual.text import page_language

if TYPE_CHECKING:
    from bilingual.fuzzy import FuzzyMemory
    from bilingual.glossary import Glossary
    from bilingual.pipeline import Pipeline, Target

AT_ONCE = 400
"""Texts that go to the engine together; what is done by then survives a kill in the memory."""


@dataclass(frozen=True)
class Options:
    """How a site is built."""

    wishes: Wishes = field(default_factory=Wishes)
    keys: frozenset[str] = KEYS
    note: bool = True
    dry_run: bool = False


class Changed(NamedTuple):
    """A file that was written, or would be."""

    path: Path
    created: bool
    counts: dict[str, int]


@dataclass
class Report:
    """What a run did."""

    changed: list[Changed] = field(default_factory=list)
    renamed: list[tuple[Path, Path]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    errors: list[BilingualError] = field(default_factory=list)
    """Pages that could not be read, or whose ledger could not; they and their counterparts are as they were."""
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    pages: int = 0
    unchanged: int = 0
    """Couples that were not even parsed: nothing in them has changed since the last run."""
    texts: int = 0
    words: int = 0
    """What needed an engine."""
    trouble: str = ""
    """Why the memory of persons was not used."""
    seconds: float = 0.0
    rate: float = 0.0
    """Words a second of the last run that translated, this one included."""


Progress = Callable[[int, int], object]


def build(
    where: Site,
    paths: Sequence[Path],
    options: Options,
    pipeline: Callable[[], Pipeline],
    *,
    glossary: Glossary | None = None,
    recall: FuzzyMemory | None = None,
    progress: Progress | None = None,
) -> Report:
    """Bring all pages of a site up to date. `pipeline` is called only if there is something to translate.

    `recall` is what persons translated before: it goes before the engine where a text is the same, and offers a draft
    where the engine fails and one is alike. What they wrote in this site is added to it.

    Raises OutputError if another run is at work, or a file cannot be written; PageError for a path that is not there.
    """
    if options.dry_run:
        return _Build(where, options, pipeline, glossary, recall, progress).run(paths)
    with only_run(where.folder):
        return _Build(where, options, pipeline, glossary, recall, progress).run(paths)


class _Build:
    def __init__(
        self,
        where: Site,
        options: Options,
        pipeline: Callable[[], Pipeline],
        glossary: Glossary | None,
        recall: FuzzyMemory | None,
        progress: Progress | None,
    ):
        self.where = where
        self.options = options
        self.pipeline = pipeline
        self.glossary = glossary
        self.recall = recall
        self.progress = progress
        wishes = options.wishes
        self.manifest = Manifest(where.folder, f"{__version__} {wishes.origin} {sorted(options.keys)} {options.note}")
        self.report = Report(rate=self.manifest.rate)
        self.state: dict[str, Found] = {}
        self.looked: dict[str, list[str]] = {}

    def run(self, paths: Sequence[Path]) -> Report:
        from bilingual import site

        pages = [page for group in site.discover(paths, self.where.exclude, self.where.root) for page in group]
        lost = orphans(self.where)
        followed = renames(self.where, lost, pages, self._page)
        for rename in followed:
            self.report.renamed.append((self.where.root / rename.old, rename.new))
            if not self.options.dry_run:
                follow_rename(self.where, rename)
        gone = {each.target_name: each.source_name for each in lost if each not in [r.ledger for r in followed]}
        found = couples(self.where, paths, self._language, gone)
        self.report.skipped = found.skipped
        self.report.pages = len({path for couple in found.couples for path in couple.paths.values()})
        if not self.options.dry_run:
            sweep(self.where.folder, [path for couple in found.couples for path in couple.paths.values()])
        surveys = [each for couple in found.couples if (each := self._survey(couple))]
        targets = self._translated(surveys)
        for each in surveys:
            self._settle(each, targets)
        if not self.options.dry_run:
            self.manifest.keep(self.state, self.looked, self.where.root)
            self.manifest.rate = self.report.rate
            self.manifest.save()
        return self.report

    def _page(self, path: Path) -> Page:
        return parse(file_bytes(path) or b"", str(path), keys=self.options.keys)

    def _language(self, path: Path) -> str:
        name, hashed = self.where.name(path), digest([file_bytes(path)])
        known = self.looked.get(name) or self.manifest.kinds.get(name)
        if not known or known[0] != hashed:
            try:
                known = [hashed, page_language(self._page(path))]
            except BilingualError as error:
                self.report.errors.append(error)
                return "none"
        self.looked[name] = known
        return known[1]

    def _survey(self, couple: Couple) -> Survey | None:
        """Look at a couple; None if nothing in it has changed since a run that did all it could."""
        data = read_bytes(couple)
        hashed, notes = self.manifest.found.get(_id(couple), ("", []))
        wishes = self.options.wishes
        if hashed == self._hash(couple, data) and not (wishes.renew or (notes and (wishes.accept or wishes.keep))):
            self.report.unchanged += 1
            self.state[_id(couple)] = (hashed, notes)
            self.report.notes += [
                Note(kind, self.where.shown(self.where.root / name), line, message)  # type: ignore[arg-type]
                for kind, name, line, message in notes
            ]
            return None
        try:
            return survey(
                read_couple(self.where, couple, data, self.options.keys, self.glossary), wishes, self.glossary
            )
        except BilingualError as error:
            self.report.errors.append(error)
            return None

    def _hash(self, couple: Couple, data: dict[Lang, bytes | None]) -> str:
        ledgers = [file_bytes(self.where.ledger_path(couple.names[other(to)], to)) for to in LANGS]
        return digest([data["en"], data["zh"], *ledgers])

    def _translated(self, surveys: Sequence[Survey]) -> dict[tuple[str, Lang], Target]:
        """One batch for all missing texts of all pages, long ones first, in pieces so that a kill loses little."""
        wanted = dict.fromkeys(text for each in surveys for text in each.texts())
        found = self._recalled(surveys, wanted)
        wanted = {each: None for each in wanted if each not in found}
        self.report.texts = len(wanted)
        self.report.words = sum(count_words(text) for text, _ in wanted)
        if not wanted or self.options.dry_run:
            return found
        started = time.perf_counter()
        pipeline = self.pipeline()
        total, done = self.report.words, 0
        for to in LANGS:
            texts = sorted((text for text, lang in wanted if lang == to), key=len, reverse=True)
            for at in range(0, len(texts), AT_ONCE):
                some = texts[at : at + AT_ONCE]
                size = sum(map(count_words, some))

                def step(n: int, of: int, base: int = done, size: int = size) -> None:
                    if self.progress:
                        self.progress(base + size * n // max(of, 1), total)

                found.update(zip(((text, to) for text in some), pipeline.translate(some, to, step), strict=True))
                done += size
                step(1, 1, done, 0)
        self.report.seconds = time.perf_counter() - started
        self.report.rate = self.report.words / max(self.report.seconds, 1e-9)
        return found

    def _recalled(
        self, surveys: Sequence[Survey], wanted: Iterable[tuple[str, Lang]]
    ) -> dict[tuple[str, Lang], Target]:
        """What persons translated before, word for word; what they wrote here since is remembered first."""
        if self.recall is None or not surveys:
            return {}
        from bilingual.pipeline import Target

        found: dict[tuple[str, Lang], Target] = {}
        try:
            if not self.options.dry_run:
                self.recall.add(pair for each in surveys for pair in read_by_persons(each))
            for to in LANGS:
                texts = [text for text, lang in wanted if lang == to]
                for text, target in self.recall.exact(texts, to).items():
                    found[text, to] = Target(target, "translated", origin="memory")
        except OutputError as error:
            self.report.trouble, self.recall = str(error), None
        return found

    def _offer(self, text: str, to: Lang) -> str:
        """What a person made of a text that is alike; empty if there is none."""
        match = self.recall.find(text, to) if self.recall is not None else None
        return match.target if match else ""

    def _settle(self, each: Survey, targets: dict[tuple[str, Lang], Target]) -> None:
        """Change one couple and write it."""
        if self.options.dry_run:
            from bilingual.pipeline import Target

            settled = settle(each, lambda text, _: Target(text, "translated"), origin="", note=False)
        else:
            settled = settle(
                each, lambda text, to: targets[text, to], origin=self.options.wishes.origin, note=self.options.note,
                offer=self._offer,
            )  # fmt: skip
        couple = each.read.couple
        if not self.options.dry_run and not self._write(settled):
            path = next(p for lang, p in couple.paths.items() if file_bytes(p) != each.read.data[lang])
            self.report.errors.append(OutputError("changed while build ran; run it again", path=str(path)))
            return
        for lang in settled.texts:
            self.report.changed.append(Changed(couple.paths[lang], each.read.absent(lang), settled.counts))
        notes = list(dict.fromkeys(settled.notes))
        self.report.notes += [note._replace(path=self.where.shown(Path(note.path))) for note in notes]
        if not self.options.dry_run:
            kept: list[tuple[str, str, int, str]] = [
                (n.kind, self.where.name(Path(n.path)), n.line, n.message) for n in notes if n.kind != "removed"
            ]
            self.state[_id(couple)] = (self._hash(couple, read_bytes(couple)), kept)

    def _write(self, settled: Settled) -> bool:
        """Ledger, page, ledger; False, and nothing written, if a page is no longer what was read."""
        couple = settled.read.couple
        if any(file_bytes(couple.paths[lang]) != settled.read.data[lang] for lang in LANGS):
            return False
        if settled.texts:
            for ledger in settled.ledgers.values():
                self._write_ledger(ledger)
            for lang, text in settled.texts.items():
                write(couple.paths[lang], text)
        for ledger in settled.ledgers.values():
            entries = [entry if entry.edited else entry.settled() for entry in ledger.entries]
            self._write_ledger(replace(ledger, entries=entries, shared=[record.settled() for record in ledger.shared]))
        return True

    def _write_ledger(self, ledger: Ledger) -> None:
        if ledger.entries or ledger.shared or ledger.path.exists():
            write(ledger.path, dump(ledger))


def _id(couple: Couple) -> str:
    return f"{couple.names[other(couple.home)]} {couple.home}"
