"""What the last run found, so that the next one need not parse what has not changed. By content, never by clock.

`.bilingual/state.json` is no part of the record: it may be deleted at any time, and git ignores it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bilingual.merge import write

_IGNORE = "state.json\nlock\n"


Found = tuple[str, list[tuple[str, str, int, str]]]
"""A hash, and notes: kind, name of the page, line, message."""


def digest(parts: Iterable[bytes | None]) -> str:
    """One hash of several files' bytes; a file that is not there counts as such."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(b"-" if part is None else len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


class Manifest:
    """The state file of a site."""

    def __init__(self, folder: Path, fingerprint: str):
        """`fingerprint` is whatever else the verdict on a page depends on; another one makes the file void."""
        self.path = folder / "state.json"
        self.fingerprint = fingerprint
        self.found: dict[str, Found] = {}
        """Name of a couple → hash of its files, and what there is to tell of them."""
        self.kinds: dict[str, list[str]] = {}
        """Name of a page → hash of its bytes and what language it is in."""
        self.rate = 0.0
        """Words a second of the last run that translated; 0 if there was none."""
        data = self._read()
        if data.get("fingerprint") == fingerprint:
            self.found, self.kinds = data.get("found", {}), data.get("kinds", {})
        self.rate = float(data.get("rate", 0.0))

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # absent, or damaged by a kill: everything is looked at again
        return data if isinstance(data, dict) else {}

    def keep(self, found: dict[str, Found], kinds: dict[str, list[str]], root: Path) -> None:
        """Take in what a run found; of the pages that it did not look at, what was known of those that are there."""
        known = {name: what for name, what in self.found.items() if (root / name.rsplit(" ", 1)[0]).exists()}
        self.found = {**known, **found}
        self.kinds = {**{name: kind for name, kind in self.kinds.items() if (root / name).exists()}, **kinds}

    def save(self) -> None:
        """Write the file, and see to it that git ignores it."""
        data = {"fingerprint": self.fingerprint, "rate": round(self.rate, 1), "found": self.found, "kinds": self.kinds}
        write(self.path, json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
        ignore = self.path.parent / ".gitignore"
        if not ignore.exists():
            write(ignore, _IGNORE)
