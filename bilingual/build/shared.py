"""Blocks that both pages hold as they are, and blocks that only one of them holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from bilingual.build.edits import Draft, follows
from bilingual.build.items import Item
from bilingual.build.link import Link, other
from bilingual.build.notes import Kind
from bilingual.build.survey import Survey
from bilingual.ledger import Shared
from bilingual.model import Lang

_LAST = 1 << 30
_Row = tuple[float, str, str, tuple[str, str] | None]
"""Place, the two keys, and the two keys while the pages are not written yet."""


def shared_records(
    survey: Survey,
    drafts: Mapping[Lang, Draft],
    now: Callable[[Lang, Sequence[Item]], list[Item]],
    homes: Mapping[Lang, Callable[[tuple[int, int]], Item]],
    orders: Sequence[float],
) -> list[Shared]:
    """The records of all shared blocks.

    `now` gives items as the finished pages hold them, `homes` those of a finished page by block; `orders` are the
    source items of the home ledger's entries.
    """
    home = survey.read.couple.home
    rows: list[_Row] = [row for each in survey.shared if (row := _known(each, home, now, orders))]
    for to, there in drafts.items():
        lack = survey.lacks[to]
        for item in [item for run in lack.runs for item in run.items if item.index in there.new] + lack.outside:
            if item.unit is not None:
                continue
            here = now(other(to), [item])[0]
            mate = homes[to](there.new[item.index]) if item.index in there.new else None
            sides = (here.key, mate.key if mate else "-") if to == home else (mate.key if mate else "-", here.key)
            was = None if mate is None else (here.key, "-") if to == home else ("-", here.key)
            place = here if to == home else mate
            rows.append((place.index if place else _LAST, *sides, was))
    rows.sort(key=lambda row: row[:3])
    return [Shared(bisect_left(orders, at), source, target, was) for at, source, target, was in rows]


def _known(
    each: Link, home: Lang, now: Callable[[Lang, Sequence[Item]], list[Item]], orders: Sequence[float]
) -> _Row | None:
    source, target = each.items[other(home)], each.items[home]
    at: float = _LAST
    if source:
        at = now(other(home), source)[0].index
    elif each.record and each.record.at < len(orders):
        at = orders[each.record.at]
    if not source and not target:
        return None
    if each.record and _both_moved(each):
        return at, each.record.source_key, each.record.target_key, None
    sides = (other(home), source), (home, target)
    keys = tuple(now(lang, items)[0].key if items else "-" for lang, items in sides)
    before = tuple(items[0].key if items else "-" for _, items in sides)
    return at, keys[0], keys[1], None if keys == before else (before[0], before[1])


def _both_moved(each: Link) -> bool:
    """Whether both sides were changed, and not to the same."""
    return each.moved["en"] and each.moved["zh"] and each.items["en"][0].key != each.items["zh"][0].key


def shared_notes(survey: Survey) -> Iterator[tuple[Kind, Lang, Item, str]]:
    """What there is to tell of shared blocks: kind, the page's language, the item in it, the message."""
    for each in survey.shared:
        record = each.record
        if record is None or follows(each, "en") or follows(each, "zh"):
            continue
        if each.items["en"] and each.items["zh"]:
            if _both_moved(each):
                yield "conflict", each.to, each.target[0], "this block was changed in both languages"
            elif each.moved["en"] != each.moved["zh"]:
                lang: Lang = "zh" if each.moved["en"] else "en"
                yield "removed", lang, each.items[lang][0], "its counterpart has changed; this block is kept"
        elif (each.items["en"] or each.items["zh"]) and "-" not in (record.source_key, record.target_key):
            lang = "en" if each.items["en"] else "zh"
            yield "removed", lang, each.items[lang][0], "its counterpart was taken out; this block is kept"


def lacking_notes(survey: Survey, drafts: Mapping[Lang, Draft]) -> Iterator[tuple[Kind, Lang, Item, str]]:
    """What there is to tell of texts that were not put into the other page."""
    for to, lack in survey.lacks.items():
        lang, name = other(to), survey.read.couple.names[to]
        for run in lack.unsure:
            message = f"no counterpart in {name}, but there is text of its own at this place; --accept translates both"
            yield "unsure", lang, run.items[0], message
        for run, why in drafts[to].homeless if to in drafts else ():
            yield "missing", lang, run.items[0], f"cannot be put into {name}: {why}"
        for item in lack.parts:
            yield "missing", lang, item, f"a part of this text has no counterpart in {name}"
