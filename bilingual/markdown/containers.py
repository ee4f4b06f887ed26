"""Container blocks: quotes, lists, footnotes, definitions, admonitions."""

from __future__ import annotations

import re

from bilingual.markdown.leaves import BREAK, ITEM, MAY_INTERRUPT, interrupts, liquid, thematic_break
from bilingual.markdown.state import MAX_DEPTH, SPACES, Item, Line, Reader

_QUOTE = re.compile(r">[ \t]?")
_QUOTES = re.compile(r"(?:>[ \t]*)+")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]:[ \t]*")
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)?")
_CONTAINER = re.compile(r":{3,}[ \t]*(?:\{[^{}]*\}|[\w-]+)?[ \t]*")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*(?:\"([^\"]*)\")?[ \t]*$")
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?[ \t]*$")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")


def quote(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    content: list[Line] = []
    j, deep = i, reader.depth >= MAX_DEPTH - 1
    while j < len(lines):
        start, end = lines[j]
        spaces = SPACES.match(reader.text, start, end)
        at = spaces.end() if spaces else start
        if opened := (_QUOTES if deep else _QUOTE).match(reader.text, at, end):
            content.append((opened.end(), end))
        elif at >= end or not content[-1][1] > content[-1][0] or _interrupts_quote(reader, at, end):
            break
        else:
            content.append((at, end))
        j += 1
    reader.flush_item()
    reader.quotes += 1
    reader.contain(content, None)
    reader.quotes -= 1
    return j


def _interrupts_quote(reader: Reader, at: int, end: int) -> bool:
    """Whether a line without `>` ends a quote rather than going on with its paragraph; any list item does, a list
    that begins with 4 too."""
    if ITEM.match(reader.text, at, end):
        return True
    return reader.text[at] in MAY_INTERRUPT and (interrupts(reader, at, end) or bool(BREAK.match(reader.text, at, end)))


def list_item(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    if reader.text[at] in "*-" and (broken := thematic_break(reader, lines, i, at)):
        return broken
    start, end = lines[i]
    found = ITEM.match(reader.text, at, end)
    if not found:
        return 0
    gap = len(found.group(2).expandtabs(4))
    width = at - start + len(found.group(1)) + (gap if 1 <= gap <= 4 else 1)
    content: list[Line] = [(found.end() if gap <= 4 else found.end(1) + 1, end)]
    comment = _opens_comment(reader, *content[0], False)
    j, blank = i + 1, content[0][0] >= end
    while j < len(lines):
        line_start, line_end = lines[j]
        spaces = SPACES.match(reader.text, line_start, line_end)
        at_text = spaces.end() if spaces else line_start
        if at_text >= line_end:
            blank = True
            content.append((line_end, line_end))
        elif comment or len(reader.text[line_start:at_text].expandtabs(4)) >= width:
            blank = False
            content.append(reader.stripped(lines[j], width))
        elif blank or _ends_item(reader, at_text, line_end):
            break
        else:
            content.append((at_text, line_end))
        comment = _opens_comment(reader, line_start, line_end, comment)
        j += 1
    while content and j > i + 1 and content[-1][0] >= content[-1][1]:
        content.pop()
        j -= 1
    reader.flush_item()
    reader.list_level += 1
    quotes, reader.quotes = reader.quotes, 0
    marker_end = found.end(1)
    reader.contain(content, Item(at, marker_end, found.group(1), "list-item", reader.list_level))
    reader.quotes = quotes
    reader.list_level -= 1
    return j


def _opens_comment(reader: Reader, start: int, end: int, inside: bool) -> bool:
    """Whether a comment is open at the end of a line; a comment holds an item together whatever its indentation."""
    if inside:
        closed = reader.text.find("-->", start, end)
        return closed < 0 or _opens_comment(reader, closed + 3, end, False)
    opened = reader.text.rfind("<!--", start, end)
    return opened >= 0 and reader.text.find("-->", opened, end) < 0 and reader.text.find("-->", end) >= 0


def _ends_item(reader: Reader, at: int, end: int) -> bool:
    return _interrupts_quote(reader, at, end)


def admonition(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    """`!!! note "Title"` (Python-Markdown): its content is indented."""
    found = _ADMONITION.match(reader.text, at, lines[i][1])
    if not found:
        return 0
    reader.flush_item()
    reader.emit("html", at, lines[i][1], reader.encoded([found.span(1)]) if found.group(1) else [])
    j, content = i + 1, []
    while j < len(lines) and (
        reader.text.startswith(("    ", "\t"), lines[j][0]) or not reader.text[slice(*lines[j])].strip()
    ):
        content.append(reader.stripped(lines[j], 4))
        j += 1
    reader.contain(content, None)
    return j


def colon(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    """`::: warning Title` fences a container (VitePress, Pandoc); `: text` defines the paragraph above."""
    if fence := _CONTAINER.match(reader.text, at, lines[i][1]):
        reader.flush_item()
        rest = (fence.end(), lines[i][1])
        reader.emit("html", at, lines[i][1], reader.encoded([rest]) if rest[0] < rest[1] else [])
        return i + 1
    return _definition(reader, lines, i, at)


def _definition(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    found = _DEFINITION.match(reader.text, at, lines[i][1])
    if not found or not reader.blocks or reader.blocks[-1].kind not in ("paragraph", "definition"):
        return 0
    j, content = i + 1, [(found.end(), lines[i][1])]
    while j < len(lines) and reader.text.startswith(("  ", "\t"), lines[j][0]):
        content.append(reader.stripped(lines[j], 4))
        j += 1
    reader.contain(content, Item(at, found.end(), ":", "definition", 0))
    return j


def bracket(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    end = lines[i][1]
    if found := _FOOTNOTE.match(reader.text, at, end):
        j, content = i + 1, [(found.end(), end)]
        while j < len(lines):
            start, stop = lines[j]
            if reader.text[start:stop].strip() and not reader.text.startswith(("  ", "\t"), start):
                break
            content.append(reader.stripped(lines[j], 4))
            j += 1
        reader.contain(content, Item(at, found.end(), reader.text[at : found.end()].strip(), "footnote", 0))
        return j
    if _ALERT.match(reader.text, at, end):
        reader.flush_item()
        reader.emit("html", at, end, [])
        return i + 1
    found = _REFERENCE.match(reader.text, at, end)
    if found and reader.text[found.end() : end].strip()[:1] in ("", '"', "'", "("):
        reader.flush_item()
        reader.emit("reference", at, end, [], marker=found.group(1))
        return i + 1
    return liquid(reader, lines, i, at)
