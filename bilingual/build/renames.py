"""Pages that were renamed or moved: their counterparts and their ledgers follow, by content.

Each step leaves a state from which a later run goes on: the counterpart first, then the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bilingual import site
from bilingual.build.couples import Site
from bilingual.build.items import items
from bilingual.build.link import LANGS, other
from bilingual.errors import OutputError
from bilingual.ledger import Ledger
from bilingual.ledger.po import load
from bilingual.merge import relink, write
from bilingual.model import Lang, Page

_SAME = 0.5
"""The share of a ledger's texts that a page must hold to be the renamed one."""


class Rename(NamedTuple):
    """A page that has another name now."""

    ledger: Ledger
    old: str
    new: Path
    target_old: Path
    target_new: Path


def orphans(where: Site) -> list[Ledger]:
    """The ledgers whose source page is not there."""
    return [ledger for to in LANGS for ledger in _orphans(where, to)]


def renames(
    where: Site, lost: Sequence[Ledger], pages: Sequence[Path], read: Callable[[Path], Page]
) -> list[Rename]:  # fmt: skip
    """For ledgers whose source page is not there the page without a ledger that holds its texts."""
    if not lost:
        return []
    found: list[Rename] = []
    now: dict[str, Path] = {}  # a page that holds both languages has two ledgers
    free = [page for page in pages if not any(where.ledger_path(where.name(page), to).exists() for to in LANGS)]
    for ledger in lost:
        wanted = {key for entry in ledger.entries for key in entry.source_keys}
        best, score = now.get(ledger.source_name), 1.0 if ledger.source_name in now else 0.0
        for page in free if best is None else ():
            have = {item.key for item in items(read(page))}
            share = len(wanted & have) / max(len(wanted), 1)
            if share > score:
                best, score = page, share
        if best is not None and score >= _SAME:
            if best in free:
                free.remove(best)
            now[ledger.source_name] = best
            old_target = where.root / ledger.target_name
            new_target = site.counterpart(best) or site.target(best, ledger.to, where.convention)
            if _is_view(ledger):
                new_target = best.with_name(f"{best.stem}.{ledger.to}{best.suffix}")
            found.append(Rename(ledger, ledger.source_name, best, old_target, new_target))
    return found


def _is_view(ledger: Ledger) -> bool:
    source, target = Path(ledger.source_name), Path(ledger.target_name)
    return site.lang_of(source) is None and target.name == f"{source.stem}.{ledger.to}{source.suffix}"


def _orphans(where: Site, to: Lang) -> list[Ledger]:
    folder = where.folder / f"{other(to)}-{to}"
    found = []
    for path in sorted(folder.rglob("*.po")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix().removesuffix(".po")
        if not (where.root / name).exists():
            found.append(load(path, to, name=where.shown(path)))
    return found


def follow_rename(where: Site, rename: Rename) -> None:
    """Move the counterpart and the ledgers. Raises OutputError where that is not possible."""
    old, new = rename.target_old, rename.target_new
    if old.exists() and not new.exists():
        if old.parent.resolve() == new.parent.resolve():
            old.replace(new)
        else:
            text = old.read_bytes().decode("utf-8")
            write(new, relink(text, old.parent, new.parent))
            old.unlink()
    elif old.exists() and old.resolve() != new.resolve() and _same_page(old, new):
        old.unlink()  # a run was killed between the two
    ledger, to = rename.ledger, rename.ledger.to
    name, target = where.name(rename.new), where.name(new)
    _move(ledger.path, where.ledger_path(name, to))
    back = where.ledger_path(ledger.target_name, other(to))
    if back.exists() and not old.exists():
        _move(back, where.ledger_path(target, other(to)))


def _same_page(old: Path, new: Path) -> bool:
    return new.read_bytes() == relink(old.read_bytes().decode("utf-8"), old.parent, new.parent).encode("utf-8")


def _move(old: Path, new: Path) -> None:
    """One step, so that there is never a ledger too many; the names within are put right when it is next written."""
    if old.resolve() != new.resolve() and old.exists():  # the ledger of the other direction may have taken it along
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.replace(new)
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror or error}", path=str(new)) from None
