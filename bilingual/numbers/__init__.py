"""Numbers and dates in English and Chinese, brought to one form: 1.2 million = 120万, September 2022 = 2022年9月.

Texts may be in inline-code form; the digits of symbols are no numbers.
"""

from __future__ import annotations

from bilingual.model import Lang
from bilingual.numbers import chinese, english
from bilingual.numbers.quantity import PRESENT, Date, DateRange, Quantity, Value
from bilingual.numbers.written import convert, write

__all__ = ["PRESENT", "Date", "DateRange", "Quantity", "Value", "convert", "find", "write"]


def find(text: str, lang: Lang) -> list[Quantity]:
    """The quantities of a text in page order; none overlaps another.

    Names with digits in them (GPT-4, H2O, 1.2.3) are no quantities. A `weak` one (one, 一, first, two) may as well be
    idiom, so that its absence on the other side tells nothing.
    """
    return english.find(text) if lang == "en" else chinese.find(text)
