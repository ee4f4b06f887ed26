"""One run of `translate` over files: read, align, translate, lay out, write.

Nothing is written before everything is translated and proved; each file is then put in place whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilingual.align import align
from bilingual.markdown import parse
from bilingual.merge import relink, write
from bilingual.model import Bitext, Lang, Page
from bilingual.outputs import Outputs
from bilingual.rows import rows
from bilingual.sources import Options, Output, Source, outputs, refuse_collisions, sources
from bilingual.translate import NOTES, Outcome, View, Wanted, make

if TYPE_CHECKING:
    from bilingual.glossary import Glossary
    from bilingual.pipeline import Pipeline


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
    pages = sources(paths, options)
    files = [outputs(page, options) for page in pages]
    refuse_collisions(pages, files)
    records = {output.folder: Outputs(output.folder) for each in files for output in each}
    stale = [
        page for page, each in zip(pages, files, strict=True)
        if any(not records[o.folder].current(o.name, o.made_from) for o in each)
    ]  # fmt: skip
    made = dict(
        zip((page.path for page in stale), _translated(stale, options, pipeline, glossary, progress), strict=True)
    )
    return [
        _put(output, records[output.folder], made.get(page.path), options)
        for page, each in zip(pages, files, strict=True)
        for output in each
    ]


def _translated(
    pages: Sequence[Source],
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
        for output in outputs(page, options):
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


def _in_place(page: Source, bitext: Bitext, options: Options) -> tuple[list[Wanted], list[Outcome]]:
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


def _finished(view: View, output: Output, options: Options) -> str:
    text = relink(view.text, Path(view.page.path).parent, output.folder)
    if not _noted(view, options):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(newline * 2) else newline if text.endswith(newline) else newline * 2
    return text + gap + NOTES[view.lang] + newline


def _laid_out(bitext: Bitext, halves: Sequence[dict[Lang, View]], output: Output, options: Options) -> str:
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
    output: Output, record: Outputs, made: dict[str, tuple[str, tuple[Outcome, ...]]] | None, options: Options
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
