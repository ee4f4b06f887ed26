"""What a run has to tell about single places."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bilingual.ledger import Entry

Kind = Literal["left", "stale", "conflict", "deleted", "unsure", "missing", "locked", "refused", "removed"]
"""
left      not translated; it stands in the other language
stale     the source moved under a person's text
conflict  both sides moved
deleted   the source is gone, its target is kept
unsure    two texts without counterpart at one place: they may say the same
missing   a text that could not be put into the other page
locked    a draft waits, the place is locked
refused   an edit of the ledger that the page cannot take
removed   a person took a text out of one page; it is not made again (told once, no fault)
"""


class Note(NamedTuple):
    """Something to tell the user about one place."""

    kind: Kind
    path: str
    line: int
    message: str


def doubt_of(entry: Entry, source: str, *, locked: bool) -> tuple[Kind, str] | None:
    """What there is to tell of a text as the ledger has it: its kind and the message; None if all is well.

    `source` is the name of the page that it was made from.
    """
    offered = f"; offered: {entry.draft}" if entry.draft else ""
    if entry.doubt == "conflict":
        return "conflict", f"changed here and in {source}; nothing was written{offered}"
    if entry.doubt:
        why = f"; no draft: {entry.reason}" if entry.reason and not entry.draft else ""
        return "locked" if locked else "stale", f"{source} has changed{offered}{why}"
    if entry.state == "initial" and not entry.target:
        return "left", entry.reason + offered
    return None
