"""Progress: a bar where someone is looking, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_EVERY = 10.0  # seconds between two lines in a log


@contextmanager
def bar(label: str = "translating", unit: str = "") -> Iterator[Callable[[int, int], None]]:
    """A function to be told how much is done of how much; it writes to standard error only.

    With a `unit` the rate is shown too.
    """
    started = time.monotonic()
    if not sys.stderr.isatty():
        yield _lines(label, unit)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as shown:

        def progress(done: int, of: int) -> None:
            shown.length = max(of, 1)
            if unit and done:
                shown.label = f"{label} ({done / max(time.monotonic() - started, 1e-3):,.0f} {unit}/s)"
            shown.update(done - shown.pos)

        yield progress


def _lines(label: str, unit: str) -> Callable[[int, int], None]:
    started = last = time.monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            click.echo(f"{label}: {done} of {of}{_rate(done, of, now - started, unit)}", err=True)

    return progress


def _rate(done: int, of: int, seconds: float, unit: str) -> str:
    """How fast it goes, and how long it will go on; empty before anything is done."""
    if not unit or not done:
        return ""
    left = round(seconds * (of - done) / done)
    return f" {unit}, {done / seconds:,.0f} {unit} a second, {left // 60}:{left % 60:02d} left"
