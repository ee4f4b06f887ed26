"""Parsing with spans against mistune's own pass to its syntax tree; and whether time grows linearly."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import mistune

from benchmarks.pages import page
from bilingual.markdown import parse

_PLUGINS = ["table", "footnotes", "strikethrough", "def_list", "math", "task_lists"]


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time of one pass over the texts, which what else runs on the machine leaves alone."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def main() -> None:
    """Print the ratios."""
    tree = mistune.create_markdown(renderer=None, plugins=_PLUGINS)
    texts = [page(seed) for seed in range(200)]
    runs = [(seconds(parse, texts), seconds(tree, texts)) for _ in range(5)]
    ours, theirs = min(run[0] for run in runs), min(run[1] for run in runs)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(
        f"parse: {ours / theirs:.2f} x mistune's AST pass ({size / ours:.1f}, {size / theirs:.1f} MB/s)   [at most 1.6]"
    )
    small, large = page(0, 2_000), page(0, 66_000)
    times = [min(seconds(parse, [text]) for _ in range(2)) for text in (small, large)]
    growth = (times[1] / times[0]) / (len(large) / len(small))
    print(f"parse: a page of {len(large.encode()) / 1e6:.0f} MB takes {growth:.2f} x its share of time   [linear is 1]")


if __name__ == "__main__":
    main()
