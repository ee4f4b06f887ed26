"""Applying the fixes of findings: spliced in, proved, and written whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bilingual.markdown import read
from bilingual.merge import Edit, apply, prove, write
from bilingual.model import Finding, Page


def mend(findings: Sequence[Finding]) -> dict[str, int]:
    """Apply all fixes that leave the structure of their page as it is; path → how many were applied.

    Nothing outside the findings' spans is touched. Raises OutputError for a page that cannot be written.
    """
    done: dict[str, int] = {}
    fixable = sorted((f for f in findings if f.fix is not None), key=lambda f: (f.path, f.start_line, f.start_column))
    for path, group in groupby(fixable, key=lambda finding: finding.path):
        page = read(path)
        good, _ = prove(page.text, [], _edits(page, list(group)))
        if good:
            write(Path(path), apply(page.text, good))
            done[path] = len(good)
    return done


def _edits(page: Page, findings: Sequence[Finding]) -> list[Edit]:
    """The fixes as edits; of two that overlap the first."""
    edits: list[Edit] = []
    for finding in findings:
        start = page.line_starts[finding.start_line - 1] + finding.start_column - 1
        end = page.line_starts[finding.end_line - 1] + finding.end_column - 1
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, finding.fix or ""))
    return edits
