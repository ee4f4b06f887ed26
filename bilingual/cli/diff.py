"""`bilingual diff`: what one language lacks, and where the two contradict each other."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bilingual import config
from bilingual.cli.pages import load_glossary, read_pages
from bilingual.columns import side_by_side, wrap
from bilingual.diff import NAMES, Difference, Place, diff
from bilingual.errors import PageError
from bilingual.model import Finding, Page, Severity
from bilingual.text import page_language

if TYPE_CHECKING:
    from bilingual.report import Format

_FORMATS = ("text", "json", "sarif", "github")
_COLOURS = {"missing": "yellow", "partial": "cyan", "moved": "blue"}
_TITLES = {
    "missing": "missing", "partial": "says less", "moved": "moved",
    "number": "figures differ", "date": "dates differ", "link": "links differ", "term": "term",
}  # fmt: skip


@click.command("diff")
@click.argument("page")
@click.argument("other", required=False)
@click.option("--units", is_flag=True, help="Text by text, not section by section.")
@click.option("--glossary", "glossary_file", metavar="FILE", help="Compare terms too; default: the configured one.")
@click.option("--since", metavar="REF", help="Only what a change since a git revision touched.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
def command(page: str, other: str | None, units: bool, glossary_file: str | None, since: str | None, form: str) -> int:
    """Show what one language of PAGE lacks, and where the two contradict each other.

    PAGE holds both languages, or has its other half beside it by convention (page.zh.md, zh/page.md), or OTHER names
    it; PAGE may be a folder. Exit status 1: there is something to tell.
    """
    settings = config.load()
    glossary = load_glossary(glossary_file, settings)
    found: list[Difference] = []
    pairs = _pairs(page, other, settings.exclude)
    for pages in pairs:
        found += diff(*pages, units=units, glossary=glossary)
    if since:
        found = _touched(found, since)
    if form == "text":
        _print(found, pairs)
    elif form == "json":
        _write(json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n")
    else:
        from bilingual.report import render

        _write(render([_finding(each) for each in found], cast("Format", form), tool="bilingual diff"))
    return int(bool(found))


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))


def _pairs(page: str, other: str | None, exclude: Sequence[str]) -> list[list[Page]]:
    """What to compare: single pages with both languages in them, and pairs."""
    from bilingual import site

    if other is not None:
        return [read_pages(page, other)]
    if Path(page).is_dir():
        found = [read_pages(*map(str, pair)) for pair in site.discover([Path(page)], exclude=exclude)]
        if not found:
            raise PageError("no pages in this folder", path=page)
        return found
    alone = read_pages(page)
    mate = site.counterpart(Path(page))
    if mate is None or page_language(alone[0]) == "mixed":
        return [alone]
    return [read_pages(page, str(mate))]


def _touched(found: Sequence[Difference], revision: str) -> list[Difference]:
    from bilingual.since import since

    changes = since(revision, {place.path for each in found for place in (each.en, each.zh) if place})
    return [
        each for each in found
        if any(place and changes.touches(place.path, place.start_line, place.end_line) for place in (each.en, each.zh))
    ]  # fmt: skip


def as_json(found: Sequence[Difference]) -> dict[str, object]:
    """The findings as the command's JSON, schema 1."""
    kinds = [each.kind for each in found]
    return {
        "schema": 1,
        "findings": [
            {
                "kind": each.kind,
                "missing_in": each.missing_in,
                "en": _lines(each.en),
                "zh": _lines(each.zh),
                "section": " › ".join(each.section),
                "message": each.message,
            }
            for each in found
        ],
        "summary": {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)},
    }


def _lines(place: Place | None) -> dict[str, object] | None:
    return {"path": place.path, "start_line": place.start_line, "end_line": place.end_line} if place else None


def _finding(each: Difference) -> Finding:
    place = each.place
    other = each.zh if place is each.en else each.en
    where = f" ({other.path}:{other.start_line})" if other else ""
    severity: Severity = "note" if each.kind in ("partial", "moved") else "warning"
    return Finding(
        f"diff-{each.kind}", place.path, place.start_line, 1, place.end_line, 1, severity, each.message + where
    )


def _print(found: Sequence[Difference], pairs: Sequence[Sequence[Page]]) -> None:
    """For each page or pair its findings, contradictions with both texts side by side."""
    cells = min(shutil.get_terminal_size((100, 24)).columns, 140)
    for pages in pairs:
        paths = list(dict.fromkeys(page.path for page in pages))
        here = [each for each in found if each.place.path in paths]
        if not here:
            continue
        click.secho(" ↔ ".join(paths), bold=True)
        section: tuple[str, ...] | None = None
        for each in here:
            if each.section != section:
                section = each.section
                click.secho("  " + (wrap(" › ".join(section), cells - 2, 1)[0] or "before the first heading"), dim=True)
            _print_one(each, cells)
        click.echo()
    _print_summary(found, pairs)


def _print_one(each: Difference, cells: int) -> None:
    lines = " ↔ ".join(_span(place) for place in (each.en, each.zh) if place)
    title = _TITLES[each.kind] + (f" in {NAMES[each.missing_in]}" if each.missing_in else "")
    colour = _COLOURS.get(each.kind, "red")
    click.echo(f"    {lines:<12} {click.style(title, fg=colour)}  {each.message}")
    if each.en and each.zh and each.kind not in ("missing", "partial"):
        click.echo("\n".join(side_by_side(each.en.text, each.zh.text, cells, " " * 17)))
    elif each.kind == "missing":
        click.echo("\n".join(" " * 17 + line for line in wrap(each.place.text, cells - 17, 1)))


def _span(place: Place) -> str:
    return str(place.start_line) if place.start_line == place.end_line else f"{place.start_line}–{place.end_line}"


def _print_summary(found: Sequence[Difference], pairs: Sequence[Sequence[Page]]) -> None:
    kinds = [each.kind for each in found]
    counts = ", ".join(f"{kinds.count(kind)} {_TITLES[kind]}" for kind in dict.fromkeys(kinds))
    what = f"{len(pairs)} pages" if len(pairs) > 1 else "1 page" if len(pairs[0]) == 1 else "1 pair of pages"
    if not found and all(len(pages) == 1 for pages in pairs):
        langs = {page_language(page) for pages in pairs for page in pages}
        both = "" if "mixed" in langs or len(langs) > 1 else ", as far as this page goes"
        click.echo(f"{what}: nothing missing, nothing contradictory{both}")
        return
    click.echo(f"{what}: {counts or 'nothing missing, nothing contradictory'}")
