"""`bilingual glossary`: lint, extract, import and export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual import config
from bilingual.errors import GlossaryError, OutputError
from bilingual.report import FORMATS, Format, render

if TYPE_CHECKING:
    from bilingual.checks.subject import Document
    from bilingual.glossary import Glossary
    from bilingual.model import Concept

_FORMATS = ("csv", "tbx", "yaml")
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".tbx": "tbx", ".xml": "tbx", ".yaml": "yaml", ".yml": "yaml"}


@click.group("glossary", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Lint, extract, import and export glossaries."""


@command.command("lint")
@click.argument("glossary", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def lint(glossary: str | None, form: Format) -> int:
    """Show what is wrong with GLOSSARY; default: the configured one, or glossary.yaml here.

    Exit status: 0 all is well; 1 there are errors; 2 it cannot be read.
    """
    from bilingual.glossary.lint import lint_file

    findings = lint_file(_glossary_file(glossary))
    rules = {"glossary-lint": "a wrong entry of the glossary"}
    colour = form == "text" and sys.stdout.isatty()
    click.echo(render(findings, form, tool="bilingual glossary lint", rules=rules, colour=colour), nl=False)
    return int(bool(findings))


@command.command("extract")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--least", default=2, show_default=True, metavar="N", help="How often a term has to stand in the pages.")
@click.option("--glossary", "glossary_file", metavar="FILE", help="Leave out what this glossary holds already.")
@click.option(
    "--format", "form", type=click.Choice(["text", "yaml"]), default="text", show_default=True,
    help="text: count, English, Chinese, separated by tabs. yaml: a glossary of those found in both languages.",
)  # fmt: skip
def extract(pages: tuple[str, ...], least: int, glossary_file: str | None, form: str) -> int:
    """Show what PAGE... repeat, as candidates for a glossary, with counts and what the other language says.

    Candidates of both languages come first. PAGE may be a folder.
    """
    from bilingual.extract import extract as candidates_of
    from bilingual.glossary import Glossary
    from bilingual.glossary.write import scalar

    settings = config.load()
    path = settings.glossary_file(glossary_file)
    known = Glossary.load(path) if path else Glossary([])
    found = candidates_of(_linked(pages, known, settings), least=least)
    found = [c for c in found if not _is_known(c.en, c.zh, known)]
    if form == "text":
        lines = [f"{candidate.times}\t{candidate.en}\t{candidate.zh}" for candidate in found]
    else:
        both = [candidate for candidate in found if candidate.en and candidate.zh]
        lines = ["terms:", *(f"  {scalar(c.en)}: {scalar(c.zh)}  # {c.times} times" for c in both)] if both else []
    click.echo("".join(f"{line}\n" for line in lines), nl=False)
    return 0


def _linked(
    pages: Sequence[str], glossary: Glossary, settings: config.Config
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The texts of pages, linked ones together, the others each by itself."""
    from bilingual.checks.subject import Document, Source
    from bilingual.site import discover

    for paths in discover(pages, settings.exclude, settings.folder):
        document = Document([Source.read(path, glossary, settings.keys) for path in paths], glossary)
        yield from _links(document)


def _links(document: Document) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    en_page, zh_page = document.en.page, document.zh.page
    done: set[tuple[str, int]] = set()
    bitext = document.bitext
    for bead in (*bitext.beads, *bitext.partial) if bitext else ():
        done |= {(en_page.path, index) for index in bead.en} | {(zh_page.path, index) for index in bead.zh}
        en = [unit.text for index in bead.en for unit in en_page.blocks[index].units]
        yield en, [unit.text for index in bead.zh for unit in zh_page.blocks[index].units]
    for source in document.sources:
        for block in source.page.blocks:
            if (source.path, block.index) not in done:
                texts = [unit.text for unit in block.units]
                yield ([], texts) if block.lang == "zh" else (texts, [])


def _is_known(en: str, zh: str, glossary: Glossary) -> bool:
    for text, lang in ((en, "en"), (zh, "zh")):
        found = glossary.find(text, lang) if text else []  # type: ignore[arg-type]
        if any((match.start, match.end) == (0, len(text)) for match in found):
            return True
    return False


@command.command("export")
@click.argument("glossary", required=False)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Default: what the name of --out says, else csv.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of printing.")
def export(glossary: str | None, form: str | None, out: Path | None) -> int:
    """Give GLOSSARY to other tools: as CSV, or as TBX-Basic."""
    from bilingual.glossary import Glossary

    source = Glossary.load(_glossary_file(glossary))
    _warn(source)
    _put(_writer(form or (_SUFFIXES.get(out.suffix.lower()) if out else None) or "csv")(source.concepts), out)
    return int(bool(source.problems))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Default: what the name of FILE says.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of printing.")
@click.option("--force", is_flag=True, help="Overwrite the file named by --out.")
def import_(file: Path, form: str | None, out: Path | None, force: bool) -> int:
    """Make a glossary of FILE: a CSV table with columns en and zh, or TBX."""
    from bilingual.glossary.lint import lint as lint_concepts
    from bilingual.glossary.load import read_text
    from bilingual.glossary.write import as_yaml

    chosen = form or _SUFFIXES.get(file.suffix.lower())
    if chosen is None:
        raise GlossaryError("its name does not say what it is; give --format csv or --format tbx", path=str(file))
    concepts = _reader(chosen)(read_text(file), str(file))
    if out and out.exists() and not force:
        raise OutputError("stands there already; --force overwrites it", path=str(out))
    _put(as_yaml(concepts), out)
    findings = lint_concepts(concepts, str(file))
    click.echo(render(findings, "text", tool="bilingual glossary import"), nl=False, err=True)
    return int(bool(findings))


def _reader(form: str) -> Callable[[str, str], Sequence[Concept]]:
    if form == "yaml":
        from bilingual.glossary import Glossary

        return lambda text, path: Glossary.from_text(text, path).concepts
    read: Callable[[str, str], Sequence[Concept]] = import_module(f"bilingual.formats.{form}").read
    return read


def _writer(form: str) -> Callable[[Sequence[Concept]], str]:
    if form == "yaml":
        from bilingual.glossary.write import as_yaml

        return as_yaml
    write: Callable[[Sequence[Concept]], str] = import_module(f"bilingual.formats.{form}").write
    return write


def _glossary_file(named: str | None) -> Path:
    path = config.load().glossary_file(named)
    if path is None:
        raise GlossaryError("no glossary; name one, or write glossary.yaml here")
    return path


def _warn(glossary: Glossary) -> None:
    """Entries that cannot be understood are left out, not silently."""
    click.echo(render(glossary.problems, "text", tool="bilingual glossary"), nl=False, err=True)


def _put(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(text.encode())
        return
    from bilingual.merge import write

    write(out, text)
