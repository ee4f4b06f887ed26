"""One page of a couple being changed: what is put in, what is replaced, and the proof of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bilingual.build.couple import NO_TEXT, Reading, first_draft
from bilingual.build.items import Item, items, shared_source
from bilingual.build.link import Link, other
from bilingual.build.splice import Placed, Run, place
from bilingual.build.survey import Survey
from bilingual.build.targets import receiver, unknown_code
from bilingual.markdown import parse
from bilingual.merge import Edit, apply, prove
from bilingual.model import Block, Code, Lang, Page, Unit
from bilingual.view import unit_edit

NO_PROOF = "it would change the page's structure"
NO_FORM = "it cannot be written in this header value"


class Write(NamedTuple):
    """A text for a unit, in its source's code numbers."""

    place: tuple[int, int]
    source: Unit
    text: str


@dataclass
class Draft:
    """A page on its way: blocks in their places first, then texts one by one."""

    page: Page
    """With all blocks, and no text changed yet."""
    at: dict[int, tuple[int, int]]
    """Old item → block and number of the unit within it (-1 for a shared block)."""
    new: dict[int, tuple[int, int]]
    """Item of the other page that was put in → the same."""
    homeless: list[tuple[Run, str]]
    created: bool
    writes: dict[int, Write] = field(default_factory=dict)
    """By owner."""
    refused: dict[int, str] = field(default_factory=dict)
    """Owner of a text → why it is not written."""

    def unit(self, place: tuple[int, int]) -> tuple[Block, Unit]:
        """The block and the unit at a place."""
        return unit_at(self.page, place)

    def write(self, owner: int, place: tuple[int, int], source: Unit, text: str) -> None:
        """Propose a text, in the source's code numbers, for a unit."""
        ready = receiver(source, self.unit(place)[1])
        if symbol := unknown_code(text, ready):
            self.refused[owner] = f"{symbol} stands for nothing, or is not closed"
        elif text != ready.text:
            self.writes[owner] = Write(place, source, text)

    def finish(self, keys: frozenset[str]) -> Page:
        """The page with every text that keeps its structure.

        A text whose source has other links or code than what stands in its place is measured by its source: this is
        put there first. Where the text does not pass, neither stays.
        """
        while self.writes:
            base, others = self._base(keys)
            edits = []
            for owner, write in self.writes.items():
                block, unit = unit_at(base, write.place)
                edit = unit_edit(base, block, receiver(write.source, unit), write.text, owner)
                if edit:
                    edits.append(edit)
                else:
                    self.refused[owner] = NO_FORM
            good, bad = _proved(base, edits, keys)
            self.refused.update({edit.owner: NO_PROOF for edit in bad})
            lost = [owner for owner in others if owner in self.refused]
            if not lost:
                return parse(apply(base.text, good), self.page.path, keys=keys)
            self.writes = {owner: write for owner, write in self.writes.items() if owner not in self.refused}
        return self.page

    def _base(self, keys: frozenset[str]) -> tuple[Page, list[int]]:
        """The page that the texts are measured by, and the owners whose source was put into it."""
        edits = []
        for owner, write in self.writes.items():
            block, unit = self.unit(write.place)
            if sorted(_sources(write.source.codes)) != sorted(_sources(unit.codes)):
                ready = replace(receiver(write.source, unit), text="")
                edit = unit_edit(self.page, block, ready, write.source.text, owner)
                edits += [edit] if edit else []
        if not edits:
            return self.page, []
        good = _same_shape(self.page, edits, keys)
        return parse(apply(self.page.text, good), self.page.path, keys=keys), [edit.owner for edit in good]


def unit_at(page: Page, place: tuple[int, int]) -> tuple[Block, Unit]:
    """The block and the unit at a place of a page."""
    block = page.blocks[place[0]]
    return block, block.units[place[1]]


def _sources(codes: Sequence[Code]) -> list[tuple[str, str]]:
    return [(code.open, code.close or "") for code in codes]


def _proved(page: Page, edits: Sequence[Edit], keys: frozenset[str]) -> tuple[list[Edit], list[Edit]]:
    """Edits that pass mistune's proof and then our own parser's: the same units in the same blocks."""
    good, bad = prove(page.text, (), edits)
    kept = _same_shape(page, good, keys)
    return kept, [*bad, *(edit for edit in good if edit not in kept)]


def _same_shape(page: Page, edits: Sequence[Edit], keys: frozenset[str]) -> list[Edit]:
    shape = _shape(page)
    kept: list[Edit] = []

    def part(some: Sequence[Edit]) -> None:
        if not some:
            return
        if _shape(parse(apply(page.text, [*kept, *some]), keys=keys)) == shape:
            kept.extend(some)
        elif len(some) > 1:
            part(some[: len(some) // 2])
            part(some[len(some) // 2 :])

    part(edits)
    return kept


def _shape(page: Page) -> list[tuple[str, int, bool]]:
    return [(block.kind, len(block.units), block.in_comment) for block in page.blocks]


def draft(survey: Survey, to: Lang) -> Draft:
    """The page in language `to` with the blocks that it lacked, in their own language still."""
    read = survey.read
    if read.absent(to):
        return _created(read, to)
    source, target = read.source(to), read.pages[to]
    mates: dict[int, list[int]] = {}
    renewed: dict[int, str] = {}
    for each in [*(job.link for job in survey.jobs), *survey.shared]:
        for item in each.items[other(to)]:
            mates.setdefault(item.block.index, []).extend(i.block.index for i in each.items[to])
    for each in survey.shared:
        if follows(each, to):
            block = source.blocks[each.items[other(to)][0].block.index]
            renewed[each.items[to][0].block.index] = shared_source(source, block)
    wanted = [Run(tuple(source.blocks[b.index] for b in run.blocks), run.items) for run in survey.lacks[to].runs]
    placed = place(source, target, wanted, mates, renewed, read.keys)
    at = {item.index: (placed.blocks[item.block.index], _number(item)) for item in read.items[to]}
    return Draft(placed.page, at, _inserted(placed), list(placed.homeless), created=False)


def follows(each: Link, to: Lang) -> bool:
    """Whether a shared block of the page in `to` is to become what its mate is now: its mate moved, and it did not.

    Only the target's follows: what a person changes in a translation may be meant for that language alone.
    """
    if to != each.to:
        return False
    here, there = each.items[to], each.items[other(to)]
    if not here or not there or here[0].locked or each.record is None or here[0].key == there[0].key:
        return False
    if each.pending:
        return not each.moved[to]
    alike = each.record.source_key == each.record.target_key
    return alike and not each.moved[to] and each.moved[other(to)]


def _inserted(placed: Placed) -> dict[int, tuple[int, int]]:
    new: dict[int, tuple[int, int]] = {}
    for run, blocks in placed.runs:
        block_of = {old.index: block.index for old, block in zip(run.blocks, blocks, strict=True)}
        new.update({item.index: (block_of[item.block.index], _number(item)) for item in run.items})
    return new


def _number(item: Item) -> int:
    return -1 if item.unit is None else item.block.units.index(item.unit)


def _created(read: Reading, to: Lang) -> Draft:
    page = first_draft(read, to)
    theirs = items(page, leave_out=NO_TEXT)
    mine = read.items[other(to)]
    new = {item.index: (copy.block.index, _number(copy)) for item, copy in zip(mine, theirs, strict=True)}
    return Draft(page, {}, new, [], created=True)


def keeper(page: Page) -> Callable[[tuple[int, int]], Item]:
    """The items of a finished page by block and unit."""
    found = {(item.block.index, _number(item)): item for item in items(page)}
    return found.__getitem__
