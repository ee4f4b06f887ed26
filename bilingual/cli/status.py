"""`bilingual status`: what of a site is translated, reviewed, stale and missing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bilingual.build.couples import Site
from bilingual.build.status import Row, Words, status
from bilingual.cli.build import place

_COLUMNS = ("words", "reviewed", "translated", "stale", "missing")


@click.command("status")
@click.argument("paths", nargs=-1, metavar="[DIR|PAGE]...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(paths: tuple[Path, ...], form: str) -> int:
    """Show for each page in each language how many words are reviewed, translated, stale and missing.

    What a person wrote counts as reviewed. Nothing is written; `build` does what is left to do.

    Exit status: 0 nothing stale or missing; 1 something is; 2 a page or a ledger could not be read.
    """
    names = list(paths) or [Path()]
    where, settings = place(names)
    rows = status(where, names, settings.keys)
    if form == "json":
        click.echo(json.dumps(_data(rows, where), ensure_ascii=False, indent=1))
    else:
        _table(rows, where)
    return int(any(row.words.stale or row.words.missing for row in rows))


def _totals(rows: Sequence[Row]) -> dict[str, Words]:
    totals = {"en": Words(), "zh": Words()}
    for row in rows:
        totals[row.lang].add(row.words)
    return totals


def _data(rows: Sequence[Row], where: Site) -> dict[str, object]:
    def counts(found: Words) -> dict[str, int]:
        return {"words": found.all, **asdict(found)}

    pages = [
        {"path": where.shown(row.path), "lang": row.lang, "exists": row.exists, **counts(row.words)} for row in rows
    ]
    return {"schema": 1, "pages": pages, "total": {lang: counts(found) for lang, found in _totals(rows).items()}}


def _table(rows: Sequence[Row], where: Site) -> None:
    lines = [(where.shown(row.path) + ("" if row.exists else " (not there yet)"), row.words) for row in rows]
    names = {"en": "English", "zh": "Chinese"}
    lines += [(names[lang], found) for lang, found in _totals(rows).items() if found.all]
    width = max([len(name) for name, _ in lines] + [4])
    click.echo("page".ljust(width) + "".join(f"{column:>12}" for column in _COLUMNS))
    for name, found in lines:
        counts = (found.all, found.reviewed, found.translated, found.stale, found.missing)
        click.echo(name.ljust(width) + "".join(f"{count:>12,}" if count else f"{'·':>12}" for count in counts))
