"""What a change since a git revision touched."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bilingual.errors import ConfigError

_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changed(NamedTuple):
    """Lines of a file that are new or changed, or that stand beside something deleted."""

    ranges: tuple[tuple[int, int], ...]
    """First and last line, 1-based and inclusive."""

    def touches(self, start: int, end: int) -> bool:
        """Whether a range of lines overlaps any of them."""
        return any(first <= end and start <= last for first, last in self.ranges)


EVERYTHING = Changed(((1, 1 << 60),))


def changed(path: Path, ref: str, *, staged: bool = False) -> Changed:
    """What of a file has changed since a revision; all of it if the revision does not hold it.

    `staged` compares the index instead of the file. Raises ConfigError where there is no git, no repository, or no such
    revision.
    """
    folder = path.resolve().parent
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").returncode:
        inside = _git(folder, "rev-parse", "--git-dir").returncode == 0
        raise ConfigError(
            f"git knows no revision {ref!r} here" if inside else "no git repository, so no revision", path=str(path)
        )
    if _git(folder, "cat-file", "-e", f"{ref}:./{path.name}").returncode:
        return EVERYTHING
    options = ["--cached"] if staged else []
    shown = _git(folder, "diff", *options, "-U0", "--no-color", "--no-ext-diff", ref, "--", path.name)
    ranges = []
    for found in _HUNK.finditer(shown.stdout):
        start, count = int(found[1]), int(found[2] or 1)
        ranges.append((start, start + count - 1) if count else (start, start + 1))
    return Changed(tuple(ranges))


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command: Sequence[str] = ("git", "-C", str(folder), *arguments)
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except FileNotFoundError:
        raise ConfigError("git is not installed, so no revision can be compared") from None
