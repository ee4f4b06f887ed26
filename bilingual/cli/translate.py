"""`bilingual translate`: write what each language lacks."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bilingual.cli.pages import load_glossary
from bilingual.cli.progress import bar
from bilingual.job import Result, translate_files
from bilingual.merge import write
from bilingual.model import Lang
from bilingual.sources import Layout, Options

if TYPE_CHECKING:
    from bilingual.memory import Memory
    from bilingual.pipeline import Pipeline


@click.command("translate")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--to", type=click.Choice(["en", "zh", "both"]), default="both", show_default=True, help="Which views.")
@click.option(
    "--layout", type=click.Choice(["separate", "parallel", "side-by-side"]), default="separate", show_default=True,
    help="separate: one page a language. parallel: one page, each text under its counterpart. "
    "side-by-side: an HTML page in two columns.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results; default: beside each page.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the result of one page instead of writing it.")
@click.option("--engine", metavar="NAME", help="embedded (default), argos, or the path of a model folder.")
@click.option(
    "--glossary", "glossary_path", type=click.Path(path_type=Path),
    help="Glossary file; default: the configured one, or glossary.yaml here.",
)  # fmt: skip
@click.option(
    "--report", "report_path", type=click.Path(path_type=Path), help="Write what became of every unit as JSON."
)
@click.option("--dry-run", is_flag=True, help="Translate, but write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that a person has edited.")
def command(
    pages: tuple[str, ...],
    to: str,
    layout: str,
    out: Path | None,
    to_stdout: bool,
    engine: str | None,
    glossary_path: Path | None,
    report_path: Path | None,
    dry_run: bool,
    force: bool,
) -> int:
    """Write both pages of each PAGE: what it says in the other language, translated where it is missing.

    A file that a person has edited since it was written is kept, and said so. Exit status 1: units were left
    untranslated, or a file was kept.
    """
    if to_stdout and (len(pages) > 1 or (layout == "separate" and to == "both")):
        raise click.UsageError("--stdout prints one result: name one PAGE and --to en or --to zh")
    run = _Run(engine, glossary_path)
    options = Options(
        to=("en", "zh") if to == "both" else (cast(Lang, to),),
        layout=cast(Layout, layout),
        out=out,
        note=run.config.note,
        force=force,
        dry_run=dry_run or to_stdout,
        keys=run.config.keys,
        fingerprint=run.fingerprint(),
    )
    with bar() as progress:
        results = translate_files(
            [Path(page) for page in pages], options, run.pipeline, glossary=run.glossary, progress=progress
        )
    if run.memory and run.memory.trouble:
        click.echo(f"bilingual: {run.memory.trouble}", err=True)
    if report_path:
        _report(results, report_path)
    if to_stdout:
        sys.stdout.buffer.write(results[0].text.encode("utf-8"))
    _say(results, quiet=to_stdout)
    return int(any(result.left or result.state == "kept" for result in results))


class _Run:
    """What a run needs beside its pages; the engine is looked for only when something is to be translated."""

    def __init__(self, engine: str | None, glossary_path: Path | None):
        from bilingual.config import load
        from bilingual.engines import DEFAULT

        self.config = load()
        self.engine = engine or self.config.engine or DEFAULT
        self.glossary = load_glossary(glossary_path, self.config)
        self.memory: Memory | None = None
        """The translation memory, once the pipeline was made."""
        self._terms = self.glossary.fingerprint(self.glossary.concepts) if self.glossary else ""

    def fingerprint(self) -> tuple[str, ...]:
        """Everything but the page that the results depend on."""
        from bilingual import engines

        engine = engines.load(self.engine)
        return engine.name, engine.fingerprint, self._terms, str(self.config.spacing)

    def pipeline(self) -> Pipeline:
        """Made at the first need."""
        from bilingual.memory import Memory
        from bilingual.pipeline import Pipeline

        self.memory = Memory()
        return Pipeline(self.engine, glossary=self.glossary, memory=self.memory, spacing=self.config.spacing)


def _report(results: list[Result], path: Path) -> None:
    units = [
        {
            "path": outcome.path,
            "start_line": outcome.start_line,
            "end_line": outcome.end_line,
            "to": outcome.to,
            "state": outcome.state,
            "reason": outcome.reason,
            "terms_missed": list(outcome.terms_missed),
            "origin": outcome.origin,
            "score": round(outcome.score, 4),
            "source": outcome.source,
            "target": outcome.target,
        }
        for result in results
        for outcome in result.outcomes
    ]
    write(path, json.dumps({"schema": 1, "units": units}, ensure_ascii=False, indent=1) + "\n")


def _say(results: list[Result], *, quiet: bool) -> None:
    """A line for each file, each unit left and each term missed; on standard error where the page is on the other."""
    told: set[tuple[object, ...]] = set()
    for result in results:
        for outcome in result.outcomes:
            line = f"{outcome.path}:{outcome.start_line}:"
            place = (outcome.path, outcome.start_line, outcome.source, outcome.to)
            if outcome.state == "left" and place not in told:
                click.echo(f"{line} left untranslated: {outcome.reason}", err=True)
            elif outcome.terms_missed and place not in told:
                click.echo(f"{line} {outcome.reason}", err=True)
            told.add(place)
        if not quiet:
            click.echo(_line(result), err=result.state == "kept")


def _line(result: Result) -> str:
    if result.state == "kept":
        return f"kept {result.path}: it {result.reason}"
    verb = {"written": "wrote", "unchanged": "unchanged", "would-write": "would write"}[result.state]
    counts = f": {result.translated} translated" if result.outcomes else ""
    return f"{verb} {result.path}{counts}" + (f", {result.left} left" if result.left else "")
