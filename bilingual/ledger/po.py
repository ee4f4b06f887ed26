"""A ledger as a gettext PO file, by way of polib.

    # origin: embedded 3781517fa043          where the target comes from
    # state: translated
    # keys: 90ab12cd34ef > 5a6b7c8d9e0f = 1f2e3d4c5b6a   source, target in its page, msgstr in this file
    #. ⟦1⟧ [ ](https://example.org)          what an inline code stands for
    #, fuzzy                                 the source has moved since; then also a draft and the source it was
    #| msgid "as it was"
    msgctxt "Projects"
    msgid "…"
    msgstr "…"

Nothing in it depends on a clock, so that a run with nothing to do writes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bilingual.errors import LedgerError
from bilingual.ledger import AUTHOR, PERSON, Doubt, Entry, Ledger, Shared, State, key, unique
from bilingual.model import Lang

if TYPE_CHECKING:
    import polib

VERSION = 1
_CONFLICT_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)
_FIELD = re.compile(r"(origin|state|keys|was|doubt|draft|drafted by|left|gone): (.*)")
_NOT_PO = "no valid PO file; repair the line, or restore the file from git"
_KEYS = re.compile(r"([0-9a-f+]*) > ([0-9a-f+]*) = ([0-9a-f]*)")
_SHARED = re.compile(r"(\d+):([0-9a-f]+|-)/([0-9a-f]+|-)(?:<([0-9a-f]+|-)/([0-9a-f]+|-))?")
_AFTER = re.compile(r"after (\d+)")
_LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]+)?"(?:[^"\\]|\\.)*"')
_LANGUAGE: dict[Lang, str] = {"en": "en", "zh": "zh_CN"}
_OWN = ("X-Bilingual-Ledger", "X-Bilingual-Source", "X-Bilingual-Target", "X-Bilingual-Shared")


def load(path: Path, to: Lang, *, name: str | None = None) -> Ledger:
    """Read a ledger. Raises LedgerError, with the line, for a file that is damaged or not for this version."""
    import polib

    name = name or str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise LedgerError(f"no UTF-8 at byte {error.start}; restore the file from git", path=name) from None
    except OSError as error:
        raise LedgerError(f"cannot be read: {error.strerror}", path=name) from None
    if mark := _CONFLICT_MARK.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise LedgerError("git's conflict marks are in this file; resolve the conflict", path=name, line=line)
    _check_lines(text, name)
    try:
        # A text of one line would be taken for a file name.
        file = polib.pofile(text + "\n\n", wrapwidth=0, encoding="utf-8", check_for_duplicates=False)
    except (OSError, ValueError, IndexError, AttributeError) as error:
        raise LedgerError(f"{_NOT_PO} ({error})", path=name) from None
    meta = file.metadata
    version = meta.get("X-Bilingual-Ledger", "")
    if not version.isdigit():
        raise LedgerError("no ledger: its header lacks X-Bilingual-Ledger; restore the file from git", path=name)
    if int(version) > VERSION:
        raise LedgerError(f"written by a newer version of bilingual (ledger {version}); update bilingual", path=name)
    return Ledger(
        path, to, meta.get("X-Bilingual-Source", ""), meta.get("X-Bilingual-Target", ""),
        _in_order([_entry(entry, to) for entry in file if entry.msgid]),
        [_shared_record(*found) for found in _SHARED.findall(meta.get("X-Bilingual-Shared", ""))],
        {k: v for k, v in meta.items() if k not in _OWN},
    )  # fmt: skip


def _check_lines(text: str, name: str) -> None:
    """polib passes over much that is no PO, and a text lost in silence would be taken for one that was deleted."""
    for number, line in enumerate(text.split("\n"), 1):
        body = line.strip()
        if body.startswith(("#~|", "#|")):
            continue
        if body.startswith("#~"):
            body = body[2:].strip()
        if body and not body.startswith("#") and not _LINE.fullmatch(body):
            raise LedgerError(_NOT_PO, path=name, line=number)


def dump(ledger: Ledger) -> str:
    """The whole file of a ledger."""
    import polib

    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": ledger.source_name,
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        **ledger.header,
        "Language": _LANGUAGE[ledger.to],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Bilingual-Ledger": str(VERSION),
        "X-Bilingual-Source": ledger.source_name,
        "X-Bilingual-Target": ledger.target_name,
    }
    if ledger.shared:
        file.metadata["X-Bilingual-Shared"] = " ".join(map(_shared, ledger.shared))
    lives = 0
    contexts = unique((entry.context, entry.source) for entry in ledger.entries)
    for entry, context in zip(ledger.entries, contexts, strict=True):
        file.append(_po(entry, context, lives))
        lives += not entry.gone
    return f"{file}".rstrip("\n") + "\n"


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Entries of which one side is gone back between those that they stood between."""
    order: list[Entry] = []
    waiting = sorted((entry for entry in entries if entry.gone and entry.after >= 0), key=lambda entry: entry.after)
    lives = 0
    for entry in (entry for entry in entries if not (entry.gone and entry.after >= 0)):
        while waiting and waiting[0].after <= lives:
            order.append(waiting.pop(0))
        order.append(entry)
        lives += not entry.gone
    return [*order, *waiting]


def _shared_record(at: str, source: str, target: str, was_source: str, was_target: str) -> Shared:
    return Shared(int(at), source, target, (was_source, was_target) if was_source else None)


def _shared(record: Shared) -> str:
    was = f"<{record.was[0]}/{record.was[1]}" if record.was else ""
    return f"{record.at}:{record.source_key}/{record.target_key}{was}"


def _entry(found: polib.POEntry, to: Lang) -> Entry:
    fields: dict[str, list[str]] = {}
    notes = []
    for line in (found.tcomment or "").split("\n"):
        if own := _FIELD.fullmatch(line):
            fields.setdefault(own[1], []).append(own[2])
        elif line:
            notes.append(line)

    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    keys = _KEYS.fullmatch(one("keys"))
    fuzzy = "fuzzy" in found.flags
    doubt = cast(Doubt, one("doubt") or ("stale" if fuzzy else ""))
    gone = one("gone").partition(",")[0] or ("source" if found.obsolete else "")
    return Entry(
        to, found.msgid, found.msgstr,
        _split(keys[1]) if keys else (), _split(keys[2]) if keys else (),
        _split(one("was").strip("-")) if "was" in fields else None,
        re.sub(r"(?:^| )\(\d+\)$", "", found.msgctxt or ""),
        one("origin") or (AUTHOR if found.msgstr else ""),
        cast(State, one("state") or ("reviewed" if found.msgstr else "initial")),
        doubt if fuzzy or found.obsolete else "",
        found.previous_msgid or "",
        _unfold(one("draft")), one("drafted by"), _unfold(one("left")), gone if found.obsolete else "",  # type: ignore[arg-type]
        tuple(notes), tuple((found.comment or "").split("\n")) if found.comment else (),
        int(place[1]) if (place := _AFTER.search(one("gone"))) else -1,
        edited=keys is not None and key(found.msgstr) != keys[3],
        confirmed=bool(one("doubt")) and not fuzzy and not found.obsolete,
    )  # fmt: skip


def _po(entry: Entry, context: str, at: int) -> polib.POEntry:
    import polib

    made: dict[str, Any] = {
        "msgid": entry.source,
        "msgstr": entry.target,
        "msgctxt": context or None,
        "tcomment": "\n".join([*entry.notes, *_fields(entry, at)]),
        "comment": "\n".join(entry.codes),
        "obsolete": bool(entry.gone),
    }
    if entry.doubt:
        made["flags"] = ["fuzzy"]
        made["previous_msgid"] = entry.previous or None
    return polib.POEntry(**made)


def _fields(entry: Entry, at: int) -> Iterator[str]:
    yield f"origin: {entry.origin or PERSON}"
    yield f"state: {entry.state}"
    made = "0" if entry.edited else key(entry.target)  # an edit that could not be brought into the page stays one
    yield f"keys: {'+'.join(entry.source_keys)} > {'+'.join(entry.target_keys)} = {made}"
    if entry.was is not None:
        yield f"was: {'+'.join(entry.was) or '-'}"
    if entry.reason:
        yield f"left: {_fold(entry.reason)}"
    if entry.gone:
        yield f"gone: {entry.gone}, after {at}"  # PO files keep obsolete entries at their end
    if entry.doubt:
        yield f"doubt: {entry.doubt}"
    if entry.draft:
        yield f"draft: {_fold(entry.draft)}"
        yield f"drafted by: {entry.drafted_by}"


def _split(keys: str) -> tuple[str, ...]:
    return tuple(keys.split("+")) if keys else ()


def _fold(text: str) -> str:
    return "".join({"\\": "\\\\", "\n": "\\n", "\r": "\\r"}.get(c, c) for c in text)


def _unfold(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), text)
