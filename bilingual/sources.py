"""What a run of `translate` reads, and which files it makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from bilingual import __version__
from bilingual.errors import PageError
from bilingual.markdown import KEYS, read
from bilingual.model import Lang, Page
from bilingual.outputs import Outputs, digest
from bilingual.site import lang_of, pair
from bilingual.text import page_language

Layout = Literal["separate", "parallel", "side-by-side"]


@dataclass(frozen=True)
class Options:
    """How pages are translated and where the results go."""

    to: tuple[Lang, ...] = ("en", "zh")
    layout: Layout = "separate"
    out: Path | None = None
    """The folder for the results; None: beside each page."""
    note: bool = True
    """Whether a page that holds machine-translated text says so at its foot."""
    force: bool = False
    """Whether a file that a person has edited, or that is not ours, may be overwritten."""
    dry_run: bool = False
    keys: frozenset[str] = KEYS
    fingerprint: tuple[str, ...] = field(default=())
    """Whatever else the results depend on: engine, glossary, spacing."""


class Source(NamedTuple):
    """What is laid out as one: a page, or the two files of one, English first."""

    pages: tuple[Page, ...]

    @property
    def path(self) -> str:
        return self.pages[0].path


class Output(NamedTuple):
    """A file to be made."""

    folder: Path
    name: str
    languages: tuple[Lang, ...]
    made_from: str
    own: bool = False
    """Whether it is a half's own file: a person's, which is compared and not written without force."""


def sources(paths: Sequence[Path], options: Options) -> list[Source]:
    """The pages that are named, the two files of one taken together whichever of them is named."""
    found: dict[tuple[Path, ...], tuple[Page, ...]] = {}
    for path in paths:
        page = read(path, keys=options.keys)
        whole = lang_of(path) is None and page_language(page) == "mixed"
        halves = None if whole else _halves(path)
        if halves is None:
            found[(path,)] = (page,)
        elif halves not in found:
            # The values of two headers are not laid out, so none needs a translation.
            keys = options.keys if options.layout == "separate" else frozenset()
            found[halves] = tuple(read(half, keys=keys) for half in halves)
    return [Source(pages) for pages in found.values()]


def _halves(path: Path) -> tuple[Path, ...] | None:
    """The two files of a page, English first; None if it is one file, or if the other was written by us."""
    halves = pair(path)
    if halves is None:
        return None
    other = halves.zh if path.resolve() == halves.en.resolve() else halves.en
    return None if other.name in Outputs(other.parent).files else tuple(halves)


def outputs(page: Source, options: Options) -> list[Output]:
    source = Path(page.path)
    folder = options.out if options.out is not None else source.parent
    stem, suffix = source.stem, source.suffix or ".md"
    for lang in ("en", "zh"):
        stem = stem.removesuffix(f".{lang}")
    texts = (half.text for half in page.pages)
    base = (__version__, *texts, str(options.note), *sorted(options.keys), *options.fingerprint)
    if options.layout == "separate":
        if len(page.pages) == 2 and options.out is None:
            own = {"en": Path(page.pages[0].path), "zh": Path(page.pages[1].path)}
            return [Output(own[lang].parent, own[lang].name, (lang,), "", own=True) for lang in options.to]
        return [
            Output(folder, f"{stem}.{lang}{suffix}", (lang,), digest([*base, _place(source, folder), lang]))
            for lang in options.to
        ]
    name = f"{stem}.parallel{suffix}" if options.layout == "parallel" else f"{stem}.side-by-side.html"
    return [Output(folder, name, ("en", "zh"), digest([*base, _place(source, folder), options.layout]))]


def _place(source: Path, folder: Path) -> str:
    return "same" if source.parent.resolve() == folder.resolve() else str(source.parent.resolve())


def refuse_collisions(pages: Sequence[Source], outputs: Sequence[Sequence[Output]]) -> None:
    owners: dict[Path, str] = {}
    for page, each in zip(pages, outputs, strict=True):
        for output in each:
            first = owners.setdefault((output.folder / output.name).resolve(), page.path)
            if first != page.path:
                raise PageError(f"would be written to the same file as {first}; translate them apart", path=page.path)
