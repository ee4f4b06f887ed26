"""Targets in the source's code numbers: what the ledger holds, and what a page's own unit says in those terms.

A unit numbers its inline codes in its own order, and two languages order them differently. In the ledger `⟦2⟧` of the
target is `⟦2⟧` of the source; codes that only the target has come behind the source's.
"""

from __future__ import annotations

from dataclasses import replace

from bilingual.model import Unit
from bilingual.text import SYMBOL


def _numbers(source: Unit, target: Unit) -> list[int]:
    """For each code of the target its number in the ledger."""
    theirs = source.codes
    free = set(range(len(theirs)))
    numbers: list[int] = []
    extra = len(theirs)
    for at, code in enumerate(target.codes):
        equal = [n for n in sorted(free) if theirs[n].open == code.open and theirs[n].close == code.close]
        if equal:
            number = at if at in equal else equal[0]
            free.discard(number)
            numbers.append(number + 1)
        else:
            extra += 1
            numbers.append(extra)
    return numbers


def localized(source: Unit, target: Unit) -> str:
    """The text of a target unit in the source's code numbers."""
    numbers = _numbers(source, target)
    return SYMBOL.sub(lambda found: f"⟦{found[1]}{numbers[int(found[2]) - 1]}⟧", target.text)


def receiver(source: Unit, place: Unit) -> Unit:
    """A unit of the target page ready to take a text in the source's code numbers."""
    numbers = _numbers(source, place)
    codes = list(source.codes)
    codes += [code for code, number in zip(place.codes, numbers, strict=True) if number > len(source.codes)]
    return replace(place, codes=tuple(codes), text=localized(source, place))


def unknown_code(text: str, unit: Unit) -> str:
    """The first symbol of a text that a unit has no code for, or that is half a pair; empty if all are well."""
    open_codes: set[int] = set()
    for found in SYMBOL.finditer(text):
        number = int(found[2])
        if not 1 <= number <= len(unit.codes):
            return found[0]
        paired = unit.codes[number - 1].close is not None
        if found[1]:
            if not paired or number not in open_codes:
                return found[0]
            open_codes.discard(number)
        elif paired:
            open_codes.add(number)
    return f"⟦{min(open_codes)}⟧" if open_codes else ""


def shown(unit: Unit) -> tuple[str, ...]:
    """A line for each inline code of a unit, for translators."""
    lines = []
    for number, code in enumerate(unit.codes, 1):
        source = code.open if code.close is None else f"{code.open} {code.close}"
        lines.append(f"⟦{number}⟧ {' '.join(source.split())}")
    return tuple(lines)
