"""One run at a time. The operating system lets go of the lock when a run ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bilingual.errors import OutputError


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the lock of a ledger's folder. Raises OutputError, naming the other run, where it is held."""
    path = folder / "lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=str(path)) from None
    try:
        if not _take(handle):
            raise OutputError(f"another build is running here{_whose(path)}; wait until it has ended", path=str(path))
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def sweep(folder: Path, pages: Iterable[Path]) -> None:
    """Take away what a run that was killed left beside the files it was writing; only under the lock."""
    left = list(folder.rglob(".*.tmp"))
    names: dict[Path, set[str]] = {}
    for page in pages:
        names.setdefault(page.parent, set()).add(page.name)
    for place, known in names.items():
        if place.is_dir():
            left += [path for path in place.glob(".*.tmp") if path.name[1:].rsplit(".", 2)[0] in known]
    for path in left:
        path.unlink(missing_ok=True)


def _take(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        # Beyond the process number, so that others can read it.
        os.lseek(handle, 100, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _whose(path: Path) -> str:
    with contextlib.suppress(OSError, ValueError):  # only to say more
        return f" (process {int(path.read_text().strip())})"
    return ""
