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
from bilingual.merge import relink, write
from bilingual.model import Bitext, Lang, Page
from bilingual.outputs import Outputs, digest
from bilingual.rows import rows
from bilingual.site import lang_of, pair
from bilingual.text import page_language
from bilingual.translate import NOTES, Outcome, View, Wanted, make

if TYPE_CHECKING:
    from bilingual.glossary import Glossary
    from bilingual.pipeline import Pipeline

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


class _Source(NamedTuple):
    """What is laid out as one: a page, or the two files of one, English first."""

    pages: tuple[Page, ...]

    @property
    def path(self) -> str:
        return self.pages[0].path


class _Output(NamedTuple):
    folder: Path
    name: str
    languages: tuple[Lang, ...]
    made_from: str
    own: bool = False
    """Whether it is a half's own file: a person's, which is compared and not written without force."""


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
    page that cannot be read or an output that cannot be recorded. Two files that are the halves of one page are taken
    together: each gets what only the other says.
    """
    pages = _sources(paths, options)
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


def _sources(paths: Sequence[Path], options: Options) -> list[_Source]:
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
    return [_Source(pages) for pages in found.values()]


def _halves(path: Path) -> tuple[Path, ...] | None:
    """The two files of a page, English first; None if it is one file, or if the other was written by us."""
    halves = pair(path)
    if halves is None:
        return None
    other = halves.zh if path.resolve() == halves.en.resolve() else halves.en
    return None if other.name in Outputs(other.parent).files else tuple(halves)


def _outputs(page: _Source, options: Options) -> list[_Output]:
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
            return [_Output(own[lang].parent, own[lang].name, (lang,), "", own=True) for lang in options.to]
        return [
            _Output(folder, f"{stem}.{lang}{suffix}", (lang,), digest([*base, _place(source, folder), lang]))
            for lang in options.to
        ]
    name = f"{stem}.parallel{suffix}" if options.layout == "parallel" else f"{stem}.side-by-side.html"
    return [_Output(folder, name, ("en", "zh"), digest([*base, _place(source, folder), options.layout]))]


def _place(source: Path, folder: Path) -> str:
    return "same" if source.parent.resolve() == folder.resolve() else str(source.parent.resolve())


def _refuse_collisions(pages: Sequence[_Source], outputs: Sequence[Sequence[_Output]]) -> None:
    owners: dict[Path, str] = {}
    for page, each in zip(pages, outputs, strict=True):
        for output in each:
            first = owners.setdefault((output.folder / output.name).resolve(), page.path)
            if first != page.path:
                raise PageError(f"would be written to the same file as {first}; translate them apart", path=page.path)


def _translated(
    pages: Sequence[_Source],
    options: Options,
    pipeline: Callable[[], Pipeline],
    glossary: Glossary | None,
    progress: Callable[[int, int], object] | None,
) -> list[dict[str, tuple[str, tuple[Outcome, ...]]]]:
    """For each page the text of each of its outputs, by file name, and what became of the units in it."""
    if not pages:
        return []
    bitexts = [align(*page.pages, glossary=glossary) for page in pages]
    separate = options.layout == "separate"
    wanted = [_completed(b, options) if separate and len(p.pages) == 2 else _in_place(p, b, options)
              for p, b in zip(pages, bitexts, strict=True)]  # fmt: skip
    found = iter(make([each for own, _ in wanted for each in own], pipeline(), progress))
    result = []
    for page, bitext, (own, homeless) in zip(pages, bitexts, wanted, strict=True):
        made = [next(found) for _ in own]
        texts = {}
        for output in _outputs(page, options):
            if separate:
                view = next(view for view in made if view.lang == output.languages[0])
                outcomes = (*view.outcomes, *(each for each in homeless if each.to == view.lang))
                texts[output.name] = (_finished(view, output, options), outcomes)
            else:
                halves = [{view.lang: view for view in made if view.page is half} for half in page.pages]
                outcomes = tuple(o for view in _wanted(halves) for o in view.outcomes)
                texts[output.name] = (_laid_out(bitext, halves, output, options), outcomes)
        result.append(texts)
    return result


def _in_place(page: _Source, bitext: Bitext, options: Options) -> tuple[list[Wanted], list[Outcome]]:
    """The views of each file, translated where it stands."""
    links = dict(_links(bitext))
    languages: tuple[Lang, ...] = options.to if options.layout == "separate" else ("en", "zh")
    return [Wanted(half, lang, links[half.path]) for half in page.pages for lang in languages], []


def _completed(bitext: Bitext, options: Options) -> tuple[list[Wanted], list[Outcome]]:
    """Each half of a pair with what only the other has, and the texts that found no place in it."""
    from bilingual.build.whole import whole

    wholes = [whole(bitext, lang, options.keys) for lang in options.to]
    left = [
        Outcome(
            page.path, page.line(item.unit.start), page.line(item.unit.end - 1), each.wanted.to, "left", reason,
            (), "", 0.0, item.text, item.text,
        )
        for each in wholes
        for page in [bitext.en if each.wanted.to == "zh" else bitext.zh]
        for item, reason in each.homeless
        if item.unit
    ]  # fmt: skip
    return [each.wanted for each in wholes], left


def _links(bitext: Bitext) -> list[tuple[str, dict[int, tuple[int, ...]]]]:
    """For each page its path and its counterparts; a block whose counterpart is in the other file stands for that."""
    if bitext.en is bitext.zh:
        return [(bitext.en.path, bitext.counterparts())]
    return [
        (bitext.en.path, {i: (i,) for bead in bitext.beads for i in bead.en}),
        (bitext.zh.path, {i: (i,) for bead in bitext.beads for i in bead.zh}),
    ]


def _wanted(halves: Sequence[dict[Lang, View]]) -> list[View]:
    """The views that are laid out: of two files each in the other's language, as in its own it is read as it stands."""
    return list(halves[0].values()) if len(halves) == 1 else [halves[0]["zh"], halves[1]["en"]]


def _noted(view: View, options: Options) -> bool:
    return options.note and any(o.state == "translated" and o.origin != "rule" for o in view.outcomes)


def _finished(view: View, output: _Output, options: Options) -> str:
    text = relink(view.text, Path(view.page.path).parent, output.folder)
    if not _noted(view, options):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(newline * 2) else newline if text.endswith(newline) else newline * 2
    return text + gap + NOTES[view.lang] + newline


def _laid_out(bitext: Bitext, halves: Sequence[dict[Lang, View]], output: _Output, options: Options) -> str:
    from bilingual import layouts

    homes: dict[Lang, dict[Lang, View]] = {"en": halves[0], "zh": halves[-1]}
    titles = {lang: _title(views[lang], whole=len(halves) > 1) for lang, views in homes.items()}
    note = {
        lang: NOTES[lang].strip("*")
        for lang in homes
        if any(v.lang == lang and _noted(v, options) for v in _wanted(halves))
    }
    found = rows(bitext, homes["en"], homes["zh"], output.folder)
    return layouts.load(options.layout).render(found, titles=titles, header=_header(bitext.en), note=note or None)


def _title(view: View, *, whole: bool) -> str:
    """The title of a view, or of its page where that is whole in one language."""
    header = view.page.header if whole else parse(view.text, view.page.path).header
    return str(header.get("title") or Path(view.page.path).stem)


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
    if output.own:
        return _put_own(path, text, counts, options)
    state = record.state(output.name)
    if state in ("edited", "foreign") and not options.force and path.read_bytes() != text.encode("utf-8"):
        whose = "was edited since it was written" if state == "edited" else "was not written by bilingual"
        return Result(path, "kept", f"{whose}; --force overwrites it", *counts)
    if options.dry_run:
        return Result(path, "would-write", "", *counts)
    changed = record.put(output.name, text, output.made_from, left)
    return Result(path, "written" if changed else "unchanged", "", *counts)


def _put_own(path: Path, text: str, counts: tuple[int, int, tuple[Outcome, ...], str], options: Options) -> Result:
    """A half of a pair is its author's; that we once added to it does not make it ours."""
    if path.read_bytes() == text.encode("utf-8"):
        return Result(path, "unchanged", "", *counts)
    if options.force and not options.dry_run:
        write(path, text)
        return Result(path, "written", "", *counts)
    advice = "`bilingual build` adds what it lacks, --out writes elsewhere"
    return Result(path, "kept", f"is one of two halves; {advice}", *counts)
