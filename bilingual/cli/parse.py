"""`bilingual parse`: what the parser sees."""

from __future__ import annotations

import json
import sys

import click

from bilingual.inline import restore
from bilingual.markdown import read
from bilingual.model import Block, Page, Unit


@click.command("parse")
@click.argument("page")
@click.option(
    "--format", "format_", type=click.Choice(["json", "roundtrip", "pseudo"]), default="json", show_default=True,
    help="json: blocks and units. roundtrip: take every unit out, put it back, print the page. "
    "pseudo: the same, with each unit between ［ and ］.",
)  # fmt: skip
def command(page: str, format_: str) -> None:
    """Show what the parser sees of PAGE, for debugging and tests."""
    parsed = read(page)
    if format_ == "json":
        json.dump(as_json(parsed), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    opening, closing = ("［", "］") if format_ == "pseudo" else ("", "")
    sys.stdout.buffer.write(rewrite(parsed, opening, closing).encode("utf-8"))


def rewrite(page: Page, opening: str = "", closing: str = "") -> str:
    """The page with every unit taken out into inline-code form and put back, wrapped in two strings."""
    parts, at = [], 0
    for unit in page.units:
        parts += [page.text[at : unit.start], opening, restore(unit, unit.text), closing]
        at = unit.end
    parts.append(page.text[at:])
    return "".join(parts)


def as_json(page: Page) -> dict[str, object]:
    """The page as the documented JSON: byte spans, 1-based lines."""
    return {"schema": 1, "path": page.path, "blocks": [_block(page, block) for block in page.blocks]}


def _block(page: Page, block: Block) -> dict[str, object]:
    return {
        "index": block.index,
        "kind": block.kind,
        "level": block.level,
        "lang": block.lang,
        "start_line": block.start_line,
        "end_line": block.end_line,
        "start": page.byte_offset(block.start),
        "end": page.byte_offset(block.end),
        "section": block.section,
        "in_comment": block.in_comment,
        "units": [_unit(page, unit) for unit in block.units],
    }


def _unit(page: Page, unit: Unit) -> dict[str, object]:
    return {
        "id": unit.id,
        "lang": unit.lang,
        "text": unit.text,
        "start": page.byte_offset(unit.start),
        "end": page.byte_offset(unit.end),
    }
