"""The pre-commit hook as a whole process, against the imports that any such tool needs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pages import page
from benchmarks.terms import glossary

_PAGES = 10
_SHARE = 0.05
"""Of 200 terms ten stand in the pages."""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Processor time of one run, which other processes do not lengthen; a run that fails stops the benchmark."""
    start = os.times()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode > 1 or b"Traceback" in done.stderr:
        raise SystemExit(done.stderr.decode())
    end = os.times()
    return end.children_user + end.children_system - start.children_user - start.children_system


def main() -> None:
    """Print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(_PAGES):
            (folder / f"{number}.md").write_text(page(number), encoding="utf-8")
        (folder / "glossary.yaml").write_text(glossary(random.Random(1), 200, _SHARE), encoding="utf-8")
        pages = [f"{number}.md" for number in range(_PAGES)]
        hook = [sys.executable, "-m", "bilingual", "check", *pages]
        imports = [sys.executable, "-c", "import click, yaml, mistune"]
        runs = [(seconds(hook, folder), seconds(imports, folder)) for _ in range(9)]
        alone = [seconds([*hook, "--rule", "deprecated-form"], folder) for _ in range(9)]
    ours, theirs = min(run[0] for run in runs), min(run[1] for run in runs)
    print(
        f"hook: {ours / theirs:.2f} x the imports of click, yaml and mistune ({ours * 1e3:.0f}, {theirs * 1e3:.0f} ms) "
        f"on {_PAGES} pages; deprecated-form alone {min(alone) / theirs:.2f} x   [at most 2]"
    )


if __name__ == "__main__":
    main()
