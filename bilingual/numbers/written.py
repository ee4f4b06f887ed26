"""Writing numbers and dates in the other language, where a rule is exact."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.model import Lang
from bilingual.numbers import chinese, english
from bilingual.numbers.quantity import PRESENT, Date, DateRange, Quantity

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_BARE = re.compile(r"[\d.,:;%+\-–—~/()（）\s]+")
_ACADEMIC = re.compile(
    r"(?i)(?:the )?(?P<named>academic year )?(?P<start>(?:19|20)\d\d) ?[-–—~/至] ?(?P<end>(?:(?:19|20)\d\d|\d\d))"
    r" ?(?P<year>学年|academic year|school year)?"
)
_SEMESTER = re.compile(r"(?i)semester|term|学期")
_HAN_DIGITS = "零一二三四五六七八九十"


def convert(text: str, to: Lang) -> str | None:
    """The exact counterpart of a text that is, as a whole, a date, a range of dates, a number or an address.

    `September 2022 – July 2023` ⇄ `2022年9月—2023年7月`. None for any other text. What means the same in both languages
    comes back as it is.
    """
    bare = text.strip()
    if not bare:
        return None
    if _ADDRESS.fullmatch(bare):
        return text
    if (years := _ACADEMIC.fullmatch(bare)) and (years["year"] or years["named"]):
        return text.replace(bare, _academic(int(years["start"]), years["end"], to))
    source: Lang = "en" if to == "zh" else "zh"
    found = (english.find if source == "en" else chinese.find)(bare)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(bare)):
        written = write(found[0], bare, to)
        return None if written is None else text.replace(bare, written)
    return text if _BARE.fullmatch(bare) else None


def write(quantity: Quantity, text: str, to: Lang) -> str | None:
    """A quantity that `find` found in a text, written in the other language; None where no rule is exact."""
    source = text[quantity.start : quantity.end]
    if "/" in source and quantity.kind == "number":
        return source
    if not quantity.exact or (quantity.weak and text.startswith("-", quantity.end)):
        return None  # a hyphen: the five of a five-year plan
    return _in_english(quantity, source) if to == "en" else _in_chinese(quantity, source)


def _academic(start: int, end: str, to: Lang) -> str:
    last = start // 100 * 100 + int(end) % 100
    return f"{start}—{last}学年" if to == "zh" else f"{start}–{last} academic year"


def _in_english(quantity: Quantity, source: str) -> str | None:
    value = quantity.value
    if isinstance(value, Date):
        return _english_date(value, source)
    if isinstance(value, DateRange):
        first, second = value
        joint = "–" if not first.month and not second.month and second != PRESENT and not first.part else " – "
        same_year = first.year == second.year and first.month and second.month and not first.day
        ends = (_english_date(first._replace(year=None) if same_year else first, source), _english_date(second, source))
        return None if None in ends else joint.join(str(end) for end in ends)
    if quantity.kind == "ordinal" and source.startswith("十"):
        return f"{value}th Five-Year"
    if quantity.kind == "ordinal":
        return english.ORDINALS[int(value)] if 0 < value <= 12 else f"{value}th" if 13 <= value <= 20 else None
    return _about(_english_number(value, source), quantity, source, "en")


def _english_number(value: Fraction, source: str) -> str | None:
    if source[-1:] in "%％成" or source.startswith("百分之"):
        return f"{_decimal(value)}%"
    if value.denominator == 1 and value <= 10 and not source[0].isascii():
        return english.ONES[int(value)]
    if value.denominator > 1 and "分之" in source:
        return f"{value.numerator}/{value.denominator}"
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= scale:
            return f"{_decimal(value / scale)} {word}"
    return f"{int(value):,}" if value.denominator == 1 and value >= 10_000 else _decimal(value)


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(int(value))
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def _english_date(date: Date, source: str) -> str | None:
    if date == PRESENT:
        return "present"
    part, year = date.part, date.year
    if part == "decade":
        return f"{year}s"
    if part == "century":
        return f"{year}{_suffix(year or 0)} century"
    if part in english.SEASONS.values():
        name = "Fall" if part == "autumn" else part.capitalize()
        return f"{name} {'Semester ' if _SEMESTER.search(source) else ''}{year}"
    if part.startswith("Q"):
        return f"{part} {year}"
    if not date.month:
        return {"": f"{year}", "early": f"early {year}", "mid": f"mid-{year}", "late": f"late {year}"}[part]
    month = english.MONTHS[date.month - 1]
    name = f"{month} {date.day}" if date.day else f"{part}{'-' if part == 'mid' else ' '}{month}" if part else month
    return f"{name}{',' if date.day and year else ''}{f' {year}' if year else ''}"


def _suffix(number: int) -> str:
    return "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _in_chinese(quantity: Quantity, source: str) -> str | None:
    value = quantity.value
    if isinstance(value, Date):
        return _chinese_date(value, source)
    if isinstance(value, DateRange):
        first, second = value
        if not first.month and not second.month and second.year and not first.part:
            return f"{first.year}—{second.year}年"
        start = _chinese_date(first, source)
        if second == PRESENT:
            return f"{start}至今"
        same_year = first.year == second.year and first.month and second.month
        return f"{start}—{_chinese_date(second._replace(year=None) if same_year else second, source)}"
    if quantity.kind == "ordinal":
        return f"第{_han(int(value)) if value < 100 else value}"
    if quantity.kind == "percent":
        return f"{_decimal(value)}%"
    return _about(_chinese_number(value, source), quantity, source, "zh")


def _chinese_number(value: Fraction, source: str) -> str:
    if re.search(r"decades?$", source, re.IGNORECASE):
        return f"{_decimal(value)}年"
    if value.denominator > 1 and source[0].isalpha():
        return f"{_han(value.denominator)}分之{_han(value.numerator)}"
    if value.denominator == 1 and value <= 10 and not re.search(r"\d", source):
        return "两" if value == 2 else _han(int(value))
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if value >= scale and re.search(r"[a-zA-Z]", source):
            return f"{_decimal(value / scale)}{word}"
    return _decimal(value)


def _han(number: int) -> str:
    """A number below 100 in characters."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _HAN_DIGITS[number]
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[ones] if ones else "")


def _chinese_date(date: Date, source: str) -> str:
    if date == PRESENT:
        return "今"
    part, year = date.part, date.year
    if part == "decade" and year:
        return f"{year // 100 + 1}世纪{year % 100}年代" if year % 100 else f"{year}年代"
    if part == "century":
        return f"{year}世纪"
    seasons = {name: char for char, name in chinese.SEASONS.items()}
    if part in seasons:
        return f"{year}年{seasons[part]}季{'学期' if _SEMESTER.search(source) else ''}"
    if part.startswith("Q"):
        return f"{year}年第{_HAN_DIGITS[int(part[1])]}季度"
    ending = {"": "", "early": "初", "mid": "中旬" if date.month else "年中", "late": "底"}[part]
    return "".join(
        f"{number}{unit}" for number, unit in ((year, "年"), (date.month, "月"), (date.day, "日")) if number is not None
    ) + ending  # fmt: skip


def _about(number: str | None, quantity: Quantity, source: str, to: Lang) -> str | None:
    """The number with what says that it is rough, where the span holds it."""
    if number is None or not quantity.approx:
        return number
    if source[0] in "+＋":
        return f"+{number}"
    if re.search(r"[+＋]$", source):
        return f"{number}+"
    if to == "en":
        word = (
            "about "
            if re.search(r"左右$|上下$", source)
            else "more than "
            if re.search(r"[余多]|以上$", source)
            else ""
        )
        return word + number
    return f"{number}多" if re.search(r"or (?:so|more)$", source) else number
