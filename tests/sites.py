"""A small site in a folder of its own, built with made-up words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bilingual.build import Options, Report, build
from bilingual.build.couples import Site
from bilingual.build.survey import Wishes
from bilingual.memory import Memory
from bilingual.model import Lang
from bilingual.pipeline import Pipeline
from bilingual.testing import WordEngine

ORIGIN = "words 1"


class Counting(WordEngine):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, segments: Sequence[str], to: Lang, **options):  # type: ignore[no-untyped-def]
        self.asked += segments
        return super().translate(segments, to, **options)


class Small:
    """A site, and the last report of a build of it."""

    def __init__(self, root: Path, pages: dict[str, str] | None = None, *, memory: Memory | None = None):
        self.root = root
        self.engine = Counting()
        self.memory = memory
        self.where = Site(root)
        for name, text in (pages or {}).items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}:\n{text}"
        self.write(name, text.replace(old, new, 1))

    def build(self, *, accept: bool = False, keep: bool = False, note: bool = False, dry_run: bool = False) -> Report:
        self.engine.asked.clear()
        wishes = Wishes(accept=accept, keep=keep, origin=ORIGIN)
        options = Options(wishes, note=note, dry_run=dry_run)
        report = build(self.where, [self.root], options, lambda: Pipeline(self.engine, memory=self.memory))
        assert not report.errors, report.errors
        return report

    def files(self) -> dict[str, bytes]:
        """The pages and ledgers, without what is no part of the record."""
        skipped = ("state.json", "lock", ".gitignore")
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*")) if path.is_file() and path.name not in skipped
        }  # fmt: skip


def kinds(report: Report) -> list[str]:
    """What a report tells, by word."""
    return sorted(note.kind for note in report.notes)


def word(text: str, to: Lang = "zh") -> str:
    """What the pipeline makes of a text."""
    return Pipeline(WordEngine()).translate([text], to)[0].text
