"""Unit text ⇄ text with inline codes.

`encode` takes markup out of a text, `restore` puts it back. What `encode` gives, `restore` turns into the same source,
character for character; that is what makes splicing safe.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bilingual.markup import Mark, scan
from bilingual.model import Code, Form, Unit
from bilingual.text import SYMBOL

_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"⟦/?\d+⟧|\n")
_ESCAPES = {
    "markdown": re.compile(r"[*`]|<(?=[A-Za-z/!?])"),
    "html": re.compile(r"<(?=[A-Za-z/!?])"),
}
_YAML_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\n\"])")
_EDGE_KINDS = frozenset({"tag", "image", "liquid"})


class Encoded(NamedTuple):
    """One unit's worth of text: its span, its inline-code form, and what the codes and line breaks stand for."""

    start: int
    end: int
    text: str
    codes: tuple[Code, ...]
    breaks: tuple[str, ...]


class _Source:
    """The content of a block, its lines joined by "\\n", with the way back to the page."""

    def __init__(self, page: str, lines: Sequence[tuple[int, int]]) -> None:
        self.page = page
        self.lines = lines
        if len(lines) == 1:
            self.text = page[lines[0][0] : lines[0][1]]
            self.starts = [0]
            return
        parts, self.starts, total = [], [], 0
        for start, end in lines:
            part = page[start:end]
            parts.append(part)
            self.starts.append(total)
            total += len(part) + 1
        self.text = "\n".join(parts)

    def offset(self, at: int) -> int:
        """The place in the page of a place in the content."""
        row = bisect_right(self.starts, at) - 1
        return self.lines[row][0] + at - self.starts[row]

    def between(self, start: int, end: int) -> str:
        """The exact source of a stretch of the content."""
        return self.page[self.offset(start) : self.offset(end)]


def encode(
    page: str, lines: Sequence[tuple[int, int]], *, refs: frozenset[str] = frozenset(), form: Form = "markdown"
) -> list[Encoded]:
    """Cut a block's content into units and take the markup out of them.

    `lines` are the spans of the content of each line, container prefixes left out. A unit ends at a hard line break and
    at a block-level tag; markup around a whole unit stays outside of it. Texts without a letter are no units.
    """
    if not lines:
        return []
    source = _Source(page, lines)
    found = scan(source.text, refs=refs, html=form == "html")
    if form == "yaml-double":
        found = found._replace(marks=_yaml_escapes(source.text, found.marks))
    breaks = found.breaks
    if form == "markdown" and len(lines) > 1:
        breaks = sorted([*breaks, *_space_breaks(source, found.marks)])
    units, at, first = [], 0, 0
    for start, end in [*breaks, (len(source.text), len(source.text))]:
        if start < at:
            continue
        last = first
        while last < len(found.marks) and found.marks[last].start < start:
            last += 1
        unit = _unit(source, at, start, found.marks[first:last], form)
        if unit:
            units.append(unit)
        at, first = end, last
    return units


def _yaml_escapes(text: str, marks: list[Mark]) -> list[Mark]:
    """In a double-quoted value `\\"` is a quotation mark and every other escape an inline code."""
    kept = [mark for mark in marks if not (mark.kind == "literal" and text[mark.start] == "\\")]
    inside = [(mark.start, mark.end) for mark in kept]
    for number, found in enumerate(_YAML_ESCAPE.finditer(text)):
        if not any(start <= found.start() < end for start, end in inside):
            kept.append(Mark(found.start(), found.end(), "literal", 0, -1 - number))
    return sorted(kept)


def _space_breaks(source: _Source, marks: Sequence[Mark]) -> Iterable[tuple[int, int]]:
    """Hard line breaks written as two spaces before the line's end; within a code span or a comment there is none."""
    for start in source.starts[1:]:
        end = start - 1
        stop = end
        while stop and source.text[stop - 1] == " ":
            stop -= 1
        last = bisect_left(marks, start, key=lambda mark: mark.start) - 1
        if end - stop >= 2 and not (last >= 0 and marks[last].end > end):
            yield stop, start


def _unit(source: _Source, start: int, end: int, marks: list[Mark], form: Form) -> Encoded | None:
    text = source.text
    marks = _orphans(marks)
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            return None
        first = marks[0] if marks and marks[0].start == start else None
        last = marks[-1] if marks and marks[-1].end == end else None
        if first and last and first.role == 1 and first.pair == last.pair:
            start, end, marks = first.end, last.start, marks[1:-1]
        elif first and first.role == 0 and first.kind in _EDGE_KINDS:
            start, marks = first.end, marks[1:]
        elif first and first.role == 1 and marks[1] == Mark(first.end, marks[1].end, first.kind, -1, first.pair):
            start, marks = marks[1].end, marks[2:]  # `<a id="top"></a>`, `<i class="icon"></i>`: nothing within
        elif last and last.role == -1 and marks[-2] == Mark(marks[-2].start, last.start, last.kind, 1, last.pair):
            end, marks = marks[-2].start, marks[:-2]
        elif last and last.role == 0 and last.kind in _EDGE_KINDS:
            end, marks = last.start, marks[:-1]
        else:
            break
    return _encoded(source, start, end, marks, form)


def _orphans(marks: list[Mark]) -> list[Mark]:
    """Halves whose other half stands in another unit become standalone; at an edge of the unit they are dropped."""
    seen: dict[int, int] = {}
    for mark in marks:
        seen[mark.pair] = seen.get(mark.pair, 0) + 1
    return [m._replace(role=0, kind="tag") if m.role and seen[m.pair] == 1 else m for m in marks]


def _encoded(source: _Source, start: int, end: int, marks: list[Mark], form: Form) -> Encoded | None:
    parts: list[str] = []
    codes: list[Code] = []
    numbers: dict[int, int] = {}
    at, letters = start, False
    for mark in marks:
        piece = source.text[at : mark.start]
        letters = letters or _LETTER.search(piece) is not None
        parts.append(piece)
        raw = source.between(mark.start, mark.end)
        if mark.role == -1:
            number = numbers[mark.pair]
            codes[number - 1] = codes[number - 1]._replace(close=raw)
            parts.append(f"⟦/{number}⟧")
        else:
            codes.append(Code(mark.kind, raw))
            numbers[mark.pair] = len(codes)
            parts.append(f"⟦{len(codes)}⟧")
        at = mark.end
    piece = source.text[at:end]
    if not letters and not _LETTER.search(piece):
        return None
    parts.append(piece)
    text = "".join(parts)
    breaks: list[str] = []
    if "\n" in text:
        text, breaks = _fold(source, start, end, marks, text)
    if form == "yaml-single":
        text = text.replace("''", "'")
    elif form == "yaml-double":
        text = text.replace('\\"', '"')
    return Encoded(source.offset(start), source.offset(end - 1) + 1, text, tuple(codes), tuple(breaks))


def _fold(source: _Source, start: int, end: int, marks: list[Mark], text: str) -> tuple[str, list[str]]:
    """Take the space around soft line breaks into the breaks themselves."""
    breaks = []
    inside = iter([*marks, Mark(end, end, "literal", 0, 0)])
    mark = next(inside)
    at = source.text.find("\n", start, end)
    while at >= 0:
        while mark.end <= at:
            mark = next(inside)
        if mark.start > at or mark.start == mark.end:
            left, right = at, at + 1
            while left > start and source.text[left - 1] in " \t":
                left -= 1
            while right < end and source.text[right] in " \t":
                right += 1
            breaks.append(source.between(left, right))
        at = source.text.find("\n", at + 1, end)
    return re.sub(r"[ \t]*\n[ \t]*", "\n", text), breaks


def restore(unit: Unit, target: str, *, cell: bool = False) -> str:
    """The source of a text in inline-code form, ready to be spliced in at the unit's span.

    Symbols become the unit's codes, line breaks the unit's own as far as they go, other text is escaped as the unit's
    form asks; with `cell` also for a table cell. `restore(unit, unit.text)` is the unit's source.
    """
    breaks = iter(unit.breaks)
    out, at = [], 0
    for found in _CODE.finditer(target):
        out.append(_escape(target[at : found.start()], unit.form, cell and target != unit.text))
        symbol = SYMBOL.fullmatch(found.group())
        if symbol is None:
            out.append(next(breaks, " "))
        else:
            number = int(symbol.group(2))
            code = _code(unit, number)
            out.append(_closing(unit, target, number, code) if symbol.group(1) else code.open)
        at = found.end()
    out.append(_escape(target[at:], unit.form, cell and target != unit.text))
    restored = "".join(out)
    return restored if target == unit.text else _keep_unlinked(unit, restored)


def readable(unit: Unit) -> str:
    """A unit's text as a reader sees it: code and addresses as they are written, other markup left out, on one line."""
    text = SYMBOL.sub(lambda symbol: "" if symbol[1] else _shown(_code(unit, int(symbol[2]))), unit.text)
    return " ".join(text.split())


def _shown(code: Code) -> str:
    if code.kind == "code":
        return code.open.strip("`")
    return code.open if code.kind in ("url", "math", "literal", "entity") else ""


def _closing(unit: Unit, target: str, number: int, code: Code) -> str:
    """The closing half of a code; a link whose own words are its reference (`[label]`, `[label][]`) keeps that when
    the words change."""
    if target == unit.text or code.kind not in ("link", "image") or code.close not in ("]", "][]"):
        return code.close or ""
    inner = unit.text.partition(f"⟦{number}⟧")[2].partition(f"⟦/{number}⟧")[0]
    return f"][{restore(replace(unit, text=inner, breaks=()), inner)}]"


def _code(unit: Unit, number: int) -> Code:
    if not 1 <= number <= len(unit.codes):
        raise ValueError(f"unit {unit.id} has no inline code {number}")
    return unit.codes[number - 1]


def _escape(text: str, form: Form, cell: bool) -> str:
    if form == "yaml-single":
        return text.replace("'", "''")
    if form == "yaml-double":
        return text.replace("\\", "\\\\").replace('"', '\\"')
    pattern = _ESCAPES.get(form)
    if pattern:
        text = pattern.sub(lambda m: "&lt;" if m.group() == "<" else "\\" + m.group(), text)
    return text.replace("|", "\\|") if cell else text


def _keep_unlinked(unit: Unit, restored: str) -> str:
    """`[text](some words)` is no link because of the space; without one in the new text it must be escaped."""
    if not any(code.kind == "literal" and code.open == "(" for code in unit.codes):
        return restored
    return re.sub(r"\]\((?=[^\s()]*\))(?![a-z]+:|[/.#])", r"]\\(", restored)


def source_offset(unit: Unit, position: int) -> int:
    """The offset in the page of a position in `unit.text`; inside a symbol, where its source begins."""
    at, offset, line = 0, unit.start, 0
    for found in _CODE.finditer(unit.text):
        if position <= found.start():
            break
        offset += _width(unit.text[at : found.start()], unit.form)
        if position < found.end():
            return offset
        symbol = SYMBOL.fullmatch(found.group())
        if symbol is None:
            offset += len(unit.breaks[line])
            line += 1
        else:
            code = _code(unit, int(symbol.group(2)))
            offset += len((code.close or "") if symbol.group(1) else code.open)
        at = found.end()
    return offset + _width(unit.text[at:position], unit.form)


def _width(text: str, form: Form) -> int:
    quote = {"yaml-single": "'", "yaml-double": '"'}.get(form)
    return len(text) + text.count(quote) if quote else len(text)
