"""Translation memory: what an engine was asked before, and what came of it. Exact matches only.

One SQLite file in the user's cache folder. It is a convenience: where it cannot be read or written the translator does
without it, and says so once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

SCHEMA = 1
"""A file of another schema is set aside, not migrated: everything in it can be made again."""
_AT_ONCE = 500  # SQLite of 2020 allows 999 variables in a statement
_TABLE = "CREATE TABLE IF NOT EXISTS memory (key BLOB PRIMARY KEY, target TEXT, reason TEXT, score REAL, missed TEXT)"


class Remembered(NamedTuple):
    """What came of a segment."""

    target: str | None
    """None where it was left untranslated: asking the same engine again would give the same."""
    reason: str = ""
    score: float = 0.0
    terms_missed: tuple[str, ...] = ()


def key(*parts: str) -> bytes:
    """A key over everything that a target depends on."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.digest()


def default_path() -> Path:
    """`BILINGUAL_CACHE` names the folder; else it is the platform's cache folder for programs."""
    named = os.environ.get("BILINGUAL_CACHE")
    if named:
        return Path(named) / "memory.sqlite"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "bilingual" / "memory.sqlite"


class Memory:
    """The memory in one file, opened when first used; several processes may use it at a time."""

    def __init__(self, path: str | Path | None = None):
        self._open: sqlite3.Connection | None = None
        self.path = Path(path) if path is not None else default_path()
        self.trouble = ""
        """Why there is no memory this time, in words for the user; empty while all is well."""

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Remembered]:
        """What is remembered under these keys."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, Remembered] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, target, reason, score, missed FROM memory WHERE key IN ({marks})"
            for row in self._run(query, some):
                found[row[0]] = Remembered(row[1], row[2], row[3], tuple(row[4].split("\n")) if row[4] else ())
        return found

    def put(self, entries: Mapping[bytes, Remembered]) -> None:
        """Remember these, in one transaction."""
        rows = [(k, r.target, r.reason, r.score, "\n".join(r.terms_missed)) for k, r in entries.items()]
        if rows:
            self._run("INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?)", rows, many=True)

    def close(self) -> None:
        """Close the file; it is opened again when used again."""
        if self._open:
            self._open.close()
            self._open = None

    def __del__(self) -> None:
        # From Python 3.13 a connection warns when nobody closes it; a pipeline is used up to the end of its run.
        self.close()

    def _run(self, statement: str, values: list, *, many: bool = False) -> list[tuple]:  # type: ignore[type-arg]
        """Run one statement; a damaged file is set aside and begun anew, any other trouble ends the memory's use."""
        import sqlite3

        for last in (False, True):
            if self.trouble:
                break
            try:
                connection = self._open or self._connect()
                with connection:
                    if many:
                        connection.executemany(statement, values)
                        return []
                    return connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError as error:  # read-only, locked for long, disk full, no such folder
                self._give_up(error)
            except sqlite3.DatabaseError as error:
                self.close()
                if last or not self._set_aside():
                    self._give_up(error)
            except OSError as error:
                self._give_up(error)
        return []

    def _connect(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA):
                raise sqlite3.DatabaseError(f"schema {version}")
            if version == 0:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version={SCHEMA}")
                connection.commit()
            connection.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            connection.close()
            raise
        self._open = connection
        return connection

    def _set_aside(self) -> bool:
        """Move the file out of the way, its write-ahead log with it. Whether that was possible."""
        try:
            os.replace(self.path, self.path.with_suffix(".damaged"))
        except OSError:
            return False
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.remove(f"{self.path}{suffix}")
        return True

    def _give_up(self, error: Exception) -> None:
        self.close()
        self.trouble = f"going on without the translation memory {self.path}: {error}"
