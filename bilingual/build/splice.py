"""New blocks put into a page at their place, and shared blocks brought up to date, every other byte left alone.

What is inserted is a run of whole lines of the source page, still in its language: the page must then hold the same
blocks as before, and between them the new ones. Their units are translated in place afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bilingual.build.borders import insertion
from bilingual.build.items import Item
from bilingual.markdown import parse
from bilingual.merge import Edit, apply
from bilingual.model import Block, Page


class Run(NamedTuple):
    """Neighbouring blocks of the source page that the target page lacks."""

    blocks: tuple[Block, ...]
    items: tuple[Item, ...]


class Placed(NamedTuple):
    """A page with runs put in."""

    page: Page
    runs: tuple[tuple[Run, tuple[Block, ...]], ...]
    """Each run that found its place, and its blocks in the page."""
    homeless: tuple[tuple[Run, str], ...]
    """Each run that did not, and why."""
    blocks: Mapping[int, int]
    """Index of a block in the page as it was → in the page as it is."""


def runs(source: Page, items: Sequence[Item], missing: Sequence[Item]) -> tuple[list[Run], list[Item]]:
    """What is missing as runs of whole blocks; and the items of blocks of which only a part is missing."""
    lacking = {item.index for item in missing}
    by_block: dict[int, list[Item]] = {}
    for item in items:
        by_block.setdefault(item.block.index, []).append(item)
    found: list[Run] = []
    parts: list[Item] = []
    open_run: list[Block] = []
    waiting: list[Block] = []

    def close() -> None:
        if open_run:
            open_run.extend(b for b in waiting if b.start_line <= open_run[-1].end_line and not b.in_comment)
            found.append(Run(tuple(open_run), tuple(i for b in open_run for i in by_block.get(b.index, []))))
        open_run.clear()
        waiting.clear()

    for block in source.blocks:
        inside = by_block.get(block.index, [])
        gone = [item for item in inside if item.index in lacking]
        if block.in_comment or not inside:
            if block.kind == "front-matter":
                close()
            elif open_run or block.kind in ("list-item", "table-cell"):
                waiting.append(block)
            continue
        if len(gone) == len(inside) and block.kind != "front-matter":
            open_run += [
                b
                for b in waiting
                if not b.in_comment and (b.kind != "table-cell" or open_run or b.start_line == block.start_line)
            ]
            waiting.clear()
            open_run.append(block)
        else:
            parts += gone
            close()
    close()
    return found, parts


def place(
    source: Page,
    target: Page,
    wanted: Sequence[Run],
    mates: Mapping[int, Sequence[int]],
    renewed: Mapping[int, str],
    keys: frozenset[str],
) -> Placed:
    """Put runs into the target page. `mates` gives the target's blocks for a block of the source.

    `renewed` gives new sources for shared blocks of the target, by their index. Whatever would disturb the blocks
    around it is left out.
    """
    homeless: list[tuple[Run, str]] = []
    edits: list[tuple[Run, Edit]] = []
    for run in wanted:
        edit = insertion(source, target, run.blocks[0], run.blocks[-1], mates)
        if isinstance(edit, str):
            homeless.append((run, edit))
        else:
            edits.append((run, edit))
    changes = dict(renewed)
    attempt = partial(_try, source, target, keys)
    placed = attempt(edits, changes)
    if placed is None:  # one of them disturbs the page: find out which by adding them one by one
        good: list[tuple[Run, Edit]] = []
        kept: dict[int, str] = {}
        for index, text in changes.items():
            if attempt([], {**kept, index: text}):
                kept[index] = text
        for run, edit in edits:
            if attempt([*good, (run, edit)], kept):
                good.append((run, edit))
            else:
                homeless.append((run, "it would change the blocks around it"))
        placed = attempt(good, kept)
    assert placed is not None
    return placed._replace(homeless=tuple(homeless))


def _try(
    source: Page,
    target: Page,
    keys: frozenset[str],
    edits: Sequence[tuple[Run, Edit]],
    renewed: Mapping[int, str],
) -> Placed | None:
    """The page with all of these, or None if it does not hold what it should."""
    changes = [edit._replace(owner=number) for number, (_, edit) in enumerate(edits)]
    for index, text in renewed.items():
        block = target.blocks[index]
        changes.append(Edit(block.start, block.end, _as_there(target, text), -1 - index))
    if not changes:
        return Placed(target, (), (), {b.index: b.index for b in target.blocks})
    changes.sort(key=lambda edit: (edit.start, edit.owner < 0, edit.owner))
    page = parse(apply_in_order(target.text, changes), target.path, keys=keys)
    owners = _owners(changes)
    inside: dict[int, list[Block]] = {number: [] for number in range(len(edits))}
    old = iter(target.blocks)
    blocks: dict[int, int] = {}
    for block in page.blocks:
        owner = owners(block)
        if owner >= 0:
            inside[owner].append(block)
            continue
        known = next(old, None)
        if known is None or known.kind != block.kind or not _same(target, known, page, block, renewed):
            return None
        blocks[known.index] = block.index
    if next(old, None) is not None:
        return None
    result = []
    for number, (run, _) in enumerate(edits):
        new = [block for block in inside[number] if not block.in_comment]
        if len(new) != len(run.blocks):
            return None
        for mine, theirs in zip(run.blocks, new, strict=True):
            if mine.kind != theirs.kind or _source(source, mine) != _source(page, theirs):
                return None
        result.append((run, tuple(new)))
    return Placed(page, tuple(result), (), blocks)


def apply_in_order(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits given in order; unlike `merge.apply` several may insert at one place."""
    parts, at = [], 0
    for edit in edits:
        if edit.start < at:
            return apply(text, edits)  # which says where they overlap
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def _owners(changes: Sequence[Edit]) -> Callable[[Block], int]:
    """Which change a block of the new page came with; -1 for none of the insertions."""
    ranges, shift = [], 0
    for edit in changes:
        start = edit.start + shift
        shift += len(edit.text) - (edit.end - edit.start)
        if edit.owner >= 0:
            ranges.append((start, start + len(edit.text), edit.owner))

    def owner(block: Block) -> int:
        return next((number for start, end, number in ranges if start <= block.start < end), -1)

    return owner


def _same(target: Page, known: Block, page: Page, block: Block, renewed: Mapping[int, str]) -> bool:
    if known.index in renewed:
        return _source(page, block) == renewed[known.index]
    return target.source(known) == page.source(block)


def _source(page: Page, block: Block) -> str:
    return page.source(block).replace("\r\n", "\n")


def _as_there(page: Page, text: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in page.text else text
