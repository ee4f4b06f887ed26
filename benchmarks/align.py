"""Alignment and diff: time a page, growth, start of the whole process; accuracy beside Gale & Church.

    python -m benchmarks.align [--evalsets FOLDER] [--held]

Accuracy needs evaluation sets with gold links (by default ../shared/evalsets, passed over where it is not there).
nltk's Gale & Church is measured too where nltk is installed: `uv run --with nltk python -m benchmarks.align`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import gale_church
from benchmarks.pages import page
from bilingual.align import align
from bilingual.align.traits import traits
from bilingual.lexicon import table
from bilingual.markdown import parse, read
from bilingual.model import Bitext, Page

_TEXT = ("heading", "paragraph", "list", "table")
_EVALSETS = Path(__file__).resolve().parents[2] / "shared" / "evalsets"


class Case(NamedTuple):
    """One page or pair with its gold."""

    group: str
    paths: tuple[Path, ...]
    en: list[dict[str, Any]]
    zh: list[dict[str, Any]]
    pairs: set[tuple[int, int]]


def cases(root: Path) -> Iterator[Case]:
    """The pages of the evaluation sets."""
    for folder in (root / "interleaved", root / "interleaved" / "composed"):
        for path in sorted((folder / "gold").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            name = gold.get("arrangement", gold["source"])
            yield _case(name, (folder / "docs" / f"{path.stem}.md",), gold["blocks"], gold["blocks"], gold["pairs"])
    for path in sorted((root / "pairs").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        hurt = json.loads((root / "pairs" / "damaged" / path.name).read_text(encoding="utf-8"))
        en, zh = path.with_suffix(".en.md"), path.with_suffix(".zh.md")
        yield _case("pairs", (en, zh), gold["en_blocks"], gold["zh_blocks"], gold["pairs"])
        yield _case(
            "damaged", (en, path.parent / "damaged" / zh.name), gold["en_blocks"], hurt["zh_blocks"], hurt["pairs"]
        )


def _case(group: str, paths: tuple[Path, ...], en: list[Any], zh: list[Any], pairs: list[list[int]]) -> Case:
    kinds = {block["i"]: block["kind"] for block in en}
    return Case(group, paths, en, zh, {(a, b) for a, b in pairs if kinds.get(a) in _TEXT})


def ours(case: Case, bitext: Bitext) -> set[tuple[int, int]]:
    """Our links at the grain of the gold blocks."""
    found = set()
    for bead in bitext.beads:
        left = _overlapped(case.en, "en", bitext.en, bead.en)
        right = _overlapped(case.zh, "zh", bitext.zh, bead.zh)
        found |= {(a, b) for a in left for b in right}
    return found


def _overlapped(blocks: list[dict[str, Any]], lang: str, sheet: Page, indices: tuple[int, ...]) -> list[int]:
    first, last = sheet.blocks[indices[0]].start_line, sheet.blocks[indices[-1]].end_line
    texts = [block for block in blocks if block["kind"] in _TEXT and block["lang"] in (lang, "both")]
    return [block["i"] for block in texts if block["start"] <= last and block["end"] >= first]


Aligner = Callable[[list[int], list[int]], list[tuple[tuple[int, ...], tuple[int, ...]]]]


def by_length(case: Case, aligner: Aligner) -> set[tuple[int, int]]:
    """The links of an aligner that sees lengths only; it is told which gold blocks are in which language."""
    sides = []
    for blocks, lang, path in ((case.en, "en", case.paths[0]), (case.zh, "zh", case.paths[-1])):
        lines = path.read_text(encoding="utf-8").splitlines()
        mine = [b for b in blocks if b["kind"] in _TEXT and b["lang"] in (lang, "both")]
        sides.append([(b["i"], sum(len(line) for line in lines[b["start"] - 1 : b["end"]])) for b in mine])
    beads = aligner([size for _, size in sides[0]], [size for _, size in sides[1]])
    return {(sides[0][i][0], sides[1][j][0]) for en, zh in beads for i in en for j in zh}


def aligners() -> dict[str, Aligner]:
    """The aligners by length that are at hand."""
    found: dict[str, Aligner] = {"Gale & Church 1993": gale_church.align}
    try:
        from nltk.translate.gale_church import LanguageIndependent, align_blocks
    except ImportError:
        return found

    def nltk_align(left: list[int], right: list[int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        class Ratio(LanguageIndependent):
            AVERAGE_CHARACTERS = sum(right) / max(1, sum(left))

        return [((i,), (j,)) for i, j in align_blocks(left, right, Ratio)] if left and right else []

    return {**found, "nltk gale_church": nltk_align}


def f1(counts: list[int]) -> float:
    """F1 of hits, links said, links in the gold."""
    return 2 * counts[0] / (counts[1] + counts[2]) if counts[1] + counts[2] else 1.0


def accuracy(root: Path) -> None:
    """Print F1 by group for ours and the aligners by length, and the time a page."""
    everyone = ["bilingual", *aligners()]
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: {name: [0, 0, 0] for name in everyone})
    times = []
    for case in cases(root):
        pages = [read(str(path)) for path in case.paths]
        start = time.process_time()
        bitext = align(*pages)
        times.append(time.process_time() - start)
        answers = {"bilingual": ours(case, bitext), **{name: by_length(case, how) for name, how in aligners().items()}}
        for name, said in answers.items():
            for group in (case.group, "all"):
                for slot, value in enumerate((len(said & case.pairs), len(said), len(case.pairs))):
                    counts[group][name][slot] += value
    print(f"align: F1 of links on {len(times)} pages")
    print(f"  {'':<14}" + "".join(f"{name:>20}" for name in everyone))
    for group, row in counts.items():
        print(f"  {group:<14}" + "".join(f"{f1(row[name]):>20.3f}" for name in everyone))
    print(
        f"align: {1000 * statistics.median(times):.1f} ms of processor time a page, "
        f"the slowest {1000 * max(times):.0f} ms   [median at most 5]"
    )


def held(root: Path) -> None:
    """Print how often, over our own links, a block's translation holds a feature of it; for `align.evidence.HELD`."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for case in cases(root):
        if case.group != "pairs":
            continue
        en, zh = (read(str(path)) for path in case.paths)
        for bead in align(en, zh).beads:
            left, right = traits(en, en.blocks[bead.en[0]]), traits(zh, zh.blocks[bead.zh[0]])
            for stem in left.stems:
                seen["stem"] += 1
                kept["stem"] += any(table()[stem][k : k + 2] in right.grams for k in range(0, len(table()[stem]), 2))
            for token in right.tokens:
                name = token[0] if token[0] in "`→=#|" else "word"
                seen[name] += 1
                kept[name] += token in left.tokens
    print("held: " + ", ".join(f"{name} {kept[name] / seen[name]:.2f} of {seen[name]}" for name in seen))


def growth() -> None:
    """Print how time grows from a page of 500 blocks to one of 5,000."""
    times, sizes = [], []
    for blocks in (500, 5_000):
        sheet = parse(page(7, blocks), "page.md")
        sizes.append(len(sheet.blocks))
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            align(sheet)
            runs.append(time.perf_counter() - start)
        times.append(min(runs))
    ratio = times[1] / times[0] / (sizes[1] / sizes[0])
    print(f"align: {sizes[1]:,} blocks take {ratio:.2f} x their share of the time of {sizes[0]:,}   [linear is 1]")


def process() -> None:
    """Print what `diff` of one page costs beside importing what no such program can do without."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.md")
        path.write_text(page(3), encoding="utf-8")
        commands = [
            [sys.executable, "-m", "bilingual", "diff", str(path)],
            [sys.executable, "-c", "import click, yaml, mistune"],
        ]
        runs: list[list[float]] = [[], []]
        for _ in range(7):
            for times, command in zip(runs, commands, strict=True):
                start = time.perf_counter()
                subprocess.run([sys.executable, *command], capture_output=True, check=False)
                times.append(time.perf_counter() - start)
    print(f"diff: {min(runs[0]) / min(runs[1]):.2f} x `python -c 'import click, yaml, mistune'`   [at most 2]")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evalsets", type=Path, default=_EVALSETS)
    parser.add_argument("--held", action="store_true", help="only how often translations hold a feature")
    asked, _ = parser.parse_known_args()
    if asked.held:
        held(asked.evalsets)
        return
    growth()
    process()
    if (asked.evalsets / "pairs").is_dir():
        accuracy(asked.evalsets)


if __name__ == "__main__":
    main()
