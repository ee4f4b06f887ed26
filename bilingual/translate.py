"""The main job: pages in, both languages out.

    page ▸ bitext ▸ plan of each view ▸ targets for what has no counterpart ▸ edits ▸ proof ▸ view

All pages of a run share one batch for each direction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilingual.merge import Edit, apply, prove
from bilingual.model import Block, Lang, Page, Unit
from bilingual.view import Counterparts, Plan, fixed_edits, plan, unit_edit

if TYPE_CHECKING:
    from bilingual.pipeline import Pipeline, Target


class Outcome(NamedTuple):
    """What became of one unit in one view."""

    path: str
    start_line: int
    end_line: int
    to: Lang
    state: Literal["translated", "left"]
    reason: str
    terms_missed: tuple[str, ...]
    origin: str
    score: float
    source: str
    target: str


@dataclass(frozen=True)
class View:
    """One language's view of a page."""

    page: Page
    lang: Lang
    text: str
    """The whole file, ready to be written."""
    edits: tuple[Edit, ...]
    """What was changed; spans of the original page."""
    dropped: frozenset[int]
    """Blocks that are read at their counterpart's place."""
    outcomes: tuple[Outcome, ...]
    """One for each unit that had to be translated."""

    @property
    def left(self) -> list[Outcome]:
        """The units that stay in the other language."""
        return [outcome for outcome in self.outcomes if outcome.state == "left"]

    def source(self, block: Block) -> str:
        """The source of a block in this view; empty if it is dropped."""
        if block.index in self.dropped:
            return ""
        inside = [e for e in self.edits if block.start <= e.start and e.end <= block.end]
        moved = [edit._replace(start=edit.start - block.start, end=edit.end - block.start) for edit in inside]
        return apply(self.page.source(block), moved)


Progress = Callable[[int, int], object]


def views(
    pages: Sequence[Page],
    languages: Sequence[Lang],
    pipeline: Pipeline,
    counterparts: Mapping[str, Counterparts],
    progress: Progress | None = None,
) -> list[dict[Lang, View]]:
    """The views of each page in each language.

    `counterparts` gives for each page, by path, which blocks say the same (see `counterparts_of`). Units for which the
    pipeline finds no good target, or whose target would change the page's structure, stay as they are; their outcome
    tells why.
    """
    plans = {lang: [plan(page, lang, counterparts.get(page.path, {})) for page in pages] for lang in languages}
    total = sum(len(p.translate) for each in plans.values() for p in each)
    result: list[dict[Lang, View]] = [{} for _ in pages]
    done = 0
    for lang, each in plans.items():
        texts = [unit.text for p in each for _, unit in p.translate]
        step = (lambda n, _all, base=done: progress(base + n, total)) if progress else None
        targets = iter(pipeline.translate(texts, lang, progress=step))
        done += len(texts)
        for page, view, found in zip(pages, each, result, strict=True):
            found[lang] = _view(page, view, [next(targets) for _ in view.translate])
    return result


def _view(page: Page, view: Plan, targets: Sequence[Target]) -> View:
    fixed = fixed_edits(page, view)
    proposed: list[Edit] = []
    reasons: dict[int, str] = {}
    for number, ((block, unit), target) in enumerate(zip(view.translate, targets, strict=True)):
        if target.state == "left":
            reasons[number] = target.reason
        elif target.text != unit.text:
            edit = unit_edit(page, block, unit, target.text, number)
            if edit:
                proposed.append(edit)
            else:
                reasons[number] = "the translation cannot be written in this header value"
    good, bad = prove(page.text, fixed, proposed)
    reasons.update({edit.owner: "the translation would change the page's structure" for edit in bad})
    outcomes = tuple(
        _outcome(page, view.to, unit, target, reasons.get(number))
        for number, ((_, unit), target) in enumerate(zip(view.translate, targets, strict=True))
    )
    edits = tuple(sorted([*fixed, *good]))
    return View(page, view.to, apply(page.text, edits), edits, view.drop, outcomes)


def _outcome(page: Page, to: Lang, unit: Unit, target: Target, reason: str | None) -> Outcome:
    return Outcome(
        page.path,
        page.line(unit.start),
        page.line(max(unit.start, unit.end - 1)),
        to,
        "translated" if reason is None else "left",
        target.reason if reason is None else reason,
        target.terms_missed,
        target.origin,
        target.score,
        unit.text,
        target.text if reason is None else unit.text,
    )
