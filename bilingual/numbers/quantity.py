"""What a number or a date is once its language is taken off."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple


class Date(NamedTuple):
    """A date as far as it is told: 2022年9月 is `Date(2022, 9)`, late October `Date(None, 10, None, "late")`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    """early, mid, late; spring, summer, autumn, winter; Q1 … Q4; decade, century; academic (the year that starts then)."""


PRESENT = Date(part="present")

Value = Fraction | Date | tuple[Date, Date]


class Quantity(NamedTuple):
    """A quantity found in a text; the span is in code points of that text."""

    start: int
    end: int
    kind: Literal["number", "percent", "ordinal", "date", "date-range"]
    value: Value
    """Of a number, an ordinal or a percentage a Fraction (20 % is 20); of a range of dates both ends."""
    approx: bool = False
    """Whether the text says about, over, nearly, 余, 左右, +."""
    weak: bool = False
    """Whether it may be idiom rather than a count: one, 一, first, two."""
