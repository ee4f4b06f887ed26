"""Translation memory of persons: pairs of texts that people wrote or read, found again when a text is alike.

One SQLite file beside the engine's memory. FTS5 finds the pairs that share the most with a text, rapidfuzz says how
alike they are. Texts are in inline-code form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilingual.errors import OutputError
from bilingual.memory import default_path
from bilingual.model import Lang
from bilingual.text import HAN, SYMBOL

if TYPE_CHECKING:
    import sqlite3

LEAST = 0.75
"""How alike a text must be to be offered."""
_SCHEMA = 1
_MOST_GRAMS = 32
_CANDIDATES = 40
_GRAM = re.compile(rf"[a-z0-9]+|[{HAN}]+")


class Match(NamedTuple):
    """A pair found for a text."""

    source: str
    target: str
    likeness: float
    """0 to 1; 1 is the same text."""


class FuzzyMemory:
    """The pairs in one file. Raises OutputError where the file cannot be read or written."""

    def __init__(self, path: str | Path | None = None):
        self.path = Path(path) if path is not None else default_path().with_name("pairs.sqlite")

    def add(self, pairs: Iterable[tuple[str, str]]) -> int:
        """Remember English and Chinese texts that say the same; how many of them are new."""
        rows = [(en, zh) for en, zh in dict.fromkeys(pairs) if en.strip() and zh.strip()]
        if not rows:
            return 0
        with self._connection() as connection, connection:
            new = 0
            for en, zh in rows:
                done = connection.execute("INSERT OR IGNORE INTO pairs (en, zh) VALUES (?, ?)", (en, zh))
                if done.rowcount == 1:
                    new += 1
                    grams = (done.lastrowid, " ".join(_grams(en)), " ".join(_grams(zh)))
                    connection.execute("INSERT INTO grams (rowid, en, zh) VALUES (?, ?, ?)", grams)
            return new

    def exact(self, texts: Iterable[str], to: Lang) -> dict[str, str]:
        """For each text that has one, its translation; of several the one that came last."""
        source = "zh" if to == "en" else "en"
        if not self.path.exists():
            return {}
        found: dict[str, str] = {}
        with self._connection() as connection:
            for text in texts:
                query = f"SELECT {to} FROM pairs WHERE {source} = ? ORDER BY id DESC LIMIT 1"
                row = connection.execute(query, (text,)).fetchone()
                if row and sorted(SYMBOL.findall(row[0])) == sorted(SYMBOL.findall(text)):
                    found[text] = row[0]
        return found

    def find(self, text: str, to: Lang, *, least: float = LEAST) -> Match | None:
        """The pair whose text in the other language is most like this one, if it is alike enough."""
        from rapidfuzz.fuzz import ratio

        grams = sorted(set(_grams(text)), key=lambda gram: (-len(gram), gram))[:_MOST_GRAMS]
        if not grams or not self.path.exists():
            return None
        source = "zh" if to == "en" else "en"
        wanted = f"{source} : ({' OR '.join(chr(34) + gram + chr(34) for gram in grams)})"
        query = (
            "SELECT pairs.en, pairs.zh FROM grams JOIN pairs ON pairs.id = grams.rowid "
            "WHERE grams MATCH ? ORDER BY bm25(grams) LIMIT ?"
        )
        with self._connection() as connection:
            rows = connection.execute(query, (wanted, _CANDIDATES)).fetchall()
        best: Match | None = None
        for en, zh in rows:
            mine, theirs = (zh, en) if to == "en" else (en, zh)
            score = ratio(text, mine) / 100
            if score >= max(least, best.likeness if best else 0.0):
                best = Match(mine, theirs, score)
        return best

    def all(self) -> Iterator[tuple[str, str]]:
        """All pairs, English and Chinese, in the order in which they came."""
        if self.path.exists():
            with self._connection() as connection:
                yield from connection.execute("SELECT en, zh FROM pairs ORDER BY id")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        import sqlite3

        try:
            with closing(self._connect()) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"the memory cannot be used: {error}", path=str(self.path)) from None

    def _connect(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _SCHEMA):
                raise OutputError("written by another version of bilingual; move it away", path=str(self.path))
            if version == 0:
                with connection:
                    connection.execute(
                        "CREATE TABLE IF NOT EXISTS pairs (id INTEGER PRIMARY KEY, en TEXT, zh TEXT, UNIQUE (en, zh))"
                    )
                    connection.execute("CREATE INDEX IF NOT EXISTS by_zh ON pairs (zh)")
                    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS grams USING fts5(en, zh, content='')")
                    connection.execute(f"PRAGMA user_version={_SCHEMA}")
        except BaseException:
            connection.close()
            raise
        return connection


def _grams(text: str) -> Iterator[str]:
    """What a text is found by: its Latin words, and its Han characters two by two."""
    for found in _GRAM.finditer(SYMBOL.sub(" ", text).lower()):
        run = found[0]
        if run[0].isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))
