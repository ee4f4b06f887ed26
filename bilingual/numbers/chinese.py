"""Numbers and dates in Chinese texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bilingual.numbers.quantity import PRESENT, Date, DateRange, Quantity, group_of, iso_date

_DIGITS = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
PARTS = {"初": "early", "上旬": "early", "中": "mid", "中旬": "mid", "底": "late", "末": "late", "下旬": "late"}
SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_YEAR = r"(?:(?:1[5-9]|20)\d\d|[一二][〇零○一二三四五六七八九]{{3}})"
_DATE = (
    r"(?:(?P<{0}year>" + _YEAR + r") ?年(?:度)?(?: ?(?P<{0}month>" + _MONTH + r") ?月(?:份)?)?"
    + r"(?: ?(?P<{0}day>" + _DAY + r") ?[日号])?(?P<{0}part>初|上旬|中旬|下旬|底|末)?"
    + r"(?:的?(?P<{0}season>[春夏秋冬])(?:季学期|季|学期|天|(?=$|[-—–～~至到]))|第(?P<{0}quarter>[一二三四1-4])季度)?"
    + r"|(?P<{0}month2>" + _MONTH + r") ?月(?:份)?(?: ?(?P<{0}day2>" + _DAY + r") ?[日号])?"
    + r"(?P<{0}part2>初|上旬|中旬|下旬|中(?=[，。、,]|$)|底|末)?"
    + r"|(?P<{0}iso>(?:1[5-9]|20)\d\d[-/.](?:1[0-2]|0?[1-9])"
    + r"(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?)(?![/.]?\d|-(?!(?:1[5-9]|20)\d\d[-/.])\d)"
    + r"|(?:(?P<{0}century>\d{{1,2}}|二十一?|十[一二三四五六七八九]?|[一二三四五六七八九]) ?世纪 ?)"
    + r"(?:(?P<{0}decade>[1-9]0|[一二三四五六七八九]十) ?年代)?"
    + r"|(?P<{0}decade2>(?:1[5-9]|20)\d0) ?年代"
    + r"|(?P<{0}bare>(?:1[5-9]|20)\d\d)(?![\d%％万亿千百余多人个名元字]|[.,:]\d|\+| ?[年级人个名元]))"
)  # fmt: skip
_SPAN = r" ?(?:[-–—~～]+|至|到) ?"
_MONTHS = re.compile(
    r"(?<![\d./-])(?:(?P<year>" + _YEAR.format() + r") ?年 ?)?(?P<one>1[0-2]|0?[1-9]) ?[-–—~～至到] ?"
    r"(?P<other>1[0-2]|0?[1-9]) ?月(?:份)?(?! ?\d)"
)  # fmt: skip
_DATES = re.compile(
    r"(?<![\w./#:-])(?<![第十百千万])".replace(r"\w", "A-Za-z0-9_")
    + _DATE.format("a_") + r"(?:" + _SPAN + r"(?:(?P<present>今|现在)|"
    + _DATE.format("b_") + r")|(?P<present2>至今))?"
    + r"(?P<academic>学年)?"
)  # fmt: skip
_COUNTER = "个名位家场次年月日天项条种类届期人部周份岁倍点元块篇本支步轮组门所座层只件张台辆封句页章节"
_COUNTER += "级度米里斤吨款套处段大小票"
_NUMBER = re.compile(
    r"(?P<about>约|近|超过|逾|超|大约|将近|至少|[+~≈＋])?(?:"
    r"百分之(?P<hpercent>[\d.]+|[零〇一二两三四五六七八九十百点]+)"
    r"|(?P<below>[一二三四五六七八九十百\d]+)分之(?P<above>[一二三四五六七八九十\d]+)"
    r"|(?P<plan>十[一二三四五])五(?=”?(?:规划|计划|时期|期间|以来|末|纲要))"
    r"|(?P<tenths>[一二三四五六七八九])成(?![为立员功就本长果分交不绩熟群])"
    r"|第 ?(?P<ordinal>\d+|[一二三四五六七八九十百]+)"
    r"|(?<![A-Za-z0-9_./])(?P<top>\d)/(?P<bottom>[1-9]\d?)(?![A-Za-z0-9_/]|\.\d)"
    r"|(?<![A-Za-z0-9_#/.])(?<![A-Za-z]-)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\.\d|[\d_A-Za-z])"
    r" ?(?P<scale>万亿|千万|百万|十万|亿|万|千(?![米克瓦卡赫帕])|百)?"
    r"(?:(?P<more>[余多]|来(?=[个名人]))(?P<beyond>万|亿)?)?"
    r"(?P<percent> ?[%％])?"
    r"|(?P<han>[零〇一二两三四五六七八九十百千万亿]+)(?:(?P<hmore>[余多])(?P<hbeyond>万|亿)?)?"
    r"(?=(?P<counter>[" + _COUNTER + r"])|))"
    r"(?P<plus>\+|＋|左右|以上|上下)?"
)  # fmt: skip
_ANY = re.compile(r"[\d一二两三四五六七八九十百千０-９]")
_SYMBOL = re.compile(r"⟦/?\d+⟧")
_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_IDIOM = re.compile(
    r"十分|千万不|万一|一一|百姓|千方|万物|三角|四川|五金|九州|两岸|百货|百度|百科|千里|万里|四季|三明治|七夕|五一"
    r"|(?<![一二三四五六七八九百之])十一(?![五" + _COUNTER + r"])"
)


def find(text: str) -> list[Quantity]:
    """The quantities of a Chinese text."""
    if not _ANY.search(text):
        return []
    blank = _SYMBOL.sub(lambda m: "\x00" * len(m.group()), text).translate(_WIDE)
    found = list(_dates(blank))
    taken = [(q.start, q.end) for q in found] + [m.span() for m in _IDIOM.finditer(blank)]
    for match in _NUMBER.finditer(blank):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            quantity = _number(match, blank)
            if quantity:
                found.append(quantity)
    return sorted(found)


def _dates(text: str) -> Iterator[Quantity]:
    months = []
    for match in _MONTHS.finditer(text):
        year = _year(match["year"]) if match["year"] else None
        months.append(match.span())
        yield Quantity(*match.span(), "date-range", DateRange(*(Date(year, int(match[m])) for m in ("one", "other"))))
    for match in _DATES.finditer(text):
        first = _date(match, "a_")
        if first is None or any(start < match.end() and match.start() < end for start, end in months):
            continue
        second = _date(match, "b_")
        if match["present"] or match["present2"]:
            yield Quantity(*match.span(), "date-range", DateRange(first, PRESENT))
        elif second is not None:
            if second.year is None and first.year is not None:
                second = second._replace(year=first.year)
            yield Quantity(match.start(), match.end(), "date-range", DateRange(first, second))
        else:
            yield Quantity(match.start(), match.end(), "date", first)


def _date(match: re.Match[str], side: str) -> Date | None:
    get = group_of(match, side)
    if year := get("year"):
        season, quarter = get("season"), get("quarter")
        part = (
            PARTS.get(get("part") or "", "")
            or SEASONS.get(season or "", "")
            or (f"Q{value(quarter)}" if quarter else "")
        )
        return Date(_year(year), _small(get("month")), _small(get("day")), part)
    if get("month2"):
        return Date(None, _small(get("month2")), _small(get("day2")), PARTS.get(get("part2") or "", ""))
    if iso := get("iso"):
        return iso_date(iso)
    if century := get("century"):
        number = _small(century) or 0
        decade = get("decade")
        return (
            Date((number - 1) * 100 + (_small(decade) or 0), part="decade") if decade else Date(number, part="century")
        )
    if decade := get("decade2"):
        return Date(int(decade), part="decade")
    bare = get("bare")
    return Date(int(bare)) if bare else None


def _year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(str(_DIGITS[c]) for c in text))


def _small(text: str | None) -> int | None:
    if text is None:
        return None
    number = value(text)
    return None if number is None else int(number)


def _number(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.start(), match.end()
    approx = bool(match["about"] or match["plus"])
    if match["about"] and match["about"] not in "+~≈＋":
        start = match.end("about")
    if match["hpercent"]:
        amount = value(match["hpercent"])
        return None if amount is None else Quantity(start, end, "percent", amount, approx)
    if match["below"]:
        below, above = value(match["below"]), value(match["above"])
        return Quantity(start, end, "number", above / below, approx) if below and above is not None else None
    if match["bottom"]:
        return Quantity(start, end, "number", Fraction(int(match["top"]), int(match["bottom"])), approx, weak=True)
    if match["tenths"]:
        return Quantity(start, end, "percent", Fraction(10 * _DIGITS[match["tenths"]]), approx)
    if numeral := match["plan"] or match["ordinal"]:  # 十三五 is the 13th Five-Year Plan
        amount = value(numeral)
        weak = amount is not None and amount <= 2 and not numeral.isascii()
        return None if amount is None else Quantity(start, end, "ordinal", amount, approx, weak)
    if match["digits"]:
        amount = Fraction(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
        amount *= _SCALES.get(match["beyond"] or "", 1)  # 1600多万
        approx = approx or bool(match["more"])
        return Quantity(start, end, "percent" if match["percent"] else "number", amount, approx)
    return _han(match, text, start, end, approx)


def _han(match: re.Match[str], text: str, start: int, end: int, approx: bool) -> Quantity | None:
    """A number in characters counts where it cannot be part of a word: before a counter, or of several characters."""
    digits = match["han"]
    amount = value(digits)
    if amount is not None and match["hbeyond"]:
        amount *= _SCALES[match["hbeyond"]]  # 一千多万
    before = text[match.start("han") - 1 : match.start("han")]
    if amount is None or before in tuple("几数若好统唯之万同专单不"):
        return None
    if len(digits) == 1 and (not match["counter"] or digits in "百千万亿零〇"):
        return None
    part = text.startswith("分", end) and not text.startswith("分钟", end)
    if (text.startswith("几", end) or part) and not match["counter"]:
        return None
    return Quantity(start, end, "number", amount, approx or bool(match["hmore"]), weak=amount <= 2)


def value(text: str) -> Fraction | None:
    """The value of a Chinese numeral (or of plain digits): 一百二十, 三千五百万, 十二点五; None where it is none."""
    if text.replace(".", "", 1).isdigit() and text.isascii():
        return Fraction(text)
    if "点" in text:
        whole, _, rest = text.partition("点")
        head = value(whole)
        if head is None or not all(c in _DIGITS for c in rest):
            return None
        return head + Fraction(int("".join(str(_DIGITS[c]) for c in rest) or "0"), 10 ** len(rest))
    total = section = 0
    digit: int | None = None
    last_unit = 10
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None  # 四五十, 二二: a rough count or a row of digits
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[char]
            digit, last_unit = None, _UNITS[char]
        elif char in _BIG:
            whole_section = section + (digit or 0)
            if not whole_section and not total:
                return None
            total = (total + whole_section) * _BIG[char] if char == "亿" else total + whole_section * _BIG[char]
            section, digit, last_unit = 0, None, _BIG[char]
        else:
            return None
    if digit and last_unit > 10 and len(text) > 1 and text[-2] in "百千万亿":
        digit = digit * last_unit // 10  # 三百五 is 350
    return Fraction(total + section + (digit or 0))
