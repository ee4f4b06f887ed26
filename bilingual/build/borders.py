"""Where a run of blocks goes in another page: behind the mate of the block before it, with the lines it comes with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bilingual.merge import Edit
from bilingual.model import Block, Page
from bilingual.tags import TAG, VOID

_GAP = re.compile(r"(?:[ \t>]*\r?\n)+[ \t>]*")
_CLOSING = re.compile(r"(?:</[A-Za-z][\w:.-]*\s*>\s*)+")
_TAGS = re.compile(r"(?:</?[A-Za-z][^<>]*>\s*)+")


def insertion(source: Page, target: Page, first: Block, last: Block, mates: Mapping[int, Sequence[int]]) -> Edit | str:
    """The edit that puts a run of blocks of the source into the target, or why there is none.

    `mates` gives the target's blocks for a block of the source.
    """
    before = next((b for b in reversed(source.blocks[: first.index]) if not b.in_comment), None)
    after = next((b for b in source.blocks[last.index + 1 :] if not b.in_comment), None)
    if (before and before.end_line >= first.start_line) or (after and after.start_line <= last.end_line):
        return "it shares a line with text that has a counterpart"
    closing, opening = _between(source, before, first)
    ends, _ = _between(source, last, after)
    lines = _lines(source, first.start_line - opening, last.end_line + ends)
    if not opening or _unbalanced(lines):
        opening = 0
        lines = _lines(source, first.start_line, last.end_line)
    if _unbalanced(lines):
        return "it opens or closes a tag that holds other text"
    newline = "\r\n" if "\r\n" in target.text else "\n"
    anchor = _anchor(source, target, first.index, mates)
    if anchor is not None:
        at = _line_end(target, anchor.end_line + min(closing, _between(target, anchor, None)[0]))
        gap = _gap(source, before.end_line + closing, first.start_line - opening) if before else ""
        gap = gap or ("\n" if before and _in_row(before, first) else "\n\n")
        if anchor.kind == "front-matter" or (before and before.kind == "front-matter"):
            gap = "\n\n"
        return Edit(at, at, (gap + lines).replace("\n", newline))
    follower = next((i for b in source.blocks[last.index + 1 :] for i in mates.get(b.index, ())), None)
    if follower is None:
        body = next((b for b in target.blocks if b.kind == "front-matter" and not b.in_comment), None)
        at = _line_end(target, body.end_line) if body else len(target.text)
        lead = "\n\n" if target.text[:at].strip("\ufeff") and not target.text[:at].endswith("\n") else ""
        return Edit(at, at, (lead + lines + ("" if body else "\n")).replace("\n", newline))
    line = target.blocks[follower].start_line
    at = target.line_starts[line - 1]
    gap = _gap(source, last.end_line, after.start_line) if after and mates.get(after.index) else ""
    gap = gap or "\n\n"
    return Edit(at, at, (lines + gap).replace("\n", newline))


def _anchor(source: Page, target: Page, first: int, mates: Mapping[int, Sequence[int]]) -> Block | None:
    """The block of the target behind which a run belongs."""
    for block in reversed(source.blocks[:first]):
        if not block.in_comment and (found := mates.get(block.index)):
            return target.blocks[max(found)]
    return None


def _lines(page: Page, first: int, last: int) -> str:
    return page.text[page.line_starts[first - 1] : _line_end(page, last)].replace("\r\n", "\n")


def _line_end(page: Page, line: int) -> int:
    """The offset of the end of a line, before its line end."""
    end = page.line_starts[line] - 1 if line < len(page.line_starts) else len(page.text)
    return end - 1 if end and page.text[end - 1 : end] == "\r" else end


def _gap(page: Page, before: int, after: int) -> str:
    """What stands between two lines: line ends and the marks of containers; nothing where there is anything else."""
    gap = page.text[_line_end(page, before) : page.line_starts[after - 1]].replace("\r\n", "\n")
    return gap if _GAP.fullmatch(gap) else ""


def _in_row(before: Block, after: Block) -> bool:
    return before.kind == after.kind and before.kind in ("list-item", "table-cell")


def _between(page: Page, before: Block | None, after: Block | None) -> tuple[int, int]:
    """How many lines of closing tags follow a block, and how many of tags stand right before the next one."""
    start = before.end_line if before else 0
    stop = after.start_line - 1 if after else len(page.line_starts)
    lines = [_lines(page, number, number).strip() for number in range(start + 1, stop + 1)]
    closing = next((n for n, line in enumerate(lines) if not _CLOSING.fullmatch(line)), len(lines))
    opening = next(
        (n for n, line in enumerate(reversed(lines[closing:])) if not _TAGS.fullmatch(line)), len(lines) - closing
    )
    return closing, opening


def _unbalanced(text: str) -> bool:
    """Whether a stretch of lines closes a tag that it does not open, or the other way about."""
    if "<" not in text:
        return False
    open_tags: Counter[str] = Counter()
    for found in TAG.finditer(text):
        name, whole = found.group(1).lower(), found.group()
        if name not in VOID and not whole.endswith("/>"):
            open_tags[name] += -1 if whole.startswith("</") else 1
    return any(open_tags.values())
