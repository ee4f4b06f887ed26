"""`bilingual lines`: a Unix filter, one segment a line in, one out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.cli.pages import load_glossary
from bilingual.cli.progress import bar
from bilingual.errors import PageError
from bilingual.merge import write
from bilingual.model import Lang

if TYPE_CHECKING:
    from bilingual.pipeline import Target


@click.command("lines")
@click.option("--to", type=click.Choice(["en", "zh"]), required=True, help="The language to translate into.")
@click.option("--glossary", "glossary_file", metavar="FILE", help="Terms that the translation must use.")
@click.option("--report", "report_file", metavar="FILE", help="Write as JSON what became of each line.")
@click.option(
    "--no-fallback", is_flag=True, help="Print the engine's first answer to each sentence: unchecked, unmended."
)
@click.option("--no-memory", is_flag=True, help="Ask the engine again for what it was asked before.")
@click.option("--engine", default="embedded", metavar="NAME", help="embedded, argos, or a model folder.")
def command(
    to: Lang, glossary_file: str | None, report_file: str | None, no_fallback: bool, no_memory: bool, engine: str
) -> int:
    """Translate standard input, one segment a line.

    As many lines come out as went in; inline codes (⟦1⟧, ⟦1⟧…⟦/1⟧) come back whole. A line that cannot be translated
    comes out as it came, and is listed on standard error; the exit status is then 1.
    """
    from bilingual.memory import Memory
    from bilingual.pipeline import Pipeline

    lines = read(sys.stdin.buffer.read())
    glossary = load_glossary(glossary_file)
    memory = None if no_memory or no_fallback else Memory()
    pipeline = Pipeline(engine, glossary=glossary, memory=memory, fallback=not no_fallback)
    with bar() as progress:
        targets = pipeline.translate([text for _, text, _ in lines], to, progress)
    done = [before + target.text + after for (before, _, after), target in zip(lines, targets, strict=True)]
    sys.stdout.buffer.write("\n".join(done).encode())
    sys.stdout.buffer.flush()
    if memory and memory.trouble:
        click.echo(f"bilingual: {memory.trouble}", err=True)
    units = [
        (number, target)
        for number, ((_, text, _), target) in enumerate(zip(lines, targets, strict=True), 1)
        if text
    ]  # fmt: skip
    if report_file:
        write_report(report_file, units)
    return tell(units)


def read(data: bytes) -> list[tuple[str, str, str]]:
    """Lines of UTF-8 as (what stands before, text, what stands behind): white space and the "\\r" of a CRLF stay."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(f"not UTF-8: byte {error.start} of the input", path="-", line=line) from error
    lines = []
    for whole in text.split("\n"):
        core = whole.strip("\ufeff \t\r\v\f\u3000\u00a0")
        at = whole.index(core) if core else len(whole)
        lines.append((whole[:at], core, whole[at + len(core) :]))
    return lines


def write_report(path: str, units: Sequence[tuple[int, Target]]) -> None:
    """Write the report (schema 1), the old one replaced in one step."""
    rows = [
        {
            "path": "-",
            "start_line": number,
            "end_line": number,
            "state": target.state,
            "reason": target.reason,
            "terms_missed": list(target.terms_missed),
            "origin": target.origin,
            "score": round(target.score, 4),
        }
        for number, target in units
    ]
    write(Path(path), json.dumps({"schema": 1, "units": rows}, ensure_ascii=False, indent=1) + "\n")


def tell(units: Sequence[tuple[int, Target]]) -> int:
    """List what was left or lacks a term; the exit status."""
    status = 0
    for number, target in units:
        if target.state == "left":
            click.echo(f"-:{number}: left untranslated: {target.reason}", err=True)
            status = 1
        elif target.terms_missed:
            click.echo(f"-:{number}: {target.reason}", err=True)
            status = 1
    return status
