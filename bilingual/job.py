"""One run of `translate` over files: read, align, translate, lay out, write.

Nothing is written before everything is translated and proved; each file is then put in place whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilingual import __version__
from bilingual.align import align
from bilingual.errors import PageError
from bilingual.markdown import KEYS, parse, read
from bilingual.merge import relink
from bilingual.model import Lang, Page
from bilingual.outputs import Outputs, digest
from bilingual.rows import moved, rows
from bilingual.translate import Outcome, View, views

if TYPE_CHECKING:
    from bilingual.glossary import Glossary
    from bilingual.pipeline import Pipeline

Layout = Literal["separate", "parallel", "side-by-side"]

NOTES: dict[Lang, str] = {
    "en": "*Parts of this page were translated from Chinese by machine.*",
    "zh": "*本页部分内容由机器译自英文。*",
}
"""The line at the foot that tells readers of a machine translation."""


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


class Result(NamedTuple):
    """What became of one output file."""

    path: Path
    state: Literal["written", "unchanged", "kept", "would-write"]
    """`kept`: a person's file, left alone."""
    reason: str
    translated: int
    left: int
    outcomes: tuple[Outcome, ...]
    text: str


class _Output(NamedTuple):
    folder: Path
    name: str
    languages: tuple[Lang, ...]
    made_from: str


def translate_files(
    paths: Sequence[Path],
    options: Options,
    pipeline: Callable[[], Pipeline],
    *,
    glossary: Glossary | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> list[Result]:
    """Translate pages and write what each language lacks.

    `pipeline` is called only if there is something to do. Raises a BilingualError, before anything is written, for a
    page that cannot be read or an output that cannot be recorded.
    """
    pages = [read(path, keys=options.keys) for path in paths]
    outputs = [[*_outputs(page, options)] for page in pages]
    _refuse_collisions(pages, outputs)
    records = {output.folder: Outputs(output.folder) for each in outputs for output in each}
    stale = [
        page for page, each in zip(pages, outputs, strict=True)
        if any(not records[o.folder].current(o.name, o.made_from) for o in each)
    ]  # fmt: skip
    made = dict(
        zip((page.path for page in stale), _translated(stale, options, pipeline, glossary, progress), strict=True)
    )
    return [
        _put(output, records[output.folder], made.get(page.path), options)
        for page, each in zip(pages, outputs, strict=True)
        for output in each
    ]


def _outputs(page: Page, options: Options) -> list[_Output]:
    source = Path(page.path)
    folder = options.out if options.out is not None else source.parent
    stem, suffix = source.stem, source.suffix or ".md"
    for lang in ("en", "zh"):
        stem = stem.removesuffix(f".{lang}")
    base = (__version__, page.text, str(options.note), *sorted(options.keys), *options.fingerprint)
    if options.layout == "separate":
        return [
            _Output(folder, f"{stem}.{lang}{suffix}", (lang,), digest([*base, _place(source, folder), lang]))
            for lang in options.to
        ]
    name = f"{stem}.parallel{suffix}" if options.layout == "parallel" else f"{stem}.side-by-side.html"
    return [_Output(folder, name, ("en", "zh"), digest([*base, _place(source, folder), options.layout]))]


def _place(source: Path, folder: Path) -> str:
    return "same" if source.parent.resolve() == folder.resolve() else str(source.parent.resolve())


def _refuse_collisions(pages: Sequence[Page], outputs: Sequence[Sequence[_Output]]) -> None:
    owners: dict[Path, str] = {}
    for page, each in zip(pages, outputs, strict=True):
        for output in each:
            first = owners.setdefault((output.folder / output.name).resolve(), page.path)
            if first != page.path:
                raise PageError(f"would be written to the same file as {first}; translate them apart", path=page.path)


def _translated(
    pages: Sequence[Page],
    options: Options,
    pipeline: Callable[[], Pipeline],
    glossary: Glossary | None,
    progress: Callable[[int, int], object] | None,
) -> list[dict[str, tuple[str, tuple[Outcome, ...]]]]:
    """For each page the text of each of its outputs, by file name, and what became of the units in it."""
    if not pages:
        return []
    links = {page.path: align(page, glossary=glossary).counterparts() for page in pages}
    languages: tuple[Lang, ...] = options.to if options.layout == "separate" else ("en", "zh")
    found = views(pages, languages, pipeline(), links, progress)
    result = []
    for page, both in zip(pages, found, strict=True):
        texts = {}
        for output in _outputs(page, options):
            if options.layout == "separate":
                view = both[output.languages[0]]
                texts[output.name] = (_finished(view, output, options), view.outcomes)
            else:
                outcomes = tuple(o for view in both.values() for o in view.outcomes)
                texts[output.name] = (_laid_out(page, both, output, options, links[page.path]), outcomes)
        result.append(texts)
    return result


def _noted(view: View, options: Options) -> bool:
    return options.note and any(o.state == "translated" and o.origin != "rule" for o in view.outcomes)


def _finished(view: View, output: _Output, options: Options) -> str:
    text = relink(view.text, Path(view.page.path).parent, output.folder)
    if not _noted(view, options):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + newline * 2 + NOTES[view.lang] + newline


def _laid_out(
    page: Page, both: dict[Lang, View], output: _Output, options: Options, links: dict[int, tuple[int, ...]]
) -> str:
    from bilingual import layouts

    titles: dict[Lang, str] = {}
    for lang, view in both.items():
        titles[lang] = str(parse(view.text, page.path).header.get("title") or Path(page.path).stem)
    note = {lang: NOTES[lang].strip("*") for lang, view in both.items() if _noted(view, options)}
    found = moved(rows(page, both["en"], both["zh"], links), Path(page.path).parent, output.folder)
    return layouts.load(options.layout).render(found, titles=titles, header=_header(page), note=note or None)


def _header(page: Page) -> str:
    first = next(iter(page.blocks), None)
    return page.source(first) if first and first.kind == "front-matter" else ""


def _put(
    output: _Output, record: Outputs, made: dict[str, tuple[str, tuple[Outcome, ...]]] | None, options: Options
) -> Result:
    path = output.folder / output.name
    if made is None:
        return Result(path, "unchanged", "", 0, record.left(output.name), (), path.read_bytes().decode("utf-8"))
    text, outcomes = made[output.name]
    left = sum(outcome.state == "left" for outcome in outcomes)
    counts = (len(outcomes) - left, left, outcomes, text)
    state = record.state(output.name)
    if state in ("edited", "foreign") and not options.force and path.read_bytes() != text.encode("utf-8"):
        whose = "was edited since it was written" if state == "edited" else "was not written by bilingual"
        return Result(path, "kept", f"{whose}; --force overwrites it", *counts)
    if options.dry_run:
        return Result(path, "would-write", "", *counts)
    changed = record.put(output.name, text, output.made_from, left)
    return Result(path, "written" if changed else "unchanged", "", *counts)
