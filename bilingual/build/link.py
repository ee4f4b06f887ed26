"""Linking: which texts of the two pages belong to which entry of the ledger, and which texts have no counterpart.

what the ledger knows ▸ header keys ▸ alignment of what is left
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bilingual.build.follow import Text, absorbed, follow
from bilingual.build.items import Item
from bilingual.ledger import AUTHOR, COPY, Entry, Ledger, Shared
from bilingual.model import Lang, Page

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

LANGS: tuple[Lang, Lang] = ("en", "zh")


def other(lang: Lang) -> Lang:
    """The other language."""
    return "zh" if lang == "en" else "en"


@dataclass
class Link:
    """An entry, and where its texts stand in the pages now."""

    to: Lang
    entry: Entry | None
    """None: a link that the ledger does not know yet."""
    record: Shared | None = None
    """For a block that both pages share, what the ledger knows of it."""
    shared: bool = False
    items: dict[Lang, list[Item]] = field(default_factory=lambda: {"en": [], "zh": []})
    """Of each side the items; empty where they are gone."""
    moved: dict[Lang, bool] = field(default_factory=lambda: {"en": False, "zh": False})
    """Whether a side's text is another than the ledger says."""
    pending: bool = False
    """The target page still holds what stood there before a run that was killed."""

    @property
    def source(self) -> list[Item]:
        return self.items[other(self.to)]

    @property
    def target(self) -> list[Item]:
        return self.items[self.to]

    @property
    def source_moved(self) -> bool:
        return self.moved[other(self.to)]

    @property
    def target_moved(self) -> bool:
        return self.moved[self.to]


@dataclass
class Linked:
    """Two pages linked: every item is in one link, or has no counterpart."""

    links: list[Link]
    alone: dict[Lang, list[Item]]


def link(
    pages: Mapping[Lang, Page],
    items: Mapping[Lang, Sequence[Item]],
    ledgers: Mapping[Lang, Ledger],
    home: Lang,
    *,
    glossary: Glossary | None = None,
    in_order: bool = False,
) -> Linked:
    """Link the items of two pages. `ledgers` by target language; `home` is the target language of new links.

    `in_order` links what is left by its place: for a view and the page it was made from, of which alignment by language
    can say nothing.
    """
    entries = [Link(to, entry) for to in (home, other(home)) for entry in ledgers[to].entries]
    links = _once(entries, items)
    kept = {id(each) for each in links}
    whole = [each for each in entries if each.entry and not each.entry.gone and each.to == home]
    for record in ledgers[home].shared:
        before = sum(id(each) in kept for each in whole[: record.at])
        links.append(Link(home, None, replace(record, at=before), shared=True))
    for lang in LANGS:
        _follow(links, lang, items[lang], home)
    taken = {lang: {i.index for each in links for i in each.items[lang]} for lang in LANGS}
    free = {lang: [item for item in items[lang] if item.index not in taken[lang]] for lang in LANGS}
    if free["en"] and free["zh"]:
        pairs = _headers(free)
        if in_order:
            pairs += _by_place(items, links, free, home)
        else:
            pairs += _aligned(pages, items, links, free, glossary)
        _add(links, pairs, home)
        taken = {lang: {i.index for each in links for i in each.items[lang]} for lang in LANGS}
    return Linked(links, {lang: [i for i in items[lang] if i.index not in taken[lang]] for lang in LANGS})


def _once(links: list[Link], items: Mapping[Lang, Sequence[Item]]) -> list[Link]:
    """Without entries that are in both ledgers: a run was killed while it moved them from one to the other.

    Of two entries for one text the one stays whose other text is there too.
    """
    if len({each.to for each in links}) < 2:
        return links
    there = {lang: Counter(item.key for item in items[lang]) for lang in LANGS}
    dropped: set[int] = set()
    for lang in LANGS:
        by_keys: dict[tuple[str, ...], list[Link]] = {}
        for each in links:
            if each.entry and each.entry.keys(lang):
                by_keys.setdefault(each.entry.keys(lang), []).append(each)
        for keys, same in by_keys.items():
            if len({each.to for each in same}) == 2 and len(same) > min(there[lang][key] for key in keys):
                mate = other(lang)
                lost = [e for e in same if e.entry and not all(there[mate][key] for key in e.entry.keys(mate))]
                dropped.update(id(each) for each in (lost if len(lost) < len(same) else []))
    return [each for each in links if id(each) not in dropped]


def _follow(links: list[Link], lang: Lang, items: Sequence[Item], home: Lang) -> None:
    present = {item.key for item in items}
    old: list[Text] = []
    owners: list[Link] = []
    for each in _in_page_order(links, home):
        for text in _texts(each, lang, present, run=0 if each.to == home else 1):
            old.append(text)
            owners.append(each)
    new = [Text(item.key, item.text, item.shared) for item in items]
    match = follow(old, new)
    used = set(match.values())
    for index, at in sorted(match.items()):
        each = owners[index]
        found = [at]
        same = old[index].key == new[at].key
        entry = each.entry
        if not same and entry and lang != each.to and not entry.machine and len(entry.source_keys) == 1:
            found = absorbed(old[index].text, new, at, lambda fresh: fresh not in used)
            used.update(found)
            joined = "".join("".join(new[i].text for i in found).split())
            same = len(found) > 1 and joined == "".join(old[index].text.split())
        each.items[lang] += [items[i] for i in found]
        each.moved[lang] |= not same
    for each in links:
        expected = len(each.entry.keys(lang)) if each.entry else 0
        if each.items[lang] and len(each.items[lang]) < expected:
            each.moved[lang] = True


def _in_page_order(links: list[Link], home: Lang) -> Iterable[Link]:
    """The links as the ledgers have them, shared blocks put back between the entries of the home ledger."""
    entries = [each for each in links if each.entry and each.to == home]
    shared = [each for each in links if each.record]
    shared.sort(key=lambda each: each.record.at if each.record else 0)
    at = number = 0
    for each in entries:
        while at < len(shared) and (record := shared[at].record) and record.at <= number:
            yield shared[at]
            at += 1
        yield each
        number += not (each.entry and each.entry.gone)
    yield from shared[at:]
    yield from (each for each in links if each.entry and each.to != home)


def _texts(each: Link, lang: Lang, present: set[str], *, run: int) -> list[Text]:
    """The texts by which one side of a link is found again."""
    if each.record:
        side = 1 if lang == each.to else 0
        key = (each.record.source_key, each.record.target_key)[side]
        if each.record.was and key not in present:  # a run was killed between the ledger and the page
            each.pending = True
            key = each.record.was[side]
        return [] if key == "-" else [Text(key, "", True, run)]
    entry = each.entry
    assert entry is not None
    keys, text = entry.keys(lang), entry.text(lang)
    if lang == each.to and entry.was is not None and not (keys and present.issuperset(keys)):
        # A run was killed between the ledger and the page.
        each.pending = True
        keys = entry.was
        if not keys:
            return []
    gone = entry.gone == ("target" if lang == each.to else "source")
    if not keys:
        return [] if gone or not text else [Text("", text, False, run)]
    parts = text.split("\n\n") if len(keys) > 1 else [text]
    if len(parts) != len(keys):
        parts = [text] * len(keys)
    return [Text(key, "" if gone else part, False, run) for key, part in zip(keys, parts, strict=True)]


Pair = tuple[list[Item], list[Item]]
"""English and Chinese items that say the same."""


def _headers(free: dict[Lang, list[Item]]) -> list[Pair]:
    """Header values of the same key. What is paired is taken from `free`."""
    pairs: list[Pair] = []
    for item in [i for i in free["en"] if i.unit and i.unit.key]:
        mate = next((i for i in free["zh"] if i.unit and item.unit and i.unit.key == item.unit.key), None)
        if mate:
            pairs.append(([item], [mate]))
            free["en"].remove(item)
            free["zh"].remove(mate)
    return pairs


def _aligned(
    pages: Mapping[Lang, Page],
    items: Mapping[Lang, Sequence[Item]],
    links: list[Link],
    free: dict[Lang, list[Item]],
    glossary: Glossary | None,
) -> list[Pair]:
    """What alignment links of what is left; sides that are gone are found again."""
    from bilingual.align import align

    bitext = align(pages["en"], pages["zh"], glossary=glossary)
    left = {lang: {item.index for item in free[lang]} for lang in LANGS}
    of_block: dict[Lang, dict[int, list[Item]]] = {"en": {}, "zh": {}}
    owner: dict[tuple[Lang, int], Link] = {
        (lang, i.index): each for each in links for lang in LANGS for i in each.items[lang]
    }
    for lang in LANGS:
        for item in items[lang]:
            of_block[lang].setdefault(item.block.index, []).append(item)
    pairs: list[Pair] = []
    for bead in bitext.beads:
        en = [item for index in bead.en for item in of_block["en"].get(index, [])]
        zh = [item for index in bead.zh for item in of_block["zh"].get(index, [])]
        sides: dict[Lang, list[Item]] = {"en": en, "zh": zh}
        fresh = {lang: all(item.index in left[lang] for item in sides[lang]) for lang in LANGS}
        if not en or not zh:
            continue
        if fresh["en"] and fresh["zh"]:
            pairs += _paired(en, zh)
        for lang in LANGS:
            mates = {
                id(owner.get((other(lang), i.index))): owner.get((other(lang), i.index)) for i in sides[other(lang)]
            }
            each = next(iter(mates.values()))
            if fresh[lang] and len(mates) == 1 and each and not each.items[lang] and not each.shared:
                each.items[lang] = list(sides[lang])
                each.moved[lang] = True
    return pairs


def _paired(en: list[Item], zh: list[Item]) -> list[Pair]:
    """One pair a unit where both sides have as many; else one for all."""
    if any(item.shared for item in en + zh):
        return [([a], [b]) for a, b in zip(en, zh, strict=True)] if len(en) == len(zh) and all(
            a.shared == b.shared for a, b in zip(en, zh, strict=True)) else []  # fmt: skip
    if len(en) == len(zh):
        return [([a], [b]) for a, b in zip(en, zh, strict=True)]
    return [(en, zh)]


def _by_place(
    items: Mapping[Lang, Sequence[Item]], links: list[Link], free: dict[Lang, list[Item]], home: Lang
) -> list[Pair]:
    """A view holds the texts of its page in the same order."""
    source, target = other(home), home
    left = {lang: {item.index for item in free[lang]} for lang in LANGS}
    spots = [
        (-1, -1),
        *sorted((each.source[0].index, each.target[0].index) for each in links if each.source and each.target),
    ]
    spots.append((len(items[source]), len(items[target])))
    pairs: list[Pair] = []
    for (a, b), (c, d) in pairwise(spots):
        here = [items[source][i] for i in range(a + 1, c) if i in left[source]]
        there = [items[target][j] for j in range(b + 1, d) if j in left[target]]
        if len(here) == len(there) and all(x.shared == y.shared for x, y in zip(here, there, strict=True)):
            pairs += [([x], [y]) if source == "en" else ([y], [x]) for x, y in zip(here, there, strict=True)]
    return pairs


def _add(links: list[Link], pairs: list[Pair], home: Lang) -> None:
    for en, zh in pairs:
        each = Link(home, None, items={"en": en, "zh": zh}, shared=en[0].shared)
        links.append(each)


def origin_of(each: Link) -> str:
    """What a new link of two persons' texts says of its origin."""
    source, target = each.source, each.target
    same = len(source) == len(target) == 1 and source[0].key == target[0].key
    return COPY if same else AUTHOR
