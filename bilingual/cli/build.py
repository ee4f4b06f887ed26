"""`bilingual build`: a whole site, again and again, in both directions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.build import Options, Report, build
from bilingual.build.couples import Site
from bilingual.build.survey import Wishes
from bilingual.cli.pages import load_glossary
from bilingual.cli.progress import bar
from bilingual.config import Config, load
from bilingual.errors import PageError
from bilingual.fuzzy import FuzzyMemory

if TYPE_CHECKING:
    from bilingual.pipeline import Pipeline

_WORDS = {
    "translated": "translated", "left": "left", "renew": "translated anew", "write": "brought in from the ledger",
    "accepted": "drafts taken",
}  # fmt: skip
_RATE = 60.0
"""Words a second that an estimate assumes before anything was measured."""


@click.command("build")
@click.argument("paths", nargs=-1, metavar="[DIR|PAGE]...", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="Take the drafts that were offered for texts in doubt.")
@click.option("--keep", is_flag=True, help="Declare the texts in doubt to be up to date as they are.")
@click.option("--renew", is_flag=True, help="Translate anew what another engine, model or version made.")
@click.option("--engine", metavar="NAME", help="embedded (default), argos, or the path of a model folder.")
@click.option("--glossary", "glossary_file", metavar="FILE", help="Default: the configured one, or glossary.yaml here.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and how long it would take.")
def command(
    paths: tuple[Path, ...],
    accept: bool,
    keep: bool,
    renew: bool,
    engine: str | None,
    glossary_file: str | None,
    dry_run: bool,
) -> int:
    """Bring all pages of DIR up to date in both languages; without DIR, those that lie here and below.

    A page without a counterpart gets one. Of two pages each gets what it lacks of the other. What an engine wrote is
    translated anew when its source changes; what a person wrote is kept, marked, and a draft is offered. The record is
    in .bilingual/, a PO file for a page and a direction: commit it.

    Exit status: 0 all in order; 1 something needs a person; 2 a page or a ledger could not be read, or another build
    is running.
    """
    if accept and keep:
        raise click.UsageError("--accept takes the drafts, --keep the texts that stand; give one of them")
    names = list(paths) or [Path()]
    where, settings = place(names)
    run = _Run(settings, engine, glossary_file)
    wishes = Wishes(accept=accept, keep=keep, renew=renew, origin=run.origin)
    options = Options(wishes, settings.keys, settings.note, dry_run)
    with bar(unit="words") as progress:
        report = build(
            where, names, options, run.pipeline, glossary=run.glossary, recall=FuzzyMemory(), progress=progress
        )
    _say(report, where, dry_run)
    if report.errors:
        return 2
    return int(any(note.kind != "removed" for note in report.notes))


def place(names: list[Path]) -> tuple[Site, Config]:
    """The site that pages or folders belong to: where its settings are, else its repository, else the first folder."""
    for name in names:
        if not name.exists():
            raise PageError("no such file or folder", path=str(name))
    start = (names[0] if names[0].is_dir() else names[0].parent).resolve()
    settings = load(start)
    root = next((p for p in (start, *start.parents) if (p / ".git").exists()), start)
    if settings.path:
        root = settings.folder
    for name in names:
        if not name.resolve().is_relative_to(root.resolve()):
            raise PageError(f"not in {root}; build the pages of one site at a time", path=str(name))
    return Site(root, settings.convention, settings.exclude), settings


class _Run:
    """What a run needs beside its pages; the engine is loaded only when something is to be translated."""

    def __init__(self, settings: Config, engine: str | None, glossary_file: str | None):
        from bilingual import engines

        self.settings = settings
        self.engine = engines.load(engine or settings.engine or engines.DEFAULT)
        self.origin = f"{self.engine.name} {self.engine.fingerprint}"
        self.glossary = load_glossary(glossary_file, settings)

    def pipeline(self) -> Pipeline:
        """Made at the first need."""
        from bilingual.memory import Memory
        from bilingual.pipeline import Pipeline

        return Pipeline(self.engine, glossary=self.glossary, memory=Memory(), spacing=self.settings.spacing)


def _say(report: Report, where: Site, dry_run: bool) -> None:
    would = "would " if dry_run else ""
    for old, new in report.renamed:
        click.echo(f"{would}follow{'' if dry_run else 'ed'} {where.shown(old)}, now {where.shown(new)}")
    for path, created, counts in report.changed:
        told = ", ".join(f"{counts[word]} {name}" for word, name in _WORDS.items() if counts.get(word))
        verb = "create" if created else "change"
        click.echo(f"{would}{verb}{'' if dry_run else 'd'} {where.shown(path)}{': ' + told if told else ''}")
    for path, why in report.skipped:
        click.echo(f"passed over {where.shown(path)}: {why}", err=True)
    for note in sorted(report.notes, key=lambda note: (note.path, note.line)):
        click.echo(f"{note.path}:{note.line}: {note.kind}: {note.message}", err=True)
    if report.trouble:
        click.echo(f"bilingual: going on without what persons translated before: {report.trouble}", err=True)
    for error in report.errors:
        click.echo(f"bilingual: {error}", err=True)
    _summary(report, dry_run)


def _summary(report: Report, dry_run: bool) -> None:
    line = f"{report.pages} pages, {len(report.changed)} {'to change' if dry_run else 'changed'}"
    if report.texts and dry_run:
        rate = report.rate or _RATE
        line += f"; {report.words:,} words in {report.texts:,} texts to translate"
        line += f", about {_duration(report.words / rate)} at {rate:,.0f} words a second"
    elif report.texts:
        line += f"; {report.words:,} words in {report.texts:,} texts"
        line += f" translated in {_duration(report.seconds)}, {report.words / report.seconds:,.0f} words a second"
    doubts = sum(note.kind in ("stale", "conflict") for note in report.notes)
    if doubts:
        line += f"; {doubts} in doubt: edit them, or take the drafts with --accept, or let them stand with --keep"
    click.echo(line)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"
