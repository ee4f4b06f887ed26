"""HTML blocks: the prose between tags, and Markdown inside comments."""

from __future__ import annotations

import re

from bilingual.inline import encode
from bilingual.markdown import htmltext
from bilingual.markdown.leaves import TAGS, paragraph
from bilingual.markdown.state import SPACES, Line, Reader

_HTML = re.compile(
    rf"<(?:(!--)|(\?)|(![A-Za-z\[])|(script|style|pre|textarea)\b|/?(?:{TAGS})(?=[\s/>]|$))", re.IGNORECASE
)

_DIRECTIVE = re.compile(r"\s*bilingual:")
"""What opens a comment that speaks to this program, not to readers."""


def indented(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    if reader.tags.depth and reader.text[at] == "<":
        return html(reader, lines, i, at) or paragraph(reader, lines, i, at)
    if reader.item or (reader.blocks and reader.blocks[-1].kind == "list-item" and reader.list_level):
        return paragraph(reader, lines, i, at)
    j = last = i
    while j < len(lines):
        start, end = lines[j]
        piece = reader.text[start:end]
        if piece.strip():
            if not piece.startswith(("    ", "\t", " \t", "  \t", "   \t")):
                break
            last = j
        j += 1
    reader.emit("code", lines[i][0], lines[last][1], [])
    return last + 1


def html(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    opened = _HTML.match(reader.text, at, lines[i][1])
    if not opened:
        return 0
    if opened.group(1):
        return _html_comment(reader, lines, i, at)
    reader.flush_item()
    verbatim = opened.group(4)
    if verbatim or opened.group(2) or opened.group(3):
        stop = rf"</{verbatim}\s*>" if verbatim else r"\?>" if opened.group(2) else ">"
        ends = re.compile(stop, re.IGNORECASE)
        j = i
        while j < len(lines) - 1 and not ends.search(reader.text, max(at, lines[j][0]), lines[j][1]):
            j += 1
        reader.emit("code" if verbatim and verbatim.lower() == "pre" else "html", at, lines[j][1], [])
        return j + 1
    j = i
    while j < len(lines) and reader.text[slice(*lines[j])].strip():
        j += 1
    _html_text(reader, [(at, lines[i][1]), *lines[i + 1 : j]])
    return j


def _html_text(reader: Reader, lines: list[Line]) -> None:
    """The prose between the tags of an HTML block, each stretch a block of the kind that its tag names."""
    text = reader.text
    content = [(s + len(text[s:e]) - len(text[s:e].lstrip()), e) for s, e in lines]
    units = encode(text, content, form="html")
    tags = htmltext.tags(text, content[0][0], content[-1][1])
    if not units:
        reader.emit("html", content[0][0], content[-1][1], [])
    for unit in units:
        while tags and tags[0].start < unit.start:
            reader.tags.see(tags.pop(0))
        kind, level = reader.tags.kind()
        reader.emit(kind, unit.start, unit.end, [(unit, "html", "")], level)
    for tag in tags:
        reader.tags.see(tag)


def _html_comment(reader: Reader, lines: list[Line], i: int, at: int) -> int:
    close = reader.text.find("-->", at + 4, lines[-1][1])
    stop = close if close >= 0 else lines[-1][1]
    j = i
    inner: list[Line] = []
    while j < len(lines) and lines[j][0] <= stop:
        start = at + 4 if j == i else lines[j][0]
        if start <= min(lines[j][1], stop):
            inner.append((start, min(lines[j][1], stop)))
        if lines[j][1] >= stop:
            break
        j += 1
    was, reader.comment = reader.comment, True
    item, reader.item = reader.item, None
    if any(reader.text[s:e].strip() for s, e in inner) and not _DIRECTIVE.match(reader.text, at + 4):
        begin = _commented_header(reader, inner)
        reader.contain(begin, None)
    reader.comment, reader.item = was, item
    if j >= len(lines):
        return j
    end = lines[j][1]
    after = min(stop + 3, end)
    if reader.text[after:end].strip():
        lines[j] = (after, end)
        return j if j > i else _rest_of_line(reader, lines, j)
    return j + 1


def _rest_of_line(reader: Reader, lines: list[Line], j: int) -> int:
    """Text behind a comment on the comment's own line starts a paragraph."""
    spaces = SPACES.match(reader.text, *lines[j])
    return paragraph(reader, lines, j, spaces.end() if spaces else lines[j][0])


def _commented_header(reader: Reader, inner: list[Line]) -> list[Line]:
    filled = [line for line in inner if reader.text[slice(*line)].strip()]
    if not reader.blocks and reader.text[slice(*filled[0])].strip() in ("---", "+++"):
        after = reader.open_header(filled[0][0], inner[-1][1])
        return [line for line in inner if line[0] >= after] if after > filled[0][0] else inner
    return inner
