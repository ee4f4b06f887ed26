"""How a page holds its two languages: which stretch of English stands for which stretch of Chinese."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from bilingual.align.path import Link
from bilingual.model import Block, Lang, Page

_PURE = 0.85
"""A page is two halves if so many of its blocks stand in the half of their language."""
_IMPURE = 0.72
_BESIDE = 0.3
"""Or if so many do, and no more than this share of the runs of Chinese stand beside English that says the same:
commands and names keep their language in either half."""
_NEAR = 3
_SURE = 8.0
"""Nats beyond which one pair of neighbours tells no more of the order than another."""
_LEAST = 2
"""Rows that make a table one with a column a language."""


class Stretch(NamedTuple):
    """Ranges of the page's English and of its Chinese blocks that say the same, each in order."""

    en: tuple[int, int]
    zh: tuple[int, int]

    def between(self, links: Sequence[Link]) -> Iterator[Stretch]:
        """What is left of the stretch before, between and behind links in order, where it has both languages."""
        i, j = self.en[0], self.zh[0]
        for link in (*links, Link((self.en[1],), (self.zh[1],), 0.0)):
            if i < link.en[0] and j < link.zh[0]:
                yield Stretch((i, link.en[0]), (j, link.zh[0]))
            i, j = link.en[-1] + 1, link.zh[-1] + 1


Column = list[tuple[Block, Block]]
"""The cells of two neighbouring columns of a table, English and Chinese, row by row."""


class Sides(NamedTuple):
    """The blocks of one page by language, in page order."""

    en: list[Block]
    zh: list[Block]


def sides(page: Page, columns: Sequence[Column] = ()) -> Sides:
    """Part a page's texts by language, those in columns left out. Mixed blocks say both and need no counterpart."""
    taken = {block.index for column in columns for pair in column for block in pair}
    texts = [b for b in page.blocks if b.units and b.kind != "front-matter" and b.index not in taken]
    return Sides([b for b in texts if _lang(b) == "en"], [b for b in texts if _lang(b) == "zh"])


def _lang(block: Block) -> Lang | None:
    """The language of a block; what a `lang` attribute says counts where the text is in neither."""
    if block.lang in ("en", "zh"):
        return block.lang
    return block.lang_hint if block.lang == "none" else None


def columns(page: Page) -> list[Column]:
    """Neighbouring columns of tables of which one is mostly English and one mostly Chinese."""
    tables: list[dict[int, dict[int, Block]]] = []
    for block in page.blocks:
        if block.kind == "table-cell":
            if not block.index or page.blocks[block.index - 1].kind != "table-cell":
                tables.append(defaultdict(dict))
            tables[-1][block.level][block.start_line] = block
    return [column for table in tables for column in _column_pairs(table)]


def _column_pairs(table: dict[int, dict[int, Block]]) -> Iterator[Column]:
    langs = {column: _majority(list(cells.values())) for column, cells in table.items()}
    last = -1
    for column in sorted(table):
        if column == last or {langs[column], langs.get(column + 1, "none")} != {"en", "zh"}:
            continue
        en, zh = (column, column + 1) if langs[column] == "en" else (column + 1, column)
        rows = [(table[en][line], table[zh][line]) for line in table[en] if line in table[zh]]
        rows = [(a, b) for a, b in rows if a.units and b.units]
        if len(rows) >= _LEAST:
            last = column + 1
            yield rows


def _majority(cells: Sequence[Block]) -> str:
    en, zh = (sum(cell.lang == lang for cell in cells) for lang in ("en", "zh"))
    return "en" if en > 3 * zh else "zh" if zh > 3 * en else "none"


def halves(en: Sequence[Block], zh: Sequence[Block], likeness: Callable[[int, int], float]) -> tuple[int, bool] | None:
    """Where a page of two halves is cut, as a block index, and whether English comes first; None if it is none.

    `likeness` takes indices of the two lists.
    """
    order = _order(en, zh)
    if len(en) < 2 or not zh:
        return None
    before, best, cut = 0, 0, order[0].block
    for member in order:
        before += 1 if member.lang == "en" else -1
        # English before the cut and Chinese behind it, less the wrong ones: 2 × before − (all English − all Chinese).
        surplus = 2 * before - (len(en) - len(zh))
        if abs(surplus) > abs(best):
            best, cut = surplus, member.block + 1
    pure = (len(order) + abs(best)) / (2 * len(order))
    if pure >= _PURE or (pure >= _IMPURE and _beside(order, likeness) <= _BESIDE):
        return cut, best > 0
    return None


class _Member(NamedTuple):
    block: int
    lang: Lang
    at: int
    """Its place in the list of its language."""


def _order(en: Sequence[Block], zh: Sequence[Block]) -> list[_Member]:
    return sorted(
        [_Member(b.index, "en", i) for i, b in enumerate(en)] + [_Member(b.index, "zh", j) for j, b in enumerate(zh)]
    )


def _neighbours(order: Sequence[_Member]) -> list[tuple[Lang, int, int]]:
    """Neighbours of different language: which comes first, and their places in the two lists."""
    pairs = [(a, b) for a, b in pairwise(order) if a.lang != b.lang]
    return [(a.lang, a.at, b.at) if a.lang == "en" else (a.lang, b.at, a.at) for a, b in pairs]


def _beside(order: Sequence[_Member], likeness: Callable[[int, int], float]) -> float:
    """The share of the runs of Chinese that stand beside a run of English that says some of the same."""
    runs = [(lang, [member.at for member in run]) for lang, run in groupby(order, key=lambda member: member.lang)]
    near: dict[int, bool] = {}
    for number, (lang, run) in enumerate(runs):
        if lang == "zh":
            mates = [
                at
                for n in (number - 1, number + 1)
                if 0 <= n < len(runs)
                for at in runs[n][1][-_NEAR:] + runs[n][1][:_NEAR]
            ]
            near[number] = any(likeness(i, j) > 0 for i in mates for j in (*run[:_NEAR], *run[-_NEAR:]))
    return sum(near.values()) / len(near)


def stretches(en: Sequence[Block], zh: Sequence[Block], likeness: Callable[[int, int], float]) -> list[Stretch]:
    """Pair each run of one language with the run of the other that follows it.

    Which language comes first is told by which neighbours are more alike; `likeness` takes indices of the two lists.
    """
    order = _order(en, zh)
    gain = {"en": 0.0, "zh": 0.0}
    for lang, i, j in _neighbours(order):
        gain[lang] += max(-_SURE, min(_SURE, likeness(i, j)))
    first: Lang = "en" if gain["en"] >= gain["zh"] else "zh"
    found: list[Stretch] = []
    ends = {"en": 0, "zh": 0}
    starts = dict(ends)
    for member, following in zip(order, [*order[1:], _Member(0, first, 0)], strict=True):
        ends[member.lang] = member.at + 1
        if member.lang != first and following.lang == first:
            found.append(Stretch((starts["en"], ends["en"]), (starts["zh"], ends["zh"])))
            starts = dict(ends)
    if starts != ends:
        found.append(Stretch((starts["en"], ends["en"]), (starts["zh"], ends["zh"])))
    return found
