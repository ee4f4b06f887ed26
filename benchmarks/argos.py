"""Our pipeline against `argostranslate.translate` with the same model, on the same sentences, turn about in one run.

    python -m benchmarks.argos PYTHON

PYTHON is the interpreter of an environment with argostranslate and spaCy; both stay out of ours. Argos cuts a text into
sentences before it translates it: its packages get a rule-based splitter of spaCy's, the lightest that it takes. Both
sides are loaded and have answered once before time is taken; each line is a text of its own, as a page's blocks are.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from benchmarks.model import sources
from bilingual.engines import load
from bilingual.engines.packages import EMBEDDED, read
from bilingual.engines.store import export_argos
from bilingual.model import Lang
from bilingual.pipeline import Pipeline

_RUNS = 3
_THEIRS = """
import json, pathlib, sys, time
from argostranslate import package
for name in sys.argv[1:]:
    package.install_from_path(pathlib.Path(name))
import spacy
from argostranslate import settings
for folder in pathlib.Path(settings.package_data_dir).iterdir():
    spacy.blank("xx").to_disk(folder / "spacy")
from argostranslate import translate
for line in sys.stdin:
    to, lines = json.loads(line)
    start = time.perf_counter()
    answers = [translate.translate(each, "en" if to == "zh" else "zh", to) for each in lines]
    print(json.dumps([time.perf_counter() - start, answers]), flush=True)
"""


class Theirs:
    """argostranslate in a process of its own, with the two packages of our model installed."""

    def __init__(self, python: str, folder: Path):
        files = export_argos(read(EMBEDDED), folder / "files")
        (folder / "packages").mkdir()
        environment = {
            **os.environ, "ARGOS_PACKAGES_DIR": str(folder / "packages"), "ARGOS_CHUNK_TYPE": "SPACY",
            "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder),
        }  # fmt: skip
        environment.pop("PYTHONPATH", None)
        self.process = subprocess.Popen(
            [python, "-c", _THEIRS, *map(str, files)], cwd=folder, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def translate(self, lines: list[str], to: Lang) -> tuple[float, list[str]]:
        """Seconds, and the answers."""
        stdin, stdout = self._pipes()
        stdin.write(json.dumps([to, lines]) + "\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise SystemExit("argostranslate ended: does its environment have argostranslate and spacy?")
        seconds, found = json.loads(answer)
        return seconds, found

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self.process.stdin
        assert self.process.stdout
        return self.process.stdin, self.process.stdout


def main() -> None:
    """Print how many times faster ours is: first answers alone, and checked and mended."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("python", help="interpreter of an environment with argostranslate and spacy")
    asked = parser.parse_args()
    engine = load("embedded")
    directions: tuple[Lang, Lang] = ("en", "zh")
    with tempfile.TemporaryDirectory() as folder:
        theirs = Theirs(asked.python, Path(folder))
        for to in directions:
            lines = sources(to)
            theirs.translate(lines[:1], to)
            engine.translate(lines[:1], to)
            times: list[list[float]] = [[], [], []]
            for _ in range(_RUNS):
                seconds, answers = theirs.translate(lines, to)
                times[0].append(seconds)
                for column, fallback in ((1, False), (2, True)):
                    start = time.perf_counter()
                    Pipeline(engine, fallback=fallback).translate(lines, to)
                    times[column].append(time.perf_counter() - start)
            slow, first, checked = map(min, times)
            print(
                f"argos: to {to} {slow / first:.1f} times as fast in first answers, {slow / checked:.1f} checked and "
                f"mended   [at least 4]; {len(lines)} sentences, theirs in {slow:.1f} s"
            )
            print(f"argos: theirs of the first: {answers[0]}")
        theirs.process.terminate()


if __name__ == "__main__":
    main()
