"""`bilingual align`: which English text says the same as which Chinese text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bilingual import config
from bilingual.align import align
from bilingual.cli.pages import load_glossary, read_pages
from bilingual.header import header_pairs
from bilingual.inline import readable
from bilingual.model import Bead, Bitext, Block, Page

if TYPE_CHECKING:
    from bilingual.formats.bitext_html import BitextRow, Side
    from bilingual.formats.tmx import TranslationUnit

_FORMATS = ("json", "tsv", "tmx", "html")


@click.command("align")
@click.argument("page")
@click.argument("other", required=False)
@click.option("--glossary", "glossary_file", metavar="FILE", help="Terms that tell which texts belong together.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True)
def command(page: str, other: str | None, glossary_file: str | None, form: str) -> None:
    """Show which English text of PAGE says the same as which Chinese text; with OTHER, of two pages.

    tsv and tmx are for spreadsheets and translation tools, html for reading: the two texts side by side.
    """
    bitext = align(*read_pages(page, other), glossary=load_glossary(glossary_file, config.load()))
    text = {"json": _json, "tsv": _tsv, "tmx": _tmx, "html": _html}[form](bitext)
    sys.stdout.buffer.write(text.encode("utf-8"))


def as_json(bitext: Bitext) -> dict[str, object]:
    """The bitext as the command's JSON, schema 1."""
    return {
        "schema": 1,
        "arrangement": bitext.arrangement,
        "pairs": [_pair(bitext, bead) for bead in bitext.beads],
        "partial": [_pair(bitext, bead) for bead in bitext.partial],
        "unpaired": [
            {"lang": block.lang, **_place(page, (block.index,)), "section": _section(page, block)}
            for page, block in _alone(bitext)
        ],
    }


def _json(bitext: Bitext) -> str:
    return json.dumps(as_json(bitext), ensure_ascii=False, indent=1) + "\n"


def _alone(bitext: Bitext) -> Iterator[tuple[Page, Block]]:
    """The texts that are in no link."""
    beads = (*bitext.beads, *bitext.partial)
    linked = {(id(bitext.en), i) for bead in beads for i in bead.en} | {
        (id(bitext.zh), j) for bead in beads for j in bead.zh
    }
    pair = bitext.en is not bitext.zh
    for page in (bitext.en, bitext.zh) if pair else (bitext.en,):
        for block in page.blocks:
            text = block.units and block.lang in ("en", "zh") and block.kind != "front-matter"
            if text and not (pair and block.in_comment) and (id(page), block.index) not in linked:
                yield page, block


def _pair(bitext: Bitext, bead: Bead) -> dict[str, object]:
    return {
        "en": _place(bitext.en, bead.en),
        "zh": _place(bitext.zh, bead.zh),
        "kind": bitext.en.blocks[bead.en[0]].kind,
        "score": round(bead.score, 4),
    }


def _place(page: Page, blocks: tuple[int, ...]) -> dict[str, object]:
    return {
        "path": page.path,
        "start_line": page.blocks[blocks[0]].start_line,
        "end_line": page.blocks[blocks[-1]].end_line,
    }


def _section(page: Page, block: Block) -> str:
    at = block.section
    return " ".join(readable(unit) for unit in page.blocks[at].units) if at >= 0 else ""


def _rows(bitext: Bitext) -> list[BitextRow]:
    """Links and lone texts in the order of the English page; a lone Chinese text follows its neighbour."""
    from bilingual.formats.bitext_html import BitextRow

    rows: list[tuple[tuple[int, int, int], BitextRow]] = []
    anchors: dict[int, int] = {}
    for state, beads in (("full", bitext.beads), ("partial", bitext.partial)):
        for bead in beads:
            en, zh = _side(bitext.en, bead.en), _side(bitext.zh, bead.zh)
            if en.text or zh.text:
                kind = bitext.en.blocks[bead.en[0]].kind
                rows.append(((bead.en[0], 0, 0), BitextRow(en, zh, kind, state, bead.score)))  # type: ignore[arg-type]
            anchors.update(dict.fromkeys(bead.zh, bead.en[-1]))
    for page, block in _alone(bitext):
        side = _side(page, (block.index,))
        if block.lang == "en" and page is bitext.en:
            rows.append(((block.index, 0, 0), BitextRow(side, None, block.kind, "alone")))
        else:
            before = max((j for j in anchors if j < block.index), default=-1)
            rows.append(((anchors.get(before, -1), 1, block.index), BitextRow(None, side, block.kind, "alone")))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _side(page: Page, blocks: tuple[int, ...]) -> Side:
    from bilingual.formats.bitext_html import Side

    first, last = page.blocks[blocks[0]], page.blocks[blocks[-1]]
    lines = str(first.start_line) if first.start_line == last.end_line else f"{first.start_line}–{last.end_line}"
    return Side(lines, _texts(page, blocks))


def _texts(page: Page, blocks: tuple[int, ...]) -> str:
    return " ".join(readable(unit) for i in blocks for unit in page.blocks[i].units)


def _tsv(bitext: Bitext) -> str:
    lines = ["en_lines\tzh_lines\tkind\tlink\tscore\ten\tzh"]
    for row in _rows(bitext):
        en, zh = row.en or ("", ""), row.zh or ("", "")
        score = f"{row.score:.3f}" if row.state != "alone" else ""
        lines.append("\t".join([en[0], zh[0], row.kind, row.state, score, en[1], zh[1]]))
    return "\n".join(lines) + "\n"


def _html(bitext: Bitext) -> str:
    from bilingual.formats.bitext_html import render

    names = dict.fromkeys((bitext.en.path, bitext.zh.path))
    alone = sum(1 for _ in _alone(bitext))
    summary = (
        f"{bitext.arrangement}: {len(bitext.beads)} links, {len(bitext.partial)} partial, {alone} texts without one"
    )
    return render(" · ".join(names), summary, _rows(bitext))


def _tmx(bitext: Bitext) -> str:
    from bilingual.formats.tmx import write

    return write(_units(bitext))


def _units(bitext: Bitext) -> Iterator[TranslationUnit]:
    """Full links: unit by unit where both sides have as many, else as a whole without markup."""
    from bilingual.formats.tmx import TranslationUnit

    for one, other in header_pairs(bitext.en, bitext.zh):
        if one and other:
            yield TranslationUnit(one.text, other.text, one.codes, other.codes, f"{bitext.en.path} {one.key}")
    for bead in bitext.beads:
        en = [unit for i in bead.en for unit in bitext.en.blocks[i].units]
        zh = [unit for j in bead.zh for unit in bitext.zh.blocks[j].units]
        if not en or not zh or bitext.en.blocks[bead.en[0]].kind == "front-matter":
            continue
        place = f"{bitext.en.path}:{bitext.en.line(en[0].start)} {bitext.zh.path}:{bitext.zh.line(zh[0].start)}"
        if len(en) == len(zh):
            for left, right in zip(en, zh, strict=True):
                yield TranslationUnit(left.text, right.text, left.codes, right.codes, place)
        else:
            yield TranslationUnit(_texts(bitext.en, bead.en), _texts(bitext.zh, bead.zh), note=place)
