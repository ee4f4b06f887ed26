"""What a block offers for comparison with a block in another language."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bilingual import lexicon, numbers
from bilingual.compare import targets
from bilingual.model import Block, Page
from bilingual.text import han_count, plain, words
from bilingual.traditional import simplified

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

_WORD = re.compile(r"[a-z][a-z0-9]+(?:[.-][a-z0-9]+)*")
_FIGURE = {
    True: re.compile(r"\d|[二两三四五六七八九十百千万亿]"),
    False: re.compile(
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b", re.IGNORECASE
    ),
}
_ORDINAL = re.compile(r"\s*[(（]?(\d{1,2}|[一二三四五六七八九十])(?:[.)）](?:\s|$)|[、．])")
_HAN_DIGITS = {digit: str(value) for value, digit in enumerate("一二三四五六七八九十", 1)}
_HAN_PER_WORD = 1.65
_LINES = 60


class Traits(NamedTuple):
    """A block, taken apart."""

    kind: str
    level: int
    tokens: frozenset[str]
    """What both languages write alike: words of Latin script, "`" code, "→" link targets, "=" figures, "§" concepts,
    "#" the place in an enumeration, "|" lines of a block that is no prose."""
    grams: frozenset[str]
    """Chinese bigrams."""
    stems: frozenset[str]
    """English stems of which the lexicon knows Chinese bigrams."""
    size: float
    """Length in English words, Chinese counted down to them."""
    codes: Counter[str]
    """Inline codes by kind."""


def traits(page: Page, block: Block, glossary: Glossary | None = None) -> Traits:
    """Take a block apart."""
    if not block.units:
        lines = frozenset("|" + line for row in page.source(block).splitlines()[:_LINES] if (line := row.strip()))
        return Traits(block.kind, block.level, lines, frozenset(), frozenset(), 0.0, Counter())
    text = " ".join(unit.text for unit in block.units)
    codes = [code for unit in block.units for code in unit.codes]
    bare = plain(text)
    han = han_count(bare)
    if han:
        bare = simplified(bare)
    size = han / _HAN_PER_WORD + len(words(bare))
    tokens = set(_WORD.findall(bare.lower()))
    tokens.update(_figures(bare, han > 0))
    tokens.update(_code(code.open.strip("`$ ")) for code in codes if code.kind in ("code", "math"))
    tokens.update("`" + code.open for code in codes if code.kind in ("image", "liquid", "footnote"))
    tokens.update("→" + _page(target) for target in targets(codes))
    if place := _ORDINAL.match(block.marker) or _ORDINAL.match(bare):
        tokens.add(f"#{_HAN_DIGITS.get(place[1], place[1])}")
    if glossary is not None:
        tokens.update("§" + match.concept.id for match in glossary.find(text, "zh" if han else "en"))
    table = lexicon.table()
    return Traits(
        block.kind,
        block.level,
        frozenset(tokens),
        frozenset(lexicon.bigrams(bare)) if han else frozenset(),
        frozenset(stem for stem in lexicon.stems(bare) if stem in table) if han < size else frozenset(),
        size,
        Counter(code.kind for code in codes if code.kind not in ("literal", "entity", "emphasis")),
    )


def _figures(text: str, chinese: bool) -> list[str]:
    """The values of figures and dates, whichever way a language writes them."""
    if not _FIGURE[chinese].search(text):
        return []
    values = [quantity.value for quantity in numbers.find(text, "zh" if chinese else "en") if not quantity.weak]
    return [f"={end}" for value in values for end in (value if type(value) is tuple else (value,))]


def _code(text: str) -> str:
    """A name in code may stand without its marks on the other side."""
    name = text.lower()
    return name if _WORD.fullmatch(name) else "`" + text


def _page(target: str) -> str:
    """A link target without host, language and anchor: what stays the same when a page is translated."""
    path = re.split(r"[?#]", target, maxsplit=1)[0].rstrip("/").lower()
    return path.rsplit("/", 1)[-1] or target
