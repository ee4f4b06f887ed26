"""Edits, their proof, and writing a file whole.

A merge is a list of (span, new text) applied last to first, so that every byte outside the spans stays as it is. It is
proved before anything is written: the page with the new words must have the outline of the page with the old ones.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bilingual.errors import OutputError, PageError
from bilingual.markdown import parse
from bilingual.markdown.header import find_header
from bilingual.markdown.outline import outline
from bilingual.markup import scan
from bilingual.tags import TAG

_STARTS_BLOCK = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=\s)|[#>]|={2,}|-{2,}|[|:](?=\s)")
_NOT_RELATIVE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|/|#|\{|$")
_DESTINATION = re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\[\]^][^\[\]]*\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"""\b(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


_NEAR = 2_000  # code points around an edit that are looked at for what it does to its paragraphs


class Edit(NamedTuple):
    """Replace `start:end` of a page by `text`; the owner is whoever wants it, for the report."""

    start: int
    end: int
    text: str
    owner: int = -1


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits that do not overlap. Raises ValueError if two do."""
    parts, at = [], 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def guarded(page: str, edit: Edit) -> Edit:
    """The edit with a backslash where its new text would open a block at the start of a line."""
    before = page[page.rfind("\n", 0, edit.start) + 1 : edit.start]
    if before.strip(" \t>") or not (found := _STARTS_BLOCK.match(edit.text)):
        return edit
    at = found.end() - 1 if found.group()[0].isdigit() else 0
    return edit._replace(text=edit.text[:at] + "\\" + edit.text[at:])


def prove(text: str, fixed: Sequence[Edit], proposed: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Part the proposed edits into those that keep the page's structure and those that do not.

    `fixed` are edits that hold either way (what is dropped from a view); the page with them alone is the measure.
    """
    proposed = list(proposed)
    good: list[Edit] = []
    bad: list[Edit] = []
    measure = _structure(apply(text, fixed))

    def part(edits: list[Edit]) -> None:
        if not edits:
            return
        if _structure(apply(text, [*fixed, *good, *edits])) == measure:
            good.extend(edits)
        elif len(edits) == 1:
            bad.append(edits[0])
        else:
            part(edits[: len(edits) // 2])
            part(edits[len(edits) // 2 :])

    if _structure(apply(text, [*fixed, *proposed])) == measure:
        return proposed, []
    suspects = {edit for edit in proposed if _suspect(text, edit)}
    part([edit for edit in proposed if edit not in suspects])
    part([edit for edit in proposed if edit in suspects])
    return good, bad


def _suspect(text: str, edit: Edit) -> bool:
    """Whether an edit changes the outline of the paragraphs that it stands in: those are tried apart from the rest,
    which then most often passes in one go."""
    start = max(text.rfind(gap, max(0, edit.start - _NEAR), edit.start) for gap in ("\n\n", "\n\r\n"))
    ends = [at for gap in ("\n\n", "\n\r\n") if (at := text.find(gap, edit.end, edit.end + _NEAR)) >= 0]
    start, end = max(start, edit.start - _NEAR, 0), min(ends, default=edit.end + _NEAR)
    return outline(text[start:end]) != outline(text[start : edit.start] + edit.text + text[edit.end : end])


def _structure(text: str) -> object:
    """The header's keys with the values that are no text, and the outline of the body."""
    start = 1 if text.startswith("\ufeff") else 0
    try:
        header = find_header(text, start, len(text), "", frozenset())
    except PageError:
        return "broken header"
    shape = _shape(header.data) if header else None
    return shape, outline(text[header.end :] if header else text)


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return tuple((str(key), _shape(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(_shape(inner) for inner in value)
    return tuple(sorted(t.group(1).lower() for t in TAG.finditer(value))) if isinstance(value, str) else repr(value)


def relink(text: str, source_folder: Path, target_folder: Path, keep: Callable[[str], bool] | None = None) -> str:
    """Rewrite relative links and images of a page that moves, so that they still point to the same files.

    `keep` tells of a link target that it means another file where the page goes, and stays as it is.
    """
    if source_folder.resolve() == target_folder.resolve():
        return text
    edits: dict[int, Edit] = {}
    for start, end in _prose(text):
        for left, right, pattern in _link_spans(text[start:end]):
            for found in pattern.finditer(text, start + left, start + right):
                group = 1 if found.group(1) is not None else 2
                if not _NOT_RELATIVE.match(found.group(group)) and not (keep and keep(found.group(group))):
                    moved = _moved(found.group(group), source_folder, target_folder)
                    edits[found.start(group)] = Edit(found.start(group), found.end(group), moved)
    return apply(text, list(edits.values()))


def _prose(text: str) -> list[tuple[int, int]]:
    """The stretches of a page that are neither header nor code nor maths."""
    stretches, at = [], 0
    for block in parse(text).blocks:
        if block.kind in ("front-matter", "code", "math"):
            stretches.append((at, block.start))
            at = block.end
    return [*stretches, (at, len(text))]


def _link_spans(text: str) -> list[tuple[int, int, re.Pattern[str]]]:
    marks = scan(text).marks
    code = [(mark.start, mark.end) for mark in marks if mark.kind in ("code", "math")]
    spans = [(m.start, m.end, _DESTINATION) for m in marks if m.kind in ("link", "image") and m.role < 1]
    spans += [(m.start(), m.end(), _REFERENCE) for m in _REFERENCE.finditer(text)]
    tags = [m.span() for m in TAG.finditer(text) if not any(start <= m.start() < end for start, end in code)]
    return [*spans, *((start, end, _ATTRIBUTE) for start, end in tags)]


def _moved(target: str, source_folder: Path, target_folder: Path) -> str:
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    moved = os.path.relpath(source_folder.resolve() / path, target_folder.resolve()).replace(os.sep, "/")
    return moved + ("/" if path.endswith("/") else "") + target[len(path) :]


def write(path: Path, text: str) -> bool:
    """Put a file in place whole, by way of a neighbour renamed over it; False if it held the same bytes already.

    Raises OutputError, and leaves the old file as it was, when the place cannot be written to.
    """
    data = text.encode("utf-8")
    with contextlib.suppress(OSError):  # absent or unreadable: writing will tell
        if path.read_bytes() == data:
            return False
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for their owner alone; a page keeps its mode, a new one gets the usual.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=str(path)) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):  # gone already when the rename succeeded
                os.unlink(temporary)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
