"""Numbers and dates in English texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bilingual.numbers.quantity import PRESENT, Date, DateRange, Quantity, group_of, iso_date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_PIECES = "second third quarter fifth sixth seventh eighth ninth tenth".split()
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "k": 1000, "m": 10**6,
    "bn": 10**9,
}  # fmt: skip
_SMALL = {word: value for value, word in enumerate(ONES)} | {word: 10 * (n + 2) for n, word in enumerate(_TENS)}
_PARTS = {
    "early": "early", "the beginning of": "early", "beginning of": "early", "the start of": "early", "mid": "mid",
    "mid-": "mid", "the middle of": "mid", "late": "late", "the end of": "late", "end of": "late",
}  # fmt: skip

_MONTH = r"(?P<{0}month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"  # noqa: E501
_SEASON = r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
_PART = r"(?P<{0}part>(?:the )?(?:end|beginning|start|middle) of |early[ -]|mid[ -]|late[ -])?"
_DATE = (
    r"(?:" + _PART + r"(?:(?P<{0}day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?" + _MONTH
    + r"(?: (?P<{0}day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:,]\d|\d|\.\d|%| (?:participants|people|students)))?"
    + r"(?:,? (?P<{0}year1>(?:1[5-9]|20)\d\d)(?!\d))?"
    + r"|(?P<{0}iso>(?:1[5-9]|20)\d\d[-/.](?:1[0-2]|0?[1-9])"
    + r"(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?)(?![/.]?\d|-(?!(?:1[5-9]|20)\d\d[-/.])\d)"
    + r"|(?P<{0}season>" + _SEASON + r")(?: [Ss]emester| [Tt]erm)?(?:,| of)? (?P<{0}year2>(?:1[5-9]|20)\d\d)(?!\d)"
    + r"|(?P<{0}year5>(?:1[5-9]|20)\d\d) (?P<{0}season2>" + _SEASON + r")(?: [Ss]emester| [Tt]erm)?\b"
    + r"|(?P<{0}quarter>Q[1-4]),? (?P<{0}year3>(?:1[5-9]|20)\d\d)(?!\d)"
    + r"|(?:the )?(?P<{0}decade>(?:1[5-9]|20)\d0)'?s\b"
    + r"|(?:the )?(?P<{0}century>\d{{1,2}})(?:st|nd|rd|th)[ -]century"
    + r"|(?P<{0}year4>(?:1[5-9]|20)\d\d)(?![\d%]|[.,:]\d|\+| (?:participants|people|students|yuan|words|RMB)))"
)  # fmt: skip
_SPAN = r"(?: ?[–—~] ?| - | to | until |-(?=(?:1[5-9]|20)\d\d))"
_DATES = re.compile(
    r"(?<![\w.,/#:-])" + _DATE.format("a_") + r"(?:" + _SPAN
    + r"(?:(?P<present>[Pp]resent|[Nn]ow|[Tt]oday|[Oo]ngoing)\b|" + _DATE.format("b_")
    + r"|(?P<short>\d\d)(?!\d)(?=\)|$| academic)))?"
)  # fmt: skip
_ABOUT_TENS = {f"{word[:-1]}ies": _SMALL[word] for word in _TENS}
_TENTHS = {f"{word[:-1]}ieth": _SMALL[word] for word in _TENS}
_WORDS = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_TIMES = {"tripled": 3, "trebled": 3, "quadrupled": 4} | {f"{word}fold": n for n, word in enumerate(ONES) if 2 < n < 11}
_COMPARED = r"(?= (?:of|fewer|less|more|than|larger|smaller|lower|higher)\b|[^\w -]|$)"
_PIECE = "(?:" + "|".join(_PIECES[1:]) + ")"
_NUMBER = re.compile(
    r"(?P<about>\b(?:over|more than|about|around|nearly|almost|approximately|some|at least|up to|roughly) |[+~≈])?"
    r"(?:(?<![\w./])(?P<top>\d)/(?P<bottom>[1-9]\d?)(?![\w/]|\.\d)"
    r"|(?<![\w#/])(?<![A-Za-z]-)(?<!\d\.)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\.\d|[\d_])"
    r"(?P<ordinal>st|nd|rd|th)?\b(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|bn|(?-i:[kKM]))\b)?"
    r"(?P<percent> ?%| per ?cent\b)?"
    # a fifth of it, by a third, one-fifth, two thirds; but not a third party
    r"|\b(?:(?P<above>an?[ ]|one[ -])(?P<below>" + _PIECE + _COMPARED + r")"
    r"|(?P<above2>(?:two|three|four|five|six|seven|eight|nine)[ -])(?P<below2>" + _PIECE + r")s\b)"
    r"|\b(?:(?P<quarter>quarter)|one (?P<counted>\w+ )?in (?P<one_in>" + "|".join(ONES[3:]) + r"|\d+))\b"
    r"|\b(?P<fold>" + "|".join(_TIMES) + r")\b"
    r"|\b(?:(?P<decades>(?:" + "|".join(ONES[1:11]) + r"|\d) )decades|(?P<decade>decade))\b"
    r"|\b(?P<about_tens>" + "|".join(_ABOUT_TENS) + r")\b"
    r"|\b(?:(?P<otens>" + "|".join(_TENS) + r")-)?(?P<oword>" + "|".join(ORDINALS[:0:-1]) + r")\b"
    r"|\b(?P<tenth>" + "|".join(_TENTHS) + r")\b"
    r"|\b(?P<words>(?:" + _WORDS + r")(?:(?:[ -]|(?<=d)\s+and\s+|(?<=ion)\s+and\s+)(?:" + _WORDS + r"))*)\b"
    r"(?P<wpercent> per ?cent\b)?(?:(?![-'])|(?=(?P<joined>-[a-z]))))(?P<plus>\+| or so\b| or more\b)?",
    re.IGNORECASE,
)  # fmt: skip
_OTHERS = [*ORDINALS[1:], *_TENTHS, *_ABOUT_TENS, *_TIMES, *MONTHS, "Sept", "quarter", "decades?"]
_NOT_PLAIN = re.compile(r"\d|\b(?:" + _WORDS + "|" + "|".join(_OTHERS) + r")\b", re.IGNORECASE)
_SYMBOL = re.compile(r"⟦/?\d+⟧")
_PLACED = re.compile(r"\b(?:in|since|until|till|by|during|last|next|this|every|each|from|of)\s$", re.IGNORECASE)
"""What shows that May or March, with a capital, is a month."""
_NEEDS_MORE = frozenset({"may", "march", "mar", "sep", "jan", "dec"})  # words and names too, so a figure must stand by


def find(text: str) -> list[Quantity]:
    """The quantities of an English text."""
    if not _NOT_PLAIN.search(text):
        return []
    blank = _SYMBOL.sub(lambda m: "\x00" * len(m.group()), text)
    found = list(_dates(blank))
    taken = [(q.start, q.end) for q in found]
    for match in _NUMBER.finditer(blank):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            quantity = _number(match)
            if quantity:
                found.append(quantity)
    return sorted(found)


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATES.finditer(text):
        placed = match[0][0].isupper() and _PLACED.search(text, max(0, match.start() - 12), match.start())
        first = _date(match, "a_", sure=bool(match["b_month"] or match["present"] or placed))
        if first is None:
            continue
        end = match.end()
        if match["present"]:
            yield Quantity(match.start(), end, "date-range", DateRange(first, PRESENT))
        elif match["short"] and first.year and not first.month:
            last = Date(first.year // 100 * 100 + int(match["short"]))
            yield Quantity(match.start(), end, "date-range", DateRange(first, last))
        elif (second := _date(match, "b_", sure=True)) is not None:
            if first.year is None and second.year is not None and (first.month or first.part):
                first = first._replace(year=second.year)
            yield Quantity(match.start(), end, "date-range", DateRange(first, second))
        else:
            yield Quantity(match.start(), end if match["b_month"] is None else match.end("a_month"), "date", first)


def _date(match: re.Match[str], side: str, *, sure: bool) -> Date | None:
    """One side's date; `sure` where the other side shows that May or March is a month."""
    get = group_of(match, side)
    if month := get("month"):
        day = get("day1") or get("day2")
        year, part = get("year1"), (get("part") or "").strip(" -")
        number = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(month.rstrip(".")[:3]))
        if not (day or year or part or sure) and month.rstrip(".").lower() in _NEEDS_MORE:
            return None
        if day and not 1 <= int(day) <= 31:
            return None
        return Date(int(year) if year else None, number, int(day) if day else None, _PARTS.get(part.lower(), ""))
    if iso := get("iso"):
        return iso_date(iso)
    if season := get("season") or get("season2"):
        return Date(int(get("year2") or get("year5") or 0), part=SEASONS[season.lower()])
    if quarter := get("quarter"):
        return Date(int(get("year3") or 0), part=quarter)
    if decade := get("decade"):
        return Date(int(decade), part="decade")
    if century := get("century"):
        return Date(int(century), part="century")
    year = get("year4")
    return Date(int(year)) if year else None


def _number(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    about, approx = match["about"], bool(match["about"] or match["plus"])
    if about and about[-1] == " ":
        start = match.end("about")
    if tenth := match["tenth"]:
        return Quantity(start, end, "ordinal", Fraction(_TENTHS[tenth.lower()]), approx)
    if match["oword"]:
        value = _SMALL[(match["otens"] or "zero").lower()] + ORDINALS.index(match["oword"].lower())
        return Quantity(start, end, "ordinal", Fraction(value), approx, weak=value <= 2)
    if (loose := _loose(match)) is not None:
        approx = approx or bool(match["about_tens"])
        return Quantity(start, end, "number", loose, approx, weak=True, exact=_exact(match))
    if match["words"]:
        words = in_words(match["words"])
        if words is None:
            return None
        kind = "percent" if match["wpercent"] else "number"
        weak = words <= 2 or bool(match["joined"])
        return Quantity(start, end, kind, Fraction(words), approx, weak)  # type: ignore[arg-type]
    value_of = Fraction(match["digits"].replace(",", ""))
    if value_of == 1 and re.search(r"\bno\. ?$", match.string[: match.start("digits")], re.IGNORECASE):
        return Quantity(start, end, "ordinal", value_of, weak=True)  # the No. 1 of its kind, 头号
    if match["scale"]:
        value_of *= _SCALES[match["scale"].lower()]
    if match["ordinal"]:
        return Quantity(start, end, "ordinal", value_of, approx)
    return Quantity(start, end, "percent" if match["percent"] else "number", value_of, approx)


def _loose(match: re.Match[str]) -> Fraction | None:
    """What Chinese says with a figure, and English in a word: two thirds, two decades, the twenties, a thousand."""
    if match["bottom"]:
        return Fraction(int(match["top"]), int(match["bottom"]))
    if below := match["below"] or match["below2"]:
        above = (match["above"] or match["above2"]).strip(" -").lower()
        return Fraction(_SMALL.get(above, 1), _PIECES.index(below.lower()) + 2)
    if match["quarter"]:
        return Fraction(1, 4)
    if one_in := match["one_in"]:
        return Fraction(1, int(one_in) if one_in.isdigit() else _SMALL[one_in.lower()])
    if match["fold"]:
        return Fraction(_TIMES[match["fold"].lower()])
    if match["decade"] or match["decades"]:
        many = (match["decades"] or "1").strip().lower()
        return Fraction(10 * (int(many) if many.isdigit() else _SMALL[many]))
    if tens := match["about_tens"]:
        return Fraction(_ABOUT_TENS[tens.lower()])
    alone = (match["words"] or "").lower()
    return Fraction(_SCALES[alone]) if len(alone) > 2 and alone in _SCALES else None


def _exact(match: re.Match[str]) -> bool:
    """Whether what is said loosely says its value and no more: one in five does, one voter in five does not; nor does a
    thousand, but a thousand or more does."""
    if match["words"]:
        return bool(match["plus"])
    return not (match["quarter"] or match["counted"] or match["fold"] or match["about_tens"])


def in_words(text: str) -> int | None:
    """The value of a number in words: "two hundred and fifty"."""
    total, current = 0, 0
    for word in re.split(r"[ -]|\s+and\s+", text.lower()):
        if word == "and" or not word:
            continue
        if word in _SMALL:
            current += _SMALL[word]
        elif len(word) < 3 or (not current and not total):
            return None  # a lone scale (hundred, k) counts nothing exactly
        elif _SCALES[word] == 100:
            current *= 100
        else:
            total, current = total + current * _SCALES[word], 0
    return total + current
