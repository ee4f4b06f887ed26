"""What has changed since a git revision, or is staged, line by line: a gate asks only about what was touched."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.errors import BilingualError

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_DIFF = ("diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--dst-prefix=")


@dataclass
class Changes:
    """Lines of files that a change has touched."""

    lines: dict[Path, list[tuple[int, int]]] = field(default_factory=dict)
    """Absolute path → ranges of lines, 1-based and inclusive. Where lines were only taken out, their neighbours."""
    whole: set[Path] = field(default_factory=set)
    """Absolute paths of files that are new."""

    def touches(self, path: str | Path, first: int, last: int) -> bool:
        """Whether any line of a range was touched."""
        place = Path(path).resolve()
        return place in self.whole or any(first <= b and a <= last for a, b in self.lines.get(place, ()))

    def knows(self, path: str | Path) -> bool:
        """Whether a file was touched at all."""
        place = Path(path).resolve()
        return place in self.whole or place in self.lines


def since(revision: str, paths: Iterable[str | Path] = ()) -> Changes:
    """What the working tree has changed since it parted from a revision, new files included.

    Asked of the repositories that hold `paths`, or of the one we are in. Raises BilingualError outside of a repository,
    and for an unknown revision.
    """
    changes = Changes()
    for top in _repositories(paths):
        commit = f"{revision}^{{commit}}"
        if revision.startswith("-") or not _git(top, "rev-parse", "--verify", "--quiet", commit, may_fail=True):
            raise BilingualError(f"git knows no revision {revision!r} here")
        base = _git(top, "merge-base", revision, "HEAD", may_fail=True).strip() or os.fsencode(revision)
        _read(changes, top, _git(top, *_DIFF, os.fsdecode(base), "--"))
        new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
        changes.whole |= {top / os.fsdecode(name) for name in new.split(b"\0") if name}
    return changes


def staged(paths: Iterable[str | Path] = ()) -> Changes:
    """What the next commit would change, in the same repositories. Raises BilingualError outside of one."""
    changes = Changes()
    for top in _repositories(paths):
        _read(changes, top, _git(top, *_DIFF, "--cached", "--"))
    return changes


def _repositories(paths: Iterable[str | Path]) -> list[Path]:
    """The top folders of the repositories that hold some paths."""
    folders = dict.fromkeys(Path(path).resolve().parent for path in paths) or {Path.cwd(): None}
    tops: dict[Path, None] = {}
    for folder in folders:
        top = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
        if top is None:
            raise BilingualError("no git repository here, so nothing can be told about changes", path=str(folder))
        tops[top] = None
    return list(tops)


def _git(folder: Path, *arguments: str, may_fail: bool = False) -> bytes:
    command: Sequence[str] = ("git", "-c", "core.quotepath=off", *arguments)
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        raise BilingualError("git is not installed, so nothing can be told about changes") from None
    if done.returncode and not may_fail:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BilingualError(f"git {arguments[0]} failed: {said[-1] if said else done.returncode}")
    return b"" if done.returncode else done.stdout


def _read(changes: Changes, top: Path, diff: bytes) -> None:
    """Add the touched lines of a diff without context; a hunk's own lines are stepped over, whatever they look like."""
    path: Path | None = None
    skip = 0
    for line in diff.split(b"\n"):
        if skip and line[:1] in (b"+", b"-", b"\\"):
            skip -= line[:1] != b"\\"
            continue
        if line.startswith(b"+++ "):
            name = _unquoted(line[4:].rstrip(b"\r\t"))
            path = None if name == b"/dev/null" else top / os.fsdecode(name)
        elif path and (hunk := _HUNK.match(line)):
            first, count = int(hunk[1]), int(hunk[2] or b"1")
            changes.lines.setdefault(path, []).append((first, first + count - 1) if count else (first, first + 1))
            skip = _hunk_length(line)


def _hunk_length(header: bytes) -> int:
    counts = re.findall(rb"[-+]\d+(?:,(\d+))?", header.split(b"@@")[1])
    return sum(int(count or b"1") for count in counts)


def _unquoted(name: bytes) -> bytes:
    """git quotes names that hold quotation marks or control characters, as C does."""
    if not name.startswith(b'"'):
        return name
    return name[1:-1].decode("unicode_escape").encode("latin-1")
