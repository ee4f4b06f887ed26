"""The couples of a site: which pages belong together, and where the counterpart of a single page will be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual import site
from bilingual.build.couple import Couple, Reading, reading
from bilingual.build.link import LANGS, other
from bilingual.errors import OutputError
from bilingual.ledger import Ledger
from bilingual.ledger.po import load
from bilingual.markdown import parse
from bilingual.model import Lang
from bilingual.outputs import Outputs
from bilingual.view import Counterparts

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

FOLDER = ".bilingual"


@dataclass(frozen=True)
class Site:
    """Where a site is, and how its pages are named."""

    root: Path
    """The folder that holds `.bilingual`."""
    convention: str = "auto"
    exclude: tuple[str, ...] = ()

    @property
    def jekyll(self) -> bool:
        """Whether pages have to say their language and address themselves, as no plug-in does it for them."""
        try:
            settings = (self.root / "_config.yml").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return False
        return self.convention in ("auto", "jekyll") and "polyglot" not in settings

    @property
    def folder(self) -> Path:
        return self.root / FOLDER

    def name(self, path: Path) -> str:
        """A page's name in the ledger: its path from the root, with `/`."""
        resolved = path.parent.resolve() / path.name
        try:
            return resolved.relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return resolved.as_posix().lstrip("/")

    def ledger_path(self, source_name: str, to: Lang) -> Path:
        """Where the ledger of a source page is."""
        return self.folder / f"{other(to)}-{to}" / f"{source_name}.po"

    def ledger(self, couple: Couple, to: Lang) -> tuple[Ledger, bool]:
        """The ledger of a couple in one direction, and whether there was one."""
        name = couple.names[other(to)]
        path = self.ledger_path(name, to)
        if path.exists() and not (couple.view and to != couple.home):
            return load(path, to, name=self.shown(path)), True
        return Ledger(path, to, name, couple.names[to]), False

    def shown(self, path: Path) -> str:
        """A path as the user sees it from where she is."""
        try:
            return str(path.resolve().relative_to(Path.cwd().resolve()))
        except ValueError:
            return str(path)


@dataclass
class Found:
    """The couples of a run."""

    couples: list[Couple] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    """Pages without a counterpart to be, and why."""


Kind = Callable[[Path], str]
"""The language of a page: `en`, `zh`, `mixed` or `none`."""


def couples(where: Site, paths: Sequence[Path], kind: Kind, gone: Mapping[str, str] | None = None) -> Found:
    """Group the pages of a site. Raises PageError for a path that is not there.

    `gone` gives for a page that was made from another, by name, that other one where it is not there any more.
    """
    found = Found()
    groups = site.discover(paths, where.exclude, where.root)
    views: set[Path] = set()
    singles: list[Path] = []
    pairs: list[tuple[Path, Path]] = []
    for group in groups:
        bare = [page for page in group if site.lang_of(page) is None]
        if len(group) == 1:
            singles.append(group[0])
        elif bare and _in_both(where, bare[0], kind):
            singles.append(bare[0])
        else:
            pairs.append((group[0], group[1]))
    for page in singles:
        if _in_both(where, page, kind):
            both = list(_views(where, page))
            found.couples += both
            views.update(couple.target.resolve() for couple in both)
    for page in singles:
        if page.resolve() in views or _in_both(where, page, kind):
            continue
        source = (gone or {}).get(where.name(page))
        couple = f"its source {source} was deleted; it is kept" if source else _single(where, page, kind(page))
        if isinstance(couple, str):
            found.skipped.append((page, couple))
        else:
            found.couples.append(couple)
    for en, zh in pairs:
        if not (en.resolve() in views and zh.resolve() in views):
            found.couples.append(_pair(where, en, zh))
    if where.jekyll:
        found.couples = [replace(couple, jekyll=True) for couple in found.couples]
    found.couples.sort(key=lambda couple: (couple.names[other(couple.home)], couple.home))
    return found


def _in_both(where: Site, page: Path, kind: Kind) -> bool:
    """Whether a page holds both languages; one that has had views keeps them while it changes.

    A file that has the name of a view and was not made from the page is a person's: the two are a pair then.
    """
    if site.lang_of(page) is not None:
        return False
    if all(where.ledger_path(where.name(page), to).exists() for to in LANGS):
        return True
    if kind(page) != "mixed":
        return False
    there = [view for couple in _views(where, page) if (view := couple.target).exists()]
    return all(view.name in Outputs(view.parent).files for view in there)


def _views(where: Site, page: Path) -> Iterator[Couple]:
    for to in reversed(LANGS):
        view = page.with_name(f"{page.stem}.{to}{page.suffix}")
        yield Couple({other(to): page, to: view}, {other(to): where.name(page), to: where.name(view)}, to, view=True)


def _single(where: Site, page: Path, lang: str) -> Couple | str:
    if lang == "mixed":
        lang = site.lang_of(page) or lang  # what it says of itself; what it holds of the other stays
    if lang not in LANGS:
        return "it has no prose" if lang == "none" else "it is in both languages, and so are its views, by hand"
    named = site.lang_of(page)
    if named and named != lang:
        tongue = {"en": "English", "zh": "Chinese"}
        return f"its name or header says that it is in {tongue[named]}, but its text is {tongue[lang]}"
    to: Lang = "zh" if lang == "en" else "en"
    path = site.target(page, to, where.convention)
    if path.exists():
        return f"{where.shown(path)} is there, but not its counterpart by any convention"
    return Couple({other(to): page, to: path}, {other(to): where.name(page), to: where.name(path)}, to)


def _pair(where: Site, en: Path, zh: Path) -> Couple:
    names: dict[Lang, str] = {"en": where.name(en), "zh": where.name(zh)}
    there = {to: where.ledger_path(names[other(to)], to) for to in LANGS}
    home: Lang = "zh"
    if there["en"].exists() and (not there["zh"].exists() or b"X-Bilingual-Shared" in there["en"].read_bytes()[:2000]):
        home = "en"
    return Couple({"en": en, "zh": zh}, names, home)


def file_bytes(path: Path) -> bytes | None:
    """The bytes of a file; None if it is not there. Raises OutputError for one that cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"cannot be read: {error.strerror or error}", path=str(path)) from None


def read_bytes(couple: Couple) -> dict[Lang, bytes | None]:
    """The bytes of both pages; None for one that is not there."""
    return {lang: file_bytes(couple.paths[lang]) for lang in LANGS}


def read_couple(
    where: Site,
    couple: Couple,
    data: Mapping[Lang, bytes | None],
    keys: frozenset[str],
    glossary: Glossary | None = None,
) -> Reading:
    """Parse a couple and load its ledgers. Raises PageError and LedgerError."""
    ledgers: dict[Lang, Ledger] = {}
    known = False
    for to in LANGS:
        ledgers[to], there = where.ledger(couple, to)
        known = known or there
    counterparts: Counterparts | None = None
    if couple.view:
        from bilingual.align import align

        page = parse(data[other(couple.home)] or b"", str(couple.source), keys=keys)
        counterparts = align(page, glossary=glossary).counterparts()
    by_machine = not known and Outputs(couple.target.parent).state(couple.target.name) == "ours"
    return reading(
        couple, data, ledgers, known=known, keys=keys, counterparts=counterparts, by_machine=by_machine
    )  # fmt: skip
