"""`bilingual build` on a site of 1,000 pages: the second run, ten pages changed, the first against CTranslate2 alone.

The engine of the first two makes words up, so that what is measured is this project. All are processor time, which
other processes do not lengthen.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pages import english
from bilingual.build import Options, Report, build
from bilingual.build.couples import Site
from bilingual.build.survey import Wishes
from bilingual.engines import Engine, Hypothesis, load
from bilingual.engines.ctranslate import BATCH_TOKENS
from bilingual.markdown import parse
from bilingual.model import Lang
from bilingual.pipeline import Pipeline
from bilingual.testing import WordEngine

_PAGES = 1_000
_CHANGED = 10
_TRANSLATED = 60
"""Pages of the run with the real engine."""


def page(seed: int, blocks: int) -> str:
    """One English page."""
    rng = random.Random(seed)
    parts = [f"---\ntitle: Page {seed}\n---\n"]
    for number in range(blocks):
        if number % 5 == 0:
            parts.append(f"## {english(rng)[:-1]}\n")
        elif number % 7 == 0:
            parts.append("".join(f"- {english(rng)}\n" for _ in range(4)))
        else:
            parts.append(" ".join(english(rng) for _ in range(3)) + "\n")
    return "\n".join(parts)


def write_site(root: Path, pages: int, blocks: int) -> None:
    """A site in one language."""
    for number in range(pages):
        (root / f"{number:04}.md").write_text(page(number, blocks), encoding="utf-8")


def run(root: Path, engine: Engine) -> tuple[float, Report]:
    """Processor time of one build, and its report."""
    options = Options(Wishes(origin=f"{engine.name} {engine.fingerprint}"))
    start = time.process_time()
    report = build(Site(root), [root], options, lambda: Pipeline(engine))
    return time.process_time() - start, report


def again(root: Path) -> None:
    """A site that stands, run again: with nothing changed, and with ten pages changed."""
    write_site(root, _PAGES, 20)
    first, _ = run(root, WordEngine())
    second, report = run(root, WordEngine())
    if report.changed or report.unchanged != _PAGES:
        raise SystemExit("the second run found something to do")
    texts = [path.read_bytes() for path in root.glob("*.md")]
    size = sum(map(len, texts)) / 1e6
    start = time.process_time()
    for data in texts:
        parse(data)
    parsing = time.process_time() - start
    for number in range(_CHANGED):
        path = root / f"{number * 97:04}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(". The ", ". Then the ", 1), encoding="utf-8")
    third, report = run(root, WordEngine())
    if len(report.changed) != _CHANGED:
        raise SystemExit(f"{len(report.changed)} pages changed instead of {_CHANGED}")
    share = (third - second) / (first * _CHANGED / _PAGES)
    print(f"build: nothing changed: {size / second:.1f} MB of Markdown a second   [at least 5]")
    print(f"build: nothing changed: {parsing / second:.1f} x as fast as parsing the pages   [at least 1]")
    print(f"build: {_CHANGED} of {_PAGES} pages changed: {share:.2f} x their share of the first run   [about 1]")


class _Timed:
    """The embedded engine, and what it was asked."""

    def __init__(self) -> None:
        self.inner = load("embedded")
        self.name, self.fingerprint, self.abilities = self.inner.name, self.inner.fingerprint, self.inner.abilities
        self.asked: list[str] = []
        self.seconds = 0.0

    def translate(self, segments: Sequence[str], to: Lang, **options: object) -> list[list[Hypothesis]]:
        """Pass on, and remember."""
        self.asked += segments
        start = time.process_time()
        found = self.inner.translate(segments, to, **options)  # type: ignore[arg-type]
        self.seconds += time.process_time() - start
        return found


def raw(segments: Sequence[str]) -> float:
    """Processor time of CTranslate2 alone on the same segments, in one sorted batch."""
    import ctranslate2
    import sentencepiece

    package = load("embedded")._packages["zh"]  # type: ignore[attr-defined]
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(package.tokenizer))
    translator = ctranslate2.Translator(str(package.model), intra_threads=2)
    start = time.process_time()
    tokens = sorted(pieces.encode(list(segments), out_type=str), key=len, reverse=True)
    prefix = [[package.prefixes["zh"]]] * len(tokens)
    found = translator.translate_batch(
        tokens, target_prefix=prefix, max_batch_size=BATCH_TOKENS, batch_type="tokens", **package.decoding
    )
    _ = [pieces.decode_pieces(result.hypotheses[0][1:]) for result in found]
    return time.process_time() - start


def first(root: Path) -> None:
    """A first run with the embedded engine against that engine alone on the same segments."""
    write_site(root, _TRANSLATED, 12)
    engine = _Timed()
    engine.translate(["Warm up."], "zh")
    engine.asked.clear()
    engine.seconds = 0.0
    ours, report = run(root, engine)
    alone = raw(list(dict.fromkeys(engine.asked)))
    count = len(engine.asked)
    print(f"build: first run: {alone / ours:.2f} of raw CTranslate2 on the same {count:,} segments   [at least 0.9]")
    print(f"build: first run: {engine.seconds / ours:.2f} of its processor time in the engine, all else is the rest")
    print(f"build: first run: {report.words / ours:.0f} words a second of processor time")


def main() -> None:
    """Print the ratios."""
    for measure in (again, first):
        root = Path(tempfile.mkdtemp())
        try:
            measure(root)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
