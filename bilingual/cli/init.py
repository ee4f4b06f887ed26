"""`bilingual init`: set a site up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bilingual.build.setup import Proposal, propose
from bilingual.errors import PageError
from bilingual.markdown import read
from bilingual.text import page_language


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write the files without asking.")
def command(folder: Path, yes: bool) -> int:
    """Look at DIR and write what it needs: bilingual.toml, glossary.yaml, the pre-commit entry.

    What is there already is never touched.
    """
    if not folder.is_dir():
        raise PageError("no such folder", path=str(folder))
    proposal = propose(folder, _language)
    _show(proposal)
    if not proposal.files:
        click.echo("nothing to write")
        return 0
    if not yes and not sys.stdin.isatty():
        click.echo("add --yes to write these files")
        return 0
    if not yes and not click.confirm("Write these files?", default=True):
        return 0
    proposal.write()
    click.echo(f"wrote {', '.join(proposal.files)}; next: bilingual build --dry-run")
    return 0


def _language(path: Path) -> str:
    try:
        return page_language(read(path))
    except PageError as error:
        click.echo(f"bilingual: {error}", err=True)
        return "none"


def _show(proposal: Proposal) -> None:
    names = {"en": "in English", "zh": "in Chinese", "pair": "in two files", "mixed": "with both languages in one file"}
    told = [f"{count} {names[kind]}" for kind, count in proposal.counts.items() if count]
    click.echo(f"pages: {', '.join(told) or 'none'}; named as by {proposal.convention}")
    for name in proposal.there:
        click.echo(f"{name} is there and stays as it is")
    for name, text in proposal.files.items():
        click.echo(f"\n{name}:")
        click.echo("".join(f"    {line}\n" for line in text.splitlines()))
    if proposal.hook:
        click.echo(f"\nfor your .pre-commit-config.yaml, under `repos:`:\n{proposal.hook}")
