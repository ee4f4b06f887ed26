"""The main job: pages in, both languages out.

    page ▸ bitext ▸ plan of each view ▸ targets for what has no counterpart ▸ edits ▸ proof ▸ view

All pages of a run share one batch for each direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilingual.merge import Edit, apply, prove
from bilingual.model import Block, Lang, Page, Unit
from bilingual.view import Counterparts, Plan, fixed_edits, plan, unit_edit

if TYPE_CHECKING:
    from bilingual.pipeline import Pipeline, Target


NOTES: dict[Lang, str] = {
    "en": "*Parts of this page were translated from Chinese by machine.*",
    "zh": "*本页部分内容由机器译自英文。*",
}
"""The line at the foot that tells readers of a machine translation."""


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


class Wanted(NamedTuple):
    """A view to be made."""

    page: Page
    to: Lang
    counterparts: Counterparts = MappingProxyType({})
    """Which blocks of the page say the same (see `Bitext.counterparts`)."""
    keep: frozenset[int] = frozenset()
    """Blocks that stay as they are, whatever their language."""


def views(
    pages: Sequence[Page],
    languages: Sequence[Lang],
    pipeline: Pipeline,
    counterparts: Mapping[str, Counterparts],
    progress: Progress | None = None,
) -> list[dict[Lang, View]]:
    """The views of each page in each language; `counterparts` by path."""
    wanted = [Wanted(page, lang, counterparts.get(page.path, {})) for page in pages for lang in languages]
    found = iter(make(wanted, pipeline, progress))
    return [{lang: next(found) for lang in languages} for _ in pages]


def make(wanted: Sequence[Wanted], pipeline: Pipeline, progress: Progress | None = None) -> list[View]:
    """The views, made in one batch for each language.

    Units for which the pipeline finds no good target, or whose target would change the page's structure, stay as they
    are; their outcome tells why.
    """
    plans = [plan(each.page, each.to, each.counterparts, each.keep) for each in wanted]
    total = sum(len(each.translate) for each in plans)
    targets: dict[Lang, Iterator[Target]] = {}
    done = 0
    for lang in dict.fromkeys(each.to for each in wanted):
        texts = [unit.text for each in plans if each.to == lang for _, unit in each.translate]
        step = (lambda n, _all, base=done: progress(base + n, total)) if progress else None
        targets[lang] = iter(pipeline.translate(texts, lang, progress=step))
        done += len(texts)
    return [
        _view(each.page, view, [next(targets[each.to]) for _ in view.translate])
        for each, view in zip(wanted, plans, strict=True)
    ]


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
