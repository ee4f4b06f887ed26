"""Leaf blocks: headings, paragraphs, code, maths, tables, Liquid."""

from __future__ import annotations

import re

from bilingual.inline import Encoded
from bilingual.markdown.state import SPACES, Line, Reader
from bilingual.model import Kind
from bilingual.tags import BLOCK_TAGS

TAGS = "|".join(sorted(BLOCK_TAGS, key=len, reverse=True))
_LIQUID_LINE = re.compile(
    r"(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{[:#@][^{}]*\}|\[TOC\]|\[\[_TOC_\]\])"
    r"(?:[ \t]*(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{[:#@][^{}]*\}))*[ \t]*$"
)
_LIQUID_VERBATIM = re.compile(
    r"\{[{%][<%]?-?[ \t]*(highlight|raw|comment|mermaid|codeblock|code|text|math|katex|latex|plantuml|graphviz|chart)\b"
)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)|(#{2,6})(?=[^#\s])")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$|[ \t]+$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
BREAK = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
ITEM = re.compile(r"([-+*]|\d{1,9}[.)])([ \t]+|$)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_DELIMITER_ROW = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_INTERRUPTS = re.compile(
    rf"#{{1,6}}(?:[ \t]|$)|#{{2,6}}[^#\s]|`{{3,}}[^`]*$|~{{3,}}|>|[-+*][ \t]+\S|1[.)][ \t]+\S|(?:\*[ \t]*){{3,}}$"
    rf"|(?:_[ \t]*){{3,}}$|\$\$[ \t]*$|<(?:!--|script\b|style\b|pre\b|/?(?:{TAGS})(?=[\s/>]|$))"
    rf"|\[\^[^\[\]\s]{{1,100}}\]:|:[ \t]+\S|:{{3,}}|!!![ \t]",
    re.IGNORECASE,
)
MAY_INTERRUPT = frozenset("#`~>-+*1_$<[:{!")
_PSEUDO = re.compile(r"(?:\*\*|__|<b>|<strong>)$", re.IGNORECASE)


def paragraph(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    text = reader.text
    if "|" in text[at : lines[i][1]] and _is_delimiter(reader, lines, i + 1):
        return _table(reader, lines, i)
    content = [(at, lines[i][1])]
    j = i + 1
    while j < len(lines):
        start, end = lines[j]
        spaces = SPACES.match(text, start, end)
        at = spaces.end() if spaces else start
        if at >= end:
            break
        char = text[at]
        if char in "=-" and at - start < 4 and _SETEXT.match(text, start, end):
            reader.flush_item()
            return _setext(reader, content, 1 if char == "=" else 2, lines, j)
        if char in MAY_INTERRUPT and at - start < 4 and interrupts(reader, at, end):
            break
        if "|" in text[at:end] and _is_delimiter(reader, lines, j + 1):
            break
        content.append((at, end))
        j += 1
    _text_block(reader, "paragraph", content)
    return j


def interrupts(reader: Reader, at: int, end: int) -> bool:
    if reader.text[at] == "{":
        return _LIQUID_LINE.match(reader.text, at, end) is not None
    return _INTERRUPTS.match(reader.text, at, end) is not None


def _setext(reader: Reader, content: list[Line], level: int, lines: list[Line], j: int) -> int:
    pieces = reader.encoded(content)
    reader.emit("heading", content[0][0], lines[j][1], pieces, level, reader.text[lines[j][0] : lines[j][1]].strip()[0])
    return j + 1


def _text_block(reader: Reader, kind: Kind, content: list[Line]) -> None:
    """A paragraph, or what a paragraph is in the container at hand."""
    start, end, level, marker = content[0][0], content[-1][1], reader.list_level, ""
    if item := reader.item:
        reader.item = None
        kind, level, marker = item.kind, item.level, item.marker
        start = start if reader.overtaken(item) else item.start
        if kind == "list-item" and (task := _TASK.match(reader.text, *content[0])):
            content = [(task.end(), content[0][1]), *content[1:]]
    elif reader.quotes:
        kind, level = "quote", reader.quotes
    pieces = reader.encoded(content)
    if kind == "paragraph" and len(pieces) == 1 and _is_pseudo_heading(reader, pieces[0][0], content):
        kind, level, marker = "heading", 7, "**"
    reader.emit(kind, start, end, pieces, level, marker)


def _is_pseudo_heading(reader: Reader, unit: Encoded, content: list[Line]) -> bool:
    opening = reader.text[content[0][0] : unit.start]
    closing = reader.text[unit.end : content[-1][1]].strip()
    if not _PSEUDO.match(opening) or len(content) > 1:
        return False
    return closing.rstrip(":：") == opening.replace("<", "</")


def heading(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    end = lines[i][1]
    opened = _HEADING.match(reader.text, at, end)
    if not opened:
        return 0
    marker = opened.group(1) or opened.group(2)
    closing = _HEADING_END.search(reader.text, opened.end(), end)
    stop = closing.start() if closing else end
    reader.flush_item()
    pieces = reader.encoded([(opened.end(), stop)]) if opened.end() < stop else []
    reader.emit("heading", at, end, pieces, len(marker), marker)
    return i + 1


def fence(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    opened = _FENCE.match(reader.text, at, lines[i][1])
    if not opened:
        return 0
    fence = opened.group(1) or opened.group(2)
    close = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    j = i + 1
    while j < len(lines) and not close.match(reader.text, *lines[j]):
        j += 1
    last = min(j, len(lines) - 1)
    reader.flush_item()
    reader.emit("code", at, lines[last][1], [], marker=reader.text[at + len(fence) : lines[i][1]].strip())
    return last + 1


def math(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    end = lines[i][1]
    rest = reader.text[at:end].rstrip()
    if not rest.startswith("$$"):
        return 0
    j = i
    if rest.count("$$") < 2:
        j = i + 1
        while j < len(lines) and "$$" not in reader.text[lines[j][0] : lines[j][1]]:
            j += 1
        if j == len(lines):
            return 0
    elif not rest.endswith("$$") or rest.count("$$") > 2:
        return 0
    reader.flush_item()
    reader.emit("math", at, lines[j][1], [])
    return j + 1


def liquid(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    if not _LIQUID_LINE.match(reader.text, at, lines[i][1]):
        return 0
    reader.flush_item()
    j, kind = i, "html"
    if verbatim := _LIQUID_VERBATIM.match(reader.text, at):
        ends = re.compile(rf"\{{[{{%][<%]?-?[ \t]*(?:end|/){verbatim.group(1)}")
        opened_here = ends.search(reader.text, at, lines[i][1])
        while not opened_here and j < len(lines) - 1:
            j += 1
            if ends.search(reader.text, *lines[j]):
                break
        kind = "code"
    reader.emit("code" if kind == "code" else "html", at, lines[j][1], [])
    return j + 1


def thematic_break(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    if not BREAK.match(reader.text, at, lines[i][1]):
        return 0
    reader.flush_item()
    reader.emit("break", at, lines[i][1], [])
    return i + 1


def _table(reader: Reader, lines: list[Line], i: int) -> int:
    reader.flush_item()
    for j in range(i, len(lines)):
        start, end = lines[j]
        row = reader.text[start:end]
        if not row.strip() or (j > i + 1 and "|" not in row):
            return j
        if j != i + 1:
            _table_row(reader, start, end)
    return len(lines)


def _table_row(reader: Reader, start: int, end: int) -> None:
    text, cells, at = reader.text, [], start
    masked = re.sub(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: "x" * len(m.group()), text[start:end])
    for bar in (m.start() + start for m in re.finditer(r"\|", masked)):
        cells.append((at, bar))
        at = bar + 1
    cells.append((at, end))
    if len(cells) > 1 and not text[slice(*cells[0])].strip():
        cells = cells[1:]
    if len(cells) > 1 and not text[slice(*cells[-1])].strip():
        cells = cells[:-1]
    for column, (left, right) in enumerate(cells, 1):
        piece = text[left:right]
        left += len(piece) - len(piece.lstrip())
        right = max(left, right - (len(piece) - len(piece.rstrip())))
        reader.emit("table-cell", left, right, reader.encoded([(left, right)]) if right > left else [], column)


def _is_delimiter(reader: Reader, lines: list[Line], j: int) -> bool:
    return (
        j < len(lines) and "-" in reader.text[slice(*lines[j])] and bool(_DELIMITER_ROW.match(reader.text, *lines[j]))
    )
