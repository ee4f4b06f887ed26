"""What one language lacks, what stands elsewhere, and where two linked texts contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilingual.align import align
from bilingual.compare import compare
from bilingual.header import header_pairs
from bilingual.inline import readable
from bilingual.lacking import lacking
from bilingual.model import Bead, Bitext, Block, Lang, Page, Unit
from bilingual.rising import longest_rising

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

Kind = Literal["missing", "partial", "moved", "number", "date", "link", "term"]
KINDS: tuple[Kind, ...] = ("missing", "partial", "moved", "number", "date", "link", "term")
NAMES: dict[Lang, str] = {"en": "English", "zh": "Chinese"}


class Place(NamedTuple):
    """Lines of a page, 1-based and inclusive, and what stands there."""

    path: str
    start_line: int
    end_line: int
    text: str


@dataclass(frozen=True)
class Difference:
    """One finding of `diff`."""

    kind: Kind
    missing_in: Lang | None
    """The language that lacks something; None for a contradiction and for what has moved."""
    en: Place | None
    zh: Place | None
    section: tuple[str, ...]
    """The headings that it stands under, outermost first."""
    message: str

    @property
    def place(self) -> Place:
        """Where to look first: the side that lacks nothing, else the English one."""
        both = (self.zh, self.en) if self.missing_in == "en" else (self.en, self.zh)
        return next(place for place in both if place)


def diff(
    page: Page, other: Page | None = None, *, units: bool = False, glossary: Glossary | None = None
) -> list[Difference]:
    """Compare the two languages of a page, or an English page with its Chinese one.

    What is missing is told by section, with `units` block by block. Terms are compared where a glossary is given.
    What is written alike in both is not missing, and a figure that one side does not mention contradicts nothing.
    """
    bitext = align(page, other, glossary=glossary)
    found = [*_header(bitext), *_missing(bitext, units), *_moved(bitext), *_contradictions(bitext, glossary)]
    return sorted(found, key=lambda d: (d.place.path != page.path, d.place.start_line, KINDS.index(d.kind)))


def _header(bitext: Bitext) -> Iterator[Difference]:
    """Header values without a counterpart, and counterparts that contradict each other."""
    for en, zh in header_pairs(bitext.en, bitext.zh):
        there, gone = (en, "zh") if zh is None else (zh, "en")
        if en and zh:
            for fact in compare(en.text, zh.text, en_codes=en.codes, zh_codes=zh.codes):
                if fact.contradiction and fact.kind in ("number", "date", "link"):
                    sides = _unit_place(bitext.en, en), _unit_place(bitext.zh, zh)
                    yield Difference(fact.kind, None, *sides, ("header",), fact.message)
        elif there:
            page = bitext.en if there is en else bitext.zh
            place = _unit_place(page, there)
            message = f"header value `{there.key}` has no {NAMES[gone]}"  # type: ignore[index]
            yield Difference("missing", gone, *_sides(place, gone), ("header",), message)  # type: ignore[arg-type]


def _unit_place(page: Page, unit: Unit) -> Place:
    return Place(page.path, page.line(unit.start), page.line(max(unit.start, unit.end - 1)), readable(unit))


def _sides(place: Place, missing_in: Lang) -> tuple[Place | None, Place | None]:
    return (place, None) if missing_in == "zh" else (None, place)


def _missing(bitext: Bitext, units: bool) -> Iterator[Difference]:
    for lang, page, gone in (("en", bitext.en, "zh"), ("zh", bitext.zh, "en")):
        side = _Side(bitext, lang, page)  # type: ignore[arg-type]
        for chunk in side.chunks():
            yield from side.by_block(chunk, gone) if units else side.by_section(chunk, gone)  # type: ignore[arg-type]


class _Side:
    """One language's texts of a bitext, and what they are linked to."""

    def __init__(self, bitext: Bitext, lang: Lang, page: Page):
        self.lang, self.page, self.bitext = lang, page, bitext
        self.full = {index for bead in bitext.beads for index in bead.side(lang)}
        self.partial = {index: bead for bead in bitext.partial for index in bead.side(lang)}
        self.pair = bitext.en is not bitext.zh
        self.twins = {j: bead.en[0] for bead in bitext.beads for j in bead.zh} if not self.pair else {}

    def texts(self) -> Iterator[Block]:
        """The blocks that should have a counterpart."""
        for block in self.page.blocks:
            if block.kind == "front-matter" or (self.pair and block.in_comment):
                continue
            if block.lang == self.lang and block.units:
                yield block

    def chunks(self) -> Iterator[list[Block]]:
        """The texts of one section that stand together, its heading first."""
        chunk: list[Block] = []
        for block in self.texts():
            if chunk and self.home(block) != self.home(chunk[-1]):
                yield chunk
                chunk = []
            chunk.append(block)
        if chunk:
            yield chunk

    def home(self, block: Block) -> int:
        """The section that a block is in, itself for a heading; two linked headings of one page are one section."""
        at = _home(block)
        return self.twins.get(at, at)

    def by_block(self, chunk: list[Block], gone: Lang) -> Iterator[Difference]:
        for run in _runs([b for b in chunk if b.index not in self.full and b.index not in self.partial]):
            number = len({block.start_line for block in run})
            what = {"table-cell": "rows", "list-item": "list items"}.get(run[0].kind, "texts")
            message = "not in the" if number == 1 else f"{number} {what} not in the"
            yield self.difference("missing", run, gone, f"{message} {NAMES[gone]}")

    def by_section(self, chunk: list[Block], gone: Lang) -> Iterator[Difference]:
        lacking = [b for b in chunk if b.index not in self.full and b.index not in self.partial]
        if not lacking:
            return
        if len(lacking) == len(chunk) and not self.is_linked(self.home(chunk[0])):
            yield self.difference("missing", chunk, gone, f"{_count(chunk)} not in the {NAMES[gone]}")
            return
        linked = [b for b in chunk if b.index in self.partial]
        lines = ", ".join(_lines(b) for b in lacking[:6]) + (" …" if len(lacking) > 6 else "")
        where = f"{'line' if len(lacking) == 1 else 'lines'} {lines}"
        share = f"{len(lacking)} of {len(chunk)} texts" if len(lacking) < len(chunk) else _count(chunk)
        message = f"{share} not in the {NAMES[gone]}: {where}"
        yield self.difference("partial", chunk, gone, message, self.partial[linked[0].index] if linked else None)

    def is_linked(self, heading: int) -> bool:
        """Whether a heading has a counterpart, so that the texts under it are not all that there is of the section."""
        if self.pair:
            return heading in self.full or heading in self.partial
        beads = (*self.bitext.beads, *self.bitext.partial)
        return any(heading in bead.en or heading in bead.zh for bead in beads)

    def difference(
        self, kind: Kind, blocks: list[Block], gone: Lang, message: str, bead: Bead | None = None
    ) -> Difference:
        own = _place(self.page, blocks)
        other = None
        if bead:
            page, indices = (self.bitext.zh, bead.zh) if self.lang == "en" else (self.bitext.en, bead.en)
            other = _place(page, [page.blocks[i] for i in indices])
        en, zh = (own, other) if self.lang == "en" else (other, own)
        return Difference(kind, gone, en, zh, path_of(self.page, blocks[0]), message)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks one by one, but neighbouring rows of a table, and items of a list, together."""
    run: list[Block] = []
    for block in blocks:
        near = {"table-cell": block.start_line, "list-item": block.index}.get(block.kind)
        last = {"table-cell": run[-1].end_line, "list-item": run[-1].index}.get(run[-1].kind) if run else None
        if run and (block.kind != run[-1].kind or near is None or last is None or near > last + 1):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _home(block: Block) -> int:
    return block.index if block.kind == "heading" else block.section


def _count(blocks: Sequence[Block]) -> str:
    if blocks[0].kind == "heading":
        return "a heading" if len(blocks) == 1 else f"a section of {len(blocks)} texts"
    return "a text" if len(blocks) == 1 else f"{len(blocks)} texts"


def _lines(block: Block) -> str:
    return str(block.start_line) if block.start_line == block.end_line else f"{block.start_line}–{block.end_line}"


def _place(page: Page, blocks: Sequence[Block]) -> Place:
    text = " ".join(readable(unit) for unit in blocks[0].units)
    first = (
        page.line(blocks[0].units[0].start) if blocks[0].units else blocks[0].start_line
    )  # not the `<br/>` before it
    return Place(page.path, first, max(b.end_line for b in blocks), text)


def path_of(page: Page, block: Block) -> tuple[str, ...]:
    """The headings that a block stands under, outermost first; a heading is under itself."""
    found: list[str] = []
    at = _home(block)
    while at >= 0 and len(found) < 8:
        heading = page.blocks[at]
        found.append(" ".join(readable(unit) for unit in heading.units))
        at = heading.section
    return tuple(reversed(found))


def _moved(bitext: Bitext) -> Iterator[Difference]:
    """Linked blocks that stand in another order in the two texts: those outside the longest common order."""
    if bitext.arrangement in ("columns", "alternating", "comments"):
        return
    beads = sorted(bead for bead in bitext.beads if bitext.en.blocks[bead.en[0]].units)
    stay = set(longest_rising([bead.zh[0] for bead in beads]))
    group: list[Bead] = []
    for number, bead in enumerate(beads):
        if number in stay:
            continue
        if group and not (beads[number - 1] == group[-1] and bead.zh[0] > group[-1].zh[0]):
            yield _moved_difference(bitext, group)
            group = []
        group.append(bead)
    if group:
        yield _moved_difference(bitext, group)


def _moved_difference(bitext: Bitext, beads: list[Bead]) -> Difference:
    en = [bitext.en.blocks[i] for bead in beads for i in bead.en]
    zh = [bitext.zh.blocks[j] for bead in beads for j in bead.zh]
    message = "stands elsewhere in the Chinese"
    return Difference("moved", None, _place(bitext.en, en), _place(bitext.zh, zh), path_of(bitext.en, en[0]), message)


def _contradictions(bitext: Bitext, glossary: Glossary | None) -> Iterator[Difference]:
    for bead in (*bitext.beads, *bitext.partial):
        en = [bitext.en.blocks[i] for i in bead.en]
        zh = [bitext.zh.blocks[j] for j in bead.zh]
        if en[0].kind == "front-matter" or not any(b.units for b in en) or not any(b.units for b in zh):
            continue
        facts = compare(
            _text(en), _text(zh),
            en_codes=[code for b in en for u in b.units for code in u.codes],
            zh_codes=[code for b in zh for u in b.units for code in u.codes],
        )  # fmt: skip
        sides, section = (_place(bitext.en, en), _place(bitext.zh, zh)), path_of(bitext.en, en[0])
        for fact in facts:
            if fact.kind != "code" and fact.contradiction:
                yield Difference(fact.kind, None, *sides, section, fact.message)
        if glossary is not None and bead in bitext.beads:
            yield from (Difference("term", None, *sides, section, message) for message in _terms(en, zh, glossary))


def _terms(en: Sequence[Block], zh: Sequence[Block], glossary: Glossary) -> Iterator[str]:
    """What is to be told of terms that one of two linked texts lacks."""
    english, chinese = ([unit for block in blocks for unit in block.units] for blocks in (en, zh))
    for units, lang, linked in ((english, "en", chinese), (chinese, "zh", english)):
        for unit, match in lacking(units, lang, linked, glossary):  # type: ignore[arg-type]
            target = glossary.target(match, "zh" if lang == "en" else "en")
            yield f"{unit.text[match.start : match.end]} without {target}"


def _text(blocks: Iterable[Block]) -> str:
    return " ".join(unit.text for block in blocks for unit in block.units)
