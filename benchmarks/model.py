"""The embedded model: its size, how soon it answers, how much memory it takes, how many words a second it translates.

Words are English words and Chinese characters of the source, the sentences those of `codes.txt` without their marks;
`raw` is one call of the loaded engine, `lines` all of the pipeline, which checks answers and asks again.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.codes import MARK, sentences
from bilingual.engines import load
from bilingual.engines.packages import EMBEDDED, read
from bilingual.model import Lang
from bilingual.pipeline import Pipeline
from bilingual.text import han_count

_RUNS = 3
_FIRST = """
import time
start = time.perf_counter()
from bilingual.engines import load
load("embedded").translate(["One sentence."], "zh")
seconds = time.perf_counter() - start
try:
    import resource, sys
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
except ImportError:
    peak = float("nan")
print(seconds, peak)
"""


def sources(to: Lang) -> list[str]:
    """Sentences to be translated into a language."""
    return [MARK.sub(r"\2", en if to == "zh" else zh) for en, zh in sentences()]


def words(lines: list[str]) -> int:
    """Chinese characters, or English words where there are none."""
    return sum(han_count(line) or len(line.split()) for line in lines)


def main() -> None:
    """Print the figures; of several runs the fastest."""
    package = read(EMBEDDED)
    print(f"model: {package.size / 1e6:.1f} MB on disk   [at most 40]")
    firsts = []
    for _ in range(_RUNS):
        done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, check=True, text=True)
        firsts.append([float(figure) for figure in done.stdout.split()])
    seconds, peak = (min(run[column] for run in firsts) for column in range(2))
    print(f"model: {seconds:.2f} s from nothing to the first answer, {peak:.0f} MB at the peak")
    engine = load("embedded")
    directions: tuple[Lang, Lang] = ("en", "zh")
    for to in directions:
        lines = sources(to)
        engine.translate(lines[:1], to)
        raw, whole = [], []
        for _ in range(_RUNS):
            start = time.perf_counter()
            engine.translate(lines, to)
            raw.append(time.perf_counter() - start)
            start = time.perf_counter()
            Pipeline(engine).translate(lines, to)
            whole.append(time.perf_counter() - start)
        count, unit = words(lines), "characters" if to == "en" else "words"
        print(
            f"model: to {to} {count / min(raw):.0f} {unit} a second raw ({len(lines) / min(raw):.0f} sentences), "
            f"{count / min(whole):.0f} through lines ({len(lines) / min(whole):.0f})"
        )


if __name__ == "__main__":
    main()
