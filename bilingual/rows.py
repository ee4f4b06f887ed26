"""A page, or the two files of one, as rows: what says the same in English and in Chinese, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilingual.layouts import Row
from bilingual.merge import Edit, apply, relink
from bilingual.model import Bitext, Lang
from bilingual.passages import Passage, passages

if TYPE_CHECKING:
    from bilingual.translate import View

_BARE = re.compile(r"(?:\s|\{:[^{}\n]*\}|^[ \t]*(?:>[ \t]*)+$)*", re.MULTILINE)
_LANGS: tuple[Lang, Lang] = ("en", "zh")


def rows(bitext: Bitext, en: dict[Lang, View], zh: dict[Lang, View], folder: Path) -> list[Row]:
    """One row for each group of passages that say the same, and for each passage without a counterpart.

    `en` and `zh` are the views of the two pages; of one page that holds both languages they are the same. `folder` is
    where the rows will be read: relative links still point to the same files. The header is no row. A row stands where
    the first of its passages stands; one that only the Chinese page has, behind what stands before it there.
    """
    sheets = [_Sheet(en, folder)] if bitext.en is bitext.zh else [_Sheet(en, folder, "en"), _Sheet(zh, folder, "zh")]
    pieces = [_Piece(number, sheet, passage) for number, sheet in enumerate(sheets) for passage in sheet.passages]
    linked = {(0, i) for bead in bitext.beads for i in bead.en}
    linked |= {(len(sheets) - 1, i) for bead in bitext.beads for i in bead.zh}
    found = (_row(group, linked) for group in _groups(pieces, bitext, len(sheets) - 1))
    return [row for row in found if row]


class _Piece(NamedTuple):
    """A passage and the page that it stands on."""

    number: int
    """Which of the pages."""
    sheet: _Sheet
    passage: Passage

    def blocks(self) -> set[tuple[int, int]]:
        """Its blocks, each with the number of the page."""
        return {(self.number, block.index) for block in self.passage.blocks}


class _Sheet:
    """A page with its views: its passages, and what they say in either language."""

    def __init__(self, views: dict[Lang, View], folder: Path, own: Lang | None = None):
        """`own` is the language of a page whose other language stands on another page."""
        self.views = views
        self.page = views["en"].page
        self.passages = passages(self.page)
        self.own = own
        self.ends = {lang: [edit.end for edit in view.edits] for lang, view in views.items()}
        self.folders = Path(self.page.path).parent, folder

    def text(self, passage: Passage, lang: Lang) -> str:
        """What a passage says in a language, as Markdown; an edit that drops more than it is cut at its borders."""
        start, end = passage.span(self.page)
        inside = [
            edit._replace(start=max(edit.start, start) - start, end=min(edit.end, end) - start)
            for edit in self.edits(passage, lang)
        ]
        text = apply(self.page.text[start:end], inside).replace("\r\n", "\n").strip("\n").rstrip()
        return "" if _BARE.fullmatch(text) else relink(text, *self.folders)

    def edits(self, passage: Passage, lang: Lang) -> list[Edit]:
        """The edits of a view within a passage; none to what a page in one language says in it."""
        if lang == self.own:
            return []
        start, end = passage.span(self.page)
        at = bisect_right(self.ends[lang], start)
        return list(takewhile(lambda edit: edit.start < end, self.views[lang].edits[at : at + end - start]))

    def by_machine(self, passage: Passage, lang: Lang) -> bool:
        """Whether an engine wrote any of it."""
        outcomes = self.views[lang].outcomes
        return any(e.owner >= 0 and outcomes[e.owner].origin != "rule" for e in self.edits(passage, lang))

    def left(self, passage: Passage, lang: Lang) -> bool:
        """Whether any of it stays in the other language."""
        return lang != self.own and any(
            passage.first <= outcome.start_line <= passage.last for outcome in self.views[lang].left
        )


def _row(group: Sequence[_Piece], linked: set[tuple[int, int]]) -> Row | None:
    texts: dict[Lang, str] = {}
    for lang in _LANGS:
        # Of a page in two files the words of one are not wanted in the other's language where that has its own.
        said = [
            piece.sheet.text(piece.passage, lang)
            for piece in group
            if piece.sheet.own in (None, lang) or not _all_linked(piece, linked)
        ]
        texts[lang] = "\n\n".join(dict.fromkeys(text for text in said if text))
    parts_halves = group[0].passage.kind == "break" and not all(texts.values())
    if not any(texts.values()) or parts_halves:
        return None
    prose = any(block.units for piece in group for block in piece.passage.blocks)
    if prose and texts["en"] == texts["zh"]:
        # What could not be translated is no text of the other language, and does not stand on its side.
        texts = {lang: "" if any(p.sheet.left(p.passage, lang) for p in group) else texts[lang] for lang in _LANGS}
    first = group[0].passage
    machine = frozenset(lang for lang in _LANGS if any(p.sheet.by_machine(p.passage, lang) for p in group))
    return Row(
        texts["en"], texts["zh"], kind=first.kind, level=first.level, shared=texts["en"] == texts["zh"], machine=machine
    )


def _all_linked(piece: _Piece, linked: set[tuple[int, int]]) -> bool:
    words = {(piece.number, block.index) for block in piece.passage.blocks if block.units}
    return bool(piece.blocks() & linked) and words <= linked


def _groups(pieces: Sequence[_Piece], bitext: Bitext, last: int) -> list[list[_Piece]]:
    """The passages put together that links of their blocks put together, in reading order."""
    home = {block: at for at, piece in enumerate(pieces) for block in piece.blocks()}
    leader = list(range(len(pieces)))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for bead in bitext.beads:
        ends = [home[block] for block in [*((0, i) for i in bead.en), *((last, i) for i in bead.zh)] if block in home]
        for a, b in pairwise(ends):
            first, second = sorted((lead(a), lead(b)))
            leader[second] = first
    groups: dict[int, list[_Piece]] = {}
    for at, piece in enumerate(pieces):
        groups.setdefault(lead(at), []).append(piece)
    return _ordered(groups, [lead(at) for at in range(len(pieces))], pieces)


def _ordered(groups: dict[int, list[_Piece]], leads: Sequence[int], pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The groups of the first page in its order; each group of the second page alone behind the one before it there."""
    first = [lead for lead, group in groups.items() if group[0].number == 0]
    followers: dict[int, list[int]] = {}
    before = -1
    seen = set(first)
    for lead, piece in zip(leads, pieces, strict=True):
        if piece.number:
            if lead not in seen:
                followers.setdefault(before, []).append(lead)
                seen.add(lead)
            elif groups[lead][0].number == 0:
                before = lead
    order = [*followers.get(-1, ()), *(lead for f in first for lead in (f, *followers.get(f, ())))]
    return [groups[lead] for lead in order]
