"""The ledger: what each text of a target page was made from, kept in git beside the site.

One PO file for a page and a direction. A source text is a msgid, what stands in the target page its msgstr, the path of
headings its msgctxt; comments tell where the target comes from and hold the keys of both texts as they stood when the
two last agreed. Any PO editor may change a msgstr: the next build brings it into the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bilingual.model import Lang

State = Literal["initial", "translated", "reviewed", "final"]
"""`initial`: not translated; `translated`: by an engine; `reviewed` and `final`: by a person."""

Doubt = Literal["", "stale", "conflict"]
"""`stale`: the source moved under a person's text; `conflict`: both sides moved."""

AUTHOR = "author"
"""The origin of a pair of texts that persons wrote on both sides."""
PERSON = "person"
"""The origin of a target that a person made of an engine's."""
COPY = "copy"
"""The origin of a text that is the same in both pages."""
JOINT = "\n\n"
"""Between the texts of an entry that links more than one unit of a side."""


def key(*parts: str | None) -> str:
    """A short key of a text and whatever else belongs to it; never the word `-`."""
    digest = hashlib.blake2b(digest_size=6)
    for part in parts:
        digest.update(b"\0" if part is None else part.encode("utf-8", "surrogatepass") + b"\1")
    return digest.hexdigest()


@dataclass(frozen=True)
class Entry:
    """One link between texts of the source page and texts of the target page, as of the last run."""

    to: Lang
    source: str
    """In inline-code form; several units joined by an empty line."""
    target: str
    """In inline-code form with the source's code numbers; empty where nothing was translated."""
    source_keys: tuple[str, ...] = ()
    """A key for each unit of the source, as it stood; empty in an entry that another tool made."""
    target_keys: tuple[str, ...] = ()
    """A key for each unit of the target, as the page holds it."""
    was: tuple[str, ...] | None = None
    """While a page is being written: what it held before, () for nothing. A run that was killed is finished by it."""
    context: str = ""
    origin: str = AUTHOR
    """`author`, `person`, `copy`, `rule`, or an engine and the fingerprint of its model."""
    state: State = "reviewed"
    doubt: Doubt = ""
    previous: str = ""
    """In doubt: the source that the target was made from."""
    draft: str = ""
    """In doubt: what an engine makes of the source now."""
    drafted_by: str = ""
    reason: str = ""
    """Why it was left untranslated."""
    gone: Literal["", "source", "target"] = ""
    """The side that a person deleted; the other is kept."""
    notes: tuple[str, ...] = ()
    """Comment lines of translators."""
    codes: tuple[str, ...] = ()
    """What the inline codes stand for, for the eyes of translators."""
    after: int = field(default=-1, compare=False)
    """Found when loaded: of an entry with a side gone, how many whole ones stand before it."""
    edited: bool = False
    """Found when loaded: the target was changed in this file since the last run."""
    confirmed: bool = False
    """Found when loaded: the mark of doubt was taken off in this file."""

    @property
    def machine(self) -> bool:
        """Whether no person has touched the target."""
        return self.state in ("initial", "translated")

    def text(self, lang: Lang) -> str:
        """The text of one side."""
        return self.target if lang == self.to else self.source

    def keys(self, lang: Lang) -> tuple[str, ...]:
        """The keys of one side."""
        return self.target_keys if lang == self.to else self.source_keys

    def settled(self) -> Entry:
        """The entry once the page is written."""
        return replace(self, was=None, edited=False, confirmed=False)


@dataclass(frozen=True)
class Shared:
    """A block that both pages hold as it is, code or a picture; `-` for a side that lacks it."""

    at: int
    """How many entries with both sides stand before it."""
    source_key: str
    target_key: str
    was: tuple[str, str] | None = None
    """While a page is being written: both keys as they were before."""

    def settled(self) -> Shared:
        """The record once the page is written."""
        return replace(self, was=None)


@dataclass
class Ledger:
    """All entries of a page in one direction, in the order of the source page."""

    path: Path
    to: Lang
    source_name: str
    """The source page, relative to the site, with `/`."""
    target_name: str
    entries: list[Entry] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    """What other tools wrote into the file's header."""

    def unsettled(self) -> bool:
        """Whether a run was killed, or a tool has edited, since the ledger last agreed with its pages."""
        return any(entry.was is not None or entry.edited or entry.confirmed for entry in self.entries)


def unique(contexts: Iterable[tuple[str, str]]) -> list[str]:
    """A context for each (context, source) that makes the pair unique, as gettext wants it."""
    seen: dict[tuple[str, str], int] = {}
    taken: set[tuple[str, str]] = set()
    found = []
    for context, source in contexts:
        name = context
        while (name, source) in taken:
            seen[context, source] = seen.get((context, source), 1) + 1
            name = f"{context} ({seen[context, source]})".lstrip()
        taken.add((name, source))
        found.append(name)
    return found
