"""A page as rows: what says the same in English and in Chinese, side by side, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.layouts import Row
from bilingual.merge import Edit, apply, relink
from bilingual.model import Page
from bilingual.passages import Passage, passages

if TYPE_CHECKING:
    from bilingual.translate import View

_BARE = re.compile(r"(?:\s|\{:[^{}\n]*\}|^[ \t]*(?:>[ \t]*)+$)*", re.MULTILINE)


def rows(page: Page, en: View, zh: View, counterparts: Mapping[int, Sequence[int]]) -> list[Row]:
    """One row for each group of passages that say the same, and for each passage without a counterpart.

    The header is no row. A row stands where the first of its passages stands.
    """
    sides = {view.lang: _Side(page, view) for view in (en, zh)}
    found = []
    for group in _groups(passages(page), counterparts):
        texts = {lang: side.text(group) for lang, side in sides.items()}
        if not any(texts.values()):
            continue
        prose = any(block.units for passage in group for block in passage.blocks)
        if prose and texts["en"] == texts["zh"]:
            # What could not be translated is no text of the other language, and does not stand on its side.
            texts = {lang: "" if side.left(group) else texts[lang] for lang, side in sides.items()}
        found.append(
            Row(
                texts["en"],
                texts["zh"],
                kind=group[0].kind,
                level=group[0].level,
                shared=texts["en"] == texts["zh"] or not prose,
                machine=frozenset(lang for lang, side in sides.items() if side.by_machine(group)),
            )
        )
    return found


def moved(found: Sequence[Row], source_folder: Path, target_folder: Path) -> list[Row]:
    """The rows of a page laid out in another folder: relative links and images still point to the same files."""

    def there(text: str) -> str:
        return relink(text, source_folder, target_folder)

    return [replace(row, en=there(row.en), zh=there(row.zh)) for row in found]


def _groups(found: Sequence[Passage], counterparts: Mapping[int, Sequence[int]]) -> list[list[Passage]]:
    """The passages put together that any of their blocks' counterparts put together, each group in page order."""
    home = {block.index: at for at, passage in enumerate(found) for block in passage.blocks}
    leader = list(range(len(found)))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for block, mates in counterparts.items():
        for mate in mates:
            if block in home and mate in home:
                a, b = sorted((lead(home[block]), lead(home[mate])))
                leader[b] = a
    groups: dict[int, list[Passage]] = {}
    for at, passage in enumerate(found):
        groups.setdefault(lead(at), []).append(passage)
    return list(groups.values())


class _Side:
    """One language of a page: the page's passages with a view's edits in them."""

    def __init__(self, page: Page, view: View):
        self.page = page
        self.view = view
        self.ends = [edit.end for edit in view.edits]

    def text(self, group: Sequence[Passage]) -> str:
        """What a group says in this language, as Markdown."""
        texts = (self._passage(*passage.span(self.page)) for passage in group)
        return "\n\n".join(text for text in texts if text)

    def by_machine(self, group: Sequence[Passage]) -> bool:
        """Whether an engine wrote any of it."""
        return any(
            edit.owner >= 0 and self.view.outcomes[edit.owner].origin != "rule"
            for passage in group
            for edit in self._edits(*passage.span(self.page))
        )

    def left(self, group: Sequence[Passage]) -> bool:
        """Whether any of it stays in the other language."""
        lines = {outcome.start_line for outcome in self.view.left}
        return any(line in lines for passage in group for line in range(passage.first, passage.last + 1))

    def _passage(self, start: int, end: int) -> str:
        """An edit that drops more than the passage is cut at the passage's borders."""
        inside = [
            edit._replace(start=max(edit.start, start) - start, end=min(edit.end, end) - start)
            for edit in self._edits(start, end)
        ]
        text = apply(self.page.text[start:end], inside)
        text = text.replace("\r\n", "\n").strip("\n").rstrip()
        return "" if _BARE.fullmatch(text) else text

    def _edits(self, start: int, end: int) -> list[Edit]:
        at = bisect_right(self.ends, start)
        return list(takewhile(lambda edit: edit.start < end, self.view.edits[at : at + end - start]))
