"""The three-way rule: what is to be done about one link, from which of its sides has moved."""

from __future__ import annotations

from typing import Literal

from bilingual.ledger import AUTHOR, Entry

Verdict = Literal["same", "write", "renew", "stale", "conflict", "reviewed", "turn", "confirmed"]
"""
same        nothing moved
write       the ledger holds a target that the page has not got yet: put it there
renew       an engine's target, and the source moved: translate anew
stale       a person's target, and the source moved: keep it, mark it, offer a draft
conflict    both sides moved: keep both, say so
reviewed    a person changed the target: it is hers now, and up to date
turn        of two texts that persons wrote, the target moved: now the source is the stale one
confirmed   a person took the mark of doubt off: it is up to date
"""


def verdict(
    entry: Entry, *, source_moved: bool, target_moved: bool, pending: bool, locked: bool, two_way: bool
) -> Verdict:
    """The rule. `pending`: the target page holds what it held before a run that was killed; `locked`: the target is.

    A person's text is never replaced here; `write` is the wish of a person who edited the ledger, or the end of a
    killed run.
    """
    if entry.edited or pending:
        if target_moved and not pending:
            return "conflict"
        if entry.edited and not entry.target:
            return "stale" if locked else "renew"
        if pending and source_moved and entry.machine and not entry.edited:
            return "stale" if locked else "renew"
        return "stale" if locked else "write"
    if source_moved and target_moved:
        return "conflict"
    if target_moved:
        return "turn" if entry.origin == AUTHOR and not entry.doubt and two_way else "reviewed"
    if source_moved:
        return "renew" if entry.machine and not locked else "stale"
    return "confirmed" if entry.confirmed else "same"
