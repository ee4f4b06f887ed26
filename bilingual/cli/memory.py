"""`bilingual memory`: what persons translated before, in and out as TMX."""

from __future__ import annotations

from pathlib import Path

import click

from bilingual.errors import PageError
from bilingual.fuzzy import FuzzyMemory
from bilingual.markdown import decode
from bilingual.merge import write


@click.group("memory")
def command() -> None:
    """What persons translated before: `build` takes it where a text is the same, and offers it where one is alike."""


@command.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE.tmx...", type=click.Path(path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Add the English and Chinese pairs of TMX files."""
    from bilingual.formats import tmx

    read = []
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PageError(f"cannot be read: {error.strerror}", path=str(path)) from None
        read.append((path, tmx.read(decode(data, str(path)).removeprefix("\ufeff"), str(path))))
    for path, pairs in read:
        click.echo(f"{path}: {len(pairs)} pairs, {FuzzyMemory().add(pairs)} of them new")


@command.command("export")
@click.argument("file", metavar="FILE.tmx", type=click.Path(path_type=Path))
def export(file: Path) -> None:
    """Write all pairs as TMX."""
    from bilingual.formats import tmx

    pairs = list(FuzzyMemory().all())
    write(file, tmx.write(tmx.TranslationUnit(en, zh) for en, zh in pairs))
    click.echo(f"{file}: {len(pairs)} pairs")
