"""Tables that a view can leave out: no cell can go alone, but a whole table can whose words stand in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilingual.model import Block, Lang, Page

_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?")


def spare_tables(
    page: Page, lang: Lang, counterparts: Mapping[int, Sequence[int]]
) -> Iterator[tuple[list[Block], int, int]]:
    """The tables in a language of which every cell with words has a counterpart outside the table.

    A cell that is linked to itself has its counterpart on another page.
    Each with its cells and the half-open range of its lines, delimiter row included.
    """
    for cells in _tables(page):
        own = {cell.index for cell in cells}
        said = [cell for cell in cells if cell.units]
        if said and all(
            cell.lang == lang and (mates := counterparts.get(cell.index)) and own.isdisjoint(set(mates) - {cell.index})
            for cell in said
        ):
            last = cells[-1].end_line
            if _RULE.fullmatch(_line(page, last + 1)):
                last += 1
            end = page.line_starts[last] if last < len(page.line_starts) else len(page.text)
            yield cells, page.line_starts[cells[0].start_line - 1], end


def _tables(page: Page) -> Iterator[list[Block]]:
    cells: list[Block] = []
    for block in page.blocks:
        is_cell = block.kind == "table-cell" and not (block.units and block.units[0].form == "html")
        if cells and not (is_cell and _same_table(page, cells[-1], block)):
            yield cells
            cells = []
        if is_cell and not block.in_comment:
            cells.append(block)
    if cells:
        yield cells


def _same_table(page: Page, before: Block, cell: Block) -> bool:
    between = range(before.end_line + 1, cell.start_line)
    return all(_RULE.fullmatch(_line(page, line)) for line in between)


def _line(page: Page, number: int) -> str:
    starts = page.line_starts
    if number > len(starts):
        return ""
    return page.text[starts[number - 1] : starts[number] if number < len(starts) else len(page.text)].rstrip("\n")
