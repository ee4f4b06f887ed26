"""Progress: a bar where someone is looking, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_EVERY = 10.0  # seconds between two lines in a log


@contextmanager
def bar(label: str = "translating") -> Iterator[Callable[[int, int], None]]:
    """A function to be told how much is done of how much; it writes to standard error only."""
    if not sys.stderr.isatty():
        yield _lines(label)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as shown:

        def progress(done: int, of: int) -> None:
            shown.length = max(of, 1)
            shown.update(done - shown.pos)

        yield progress


def _lines(label: str) -> Callable[[int, int], None]:
    last = time.monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            click.echo(f"{label}: {done} of {of}", err=True)

    return progress
