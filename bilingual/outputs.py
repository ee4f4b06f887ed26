"""What was written where, so that a file which a person has edited since is never overwritten.

`.bilingual/written.json` in the output's folder holds, for each file that a run wrote, the hash of its bytes and of
everything it was made from. A file whose bytes are no longer those is a person's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from bilingual.errors import OutputError
from bilingual.merge import write

_RECORD = Path(".bilingual") / "written.json"

State = Literal["absent", "ours", "edited", "foreign"]
"""`edited`: we wrote it and someone changed it since; `foreign`: it is there and we never wrote it."""


def digest(parts: Iterable[bytes | str]) -> str:
    """One hash of several texts, their borders included."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


class Outputs:
    """The record of one output folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / _RECORD
        self.files: dict[str, dict[str, str]] = {}
        if self.path.exists():
            try:
                self.files = json.loads(self.path.read_text(encoding="utf-8"))["files"]
            except (OSError, ValueError, KeyError, TypeError):
                raise OutputError(
                    "damaged record; restore it, or delete it to start anew", path=str(self.path)
                ) from None

    def state(self, name: str) -> State:
        """What a file in the folder is to us."""
        try:
            data = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return "absent"
        except OSError as error:
            raise OutputError(f"cannot be read: {error.strerror}", path=str(self.folder / name)) from None
        known = self.files.get(name)
        if not known:
            return "foreign"
        return "ours" if known.get("bytes") == digest([data]) else "edited"

    def current(self, name: str, made_from: str) -> bool:
        """Whether a file stands as we wrote it and was made from the same."""
        return self.files.get(name, {}).get("from") == made_from and self.state(name) == "ours"

    def left(self, name: str) -> int:
        """How many units of a file were left untranslated when it was written."""
        return int(self.files.get(name, {}).get("left", "0"))

    def put(self, name: str, text: str, made_from: str, left: int = 0) -> bool:
        """Write a file, then its record; False if it held the same bytes already."""
        changed = write(self.folder / name, text)
        self.files[name] = {"bytes": digest([text]), "from": made_from, "left": str(left)}
        record = json.dumps({"version": 1, "files": dict(sorted(self.files.items()))}, indent=1, ensure_ascii=False)
        write(self.path, record + "\n")
        return changed
