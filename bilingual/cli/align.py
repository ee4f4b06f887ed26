"""`bilingual align`: which English text says the same as which Chinese text."""

from __future__ import annotations

from bilingual.model import Bead, Bitext, Block, Page


def as_json(bitext: Bitext) -> dict[str, object]:
    """The bitext as the command's JSON, schema 1."""
    linked = {*((bitext.en.path, i) for bead in (*bitext.beads, *bitext.partial) for i in bead.en)}
    linked |= {(bitext.zh.path, j) for bead in (*bitext.beads, *bitext.partial) for j in bead.zh}
    alone = []
    for page in dict.fromkeys((bitext.en.path, bitext.zh.path)):
        sheet = bitext.en if page == bitext.en.path else bitext.zh
        for block in sheet.blocks:
            if block.lang in ("en", "zh") and (page, block.index) not in linked and block.units:
                alone.append({"lang": block.lang, **_place(sheet, (block.index,)), "section": _section(sheet, block)})
    return {
        "schema": 1,
        "arrangement": bitext.arrangement,
        "pairs": [_pair(bitext, bead) for bead in bitext.beads],
        "partial": [_pair(bitext, bead) for bead in bitext.partial],
        "unpaired": alone,
    }


def _pair(bitext: Bitext, bead: Bead) -> dict[str, object]:
    return {
        "en": _place(bitext.en, bead.en),
        "zh": _place(bitext.zh, bead.zh),
        "kind": bitext.en.blocks[bead.en[0]].kind,
        "score": round(bead.score, 4),
    }


def _place(page: Page, blocks: tuple[int, ...]) -> dict[str, object]:
    return {"path": page.path, "start_line": page.blocks[blocks[0]].start_line, "end_line": page.blocks[blocks[-1]].end_line}


def _section(page: Page, block: Block) -> str:
    if block.section < 0:
        return ""
    return " ".join(unit.text for unit in page.blocks[block.section].units)
