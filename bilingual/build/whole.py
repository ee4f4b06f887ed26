"""One half of a page in two files, with what only the other half says put in at its place."""

from __future__ import annotations

from typing import NamedTuple

from bilingual.build.items import Item, items
from bilingual.build.link import other
from bilingual.build.splice import place, runs
from bilingual.model import Bitext, Lang, Page
from bilingual.translate import Wanted


class Whole(NamedTuple):
    """A page to be translated where it holds the other language, and what could not be put into it."""

    wanted: Wanted
    homeless: tuple[tuple[Item, str], ...]
    """Texts of the other half that found no place, and why."""


def whole(bitext: Bitext, to: Lang, keys: frozenset[str]) -> Whole:
    """The half of a pair in language `to`, with the blocks that only the other half has, still in its language.

    What stands in the half already is kept as it is, but for texts in the other language that have no counterpart.
    """
    source, target = (bitext.en, bitext.zh) if to == "zh" else (bitext.zh, bitext.en)
    mates = {i: bead.side(to) for bead in bitext.beads for i in bead.side(other(to))}
    linked = {j for bead in bitext.beads for j in bead.side(to)}
    every = items(source)
    missing = [item for item in every if item.block.index not in mates and item.block.kind != "front-matter"]
    lacking, parts = runs(source, every, missing)
    placed = place(source, target, lacking, mates, {}, keys)
    homeless = [(item, reason) for run, reason in placed.homeless for item in run.items]
    homeless += [(item, "only a part of its line has no counterpart") for item in parts]
    keep = {placed.blocks[j] for j in linked if j in placed.blocks} | _header(placed.page)
    told = tuple((item, reason) for item, reason in homeless if item.unit and item.unit.lang == other(to))
    return Whole(Wanted(placed.page, to, keep=frozenset(keep)), told)


def _header(page: Page) -> set[int]:
    return {block.index for block in page.blocks if block.kind == "front-matter"}
