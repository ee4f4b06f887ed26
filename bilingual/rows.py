"""A page as rows: what says the same in English and in Chinese, side by side, in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bilingual.layouts import Row
from bilingual.model import Block, Lang, Page

if TYPE_CHECKING:
    from bilingual.translate import View


def rows(page: Page, en: View, zh: View, counterparts: Mapping[int, Sequence[int]]) -> list[Row]:
    """One row for each bead and for each block without a counterpart; the header is no row.

    A row of linked blocks stands where the first of them stands.
    """
    found: list[Row] = []
    seen: set[int] = set()
    for block in page.blocks:
        if block.index in seen or block.kind == "front-matter":
            continue
        group = _group(page, block, counterparts)
        seen.update(member.index for member in group)
        if block.in_comment and all(member.in_comment for member in group):
            continue
        if len(group) == 1:
            texts = en.source(block), zh.source(block)
        else:
            texts = _side(page, group, "en"), _side(page, group, "zh")
        shared = not any(member.units for member in group) or texts[0] == texts[1]
        found.append(Row(*texts, kind=block.kind, level=block.level, shared=shared))
    return found


def _group(page: Page, block: Block, counterparts: Mapping[int, Sequence[int]]) -> list[Block]:
    """The blocks of the bead that a block belongs to, in page order."""
    members, todo = {block.index}, [block.index]
    while todo:
        for mate in counterparts.get(todo.pop(), ()):
            if mate not in members:
                members.add(mate)
                todo.append(mate)
    return [page.blocks[index] for index in sorted(members)]


def _side(page: Page, group: Sequence[Block], lang: Lang) -> str:
    return "\n\n".join(page.source(member) for member in group if member.lang in (lang, "mixed"))
