"""What a number or a date is once its language is taken off."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, NamedTuple


class Date(NamedTuple):
    """A date as far as it is told: 2022年9月 is `Date(2022, 9)`, late October `Date(None, 10, None, "late")`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    """early, mid, late; spring, summer, autumn, winter; Q1 … Q4; decade, century; academic (the year that begins)."""


PRESENT = Date(part="present")


class DateRange(NamedTuple):
    """From one date to another; the end may be `PRESENT`."""

    start: Date
    end: Date


Value = Fraction | Date | DateRange


class Quantity(NamedTuple):
    """A quantity found in a text; the span is in code points of that text."""

    start: int
    end: int
    kind: Literal["number", "percent", "ordinal", "date", "date-range"]
    value: Value
    """Of a number, an ordinal or a percentage a Fraction: 20 % is 20."""
    approx: bool = False
    """Whether the text says about, over, nearly, 余, 左右, +."""
    weak: bool = False
    """Whether it may be idiom rather than a count: one, 一, first, two."""
    exact: bool = True
    """Whether its span says the value and no more; not so in her twenties, tripled, the second quarter."""


def iso_date(text: str) -> Date:
    """2022-09, 2022/9/1 or 2022.9.1 as a date."""
    year, month, *day = (int(number) for number in re.split(r"[-/.]", text))
    return Date(year, month, day[0] if day else None)


def group_of(match: re.Match[str], side: str) -> Callable[[str], str | None]:
    """The named groups of one side of a range, whose names begin with `side`."""

    def get(name: str) -> str | None:
        found: str | None = match[side + name]
        return found

    return get
