"""The block scanner: a page's lines become blocks with spans.

CommonMark's block rules (https://spec.commonmark.org/0.31.2/#container-blocks-and-leaf-blocks) over virtual lines: a
line is a span of the page, and a container hands its children the same lines with a later start. So every offset is an
offset of the page from the first moment, and nothing has to be mapped back.
"""

from __future__ import annotations

import re

from bilingual.markdown.containers import admonition, bracket, colon, list_item, quote
from bilingual.markdown.header import find_header
from bilingual.markdown.htmlblocks import html, indented
from bilingual.markdown.leaves import fence, heading, liquid, math, paragraph, thematic_break
from bilingual.markdown.state import Handler, Reader
from bilingual.model import Block

_LEADING_COMMENT = re.compile(r"\ufeff?\s*<!--")

STARTS: dict[str, Handler] = {
    "#": heading, "`": fence, "~": fence, "$": math, "{": liquid, "[": bracket, ":": colon, ">": quote, "<": html,
    "_": thematic_break, "!": admonition, "?": admonition, **dict.fromkeys("-+*0123456789", list_item),
}  # fmt: skip
"""What may begin with a character; a handler returns the index of the next line, or 0 when it is something else."""


def read_blocks(text: str, path: str, keys: frozenset[str]) -> tuple[list[Block], dict[str, object]]:
    """All blocks of a page in order, and its header as data."""
    reader = Reader(text, path, keys, STARTS, indented, paragraph)
    start = 1 if reader.text.startswith("\ufeff") else 0
    body = reader.open_header(start, len(reader.text))
    if body == start and _LEADING_COMMENT.match(reader.text):
        body = _after_comments(reader, start)
    reader.run(reader.lines(body, len(reader.text)))
    return reader.blocks, reader.header


def _after_comments(reader: Reader, start: int) -> int:
    """A header may follow comments that open the page (Kubernetes keeps the English one there)."""
    at = start
    while opened := re.compile(r"\s*<!--").match(reader.text, at):
        close = reader.text.find("-->", opened.end())
        if close < 0:
            return start
        at = close + 3
    gap = re.compile(r"\s*\n").match(reader.text, at)
    if not gap or not reader.text.startswith(("---", "+++"), gap.end()):
        return start
    if not find_header(reader.text, gap.end(), len(reader.text), reader.path, reader.keys):
        return start
    reader.run(reader.lines(start, at))
    return reader.open_header(gap.end(), len(reader.text))
