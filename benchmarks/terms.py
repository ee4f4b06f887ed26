"""Checking many pages against many terms, after start-up: megabytes of Markdown a second."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from benchmarks.pages import chinese, english, page
from bilingual.checks import check
from bilingual.glossary import Glossary
from bilingual.site import discover

_HAN = "春夏秋冬山水花木东西南北金银铜铁风雨雷电江河湖海城镇村街桥路门窗琴棋书画茶酒米面衣食住行"


def glossary(rng: random.Random, size: int, share: float) -> str:
    """A glossary of so many concepts with Chinese forms of two to four characters, a tenth of which deprecate another.

    `share` of them are made of what `benchmarks.pages` says.
    """
    lines, seen = ["terms:"], {""}
    while len(lines) <= size:
        zh, en = "".join(rng.sample(_HAN, rng.randint(2, 4))), f"harbour {len(lines)}"
        if rng.random() < share:
            text, first = chinese(rng).split("（")[0], rng.randint(0, 4)
            zh, en = text[first : first + rng.randint(2, 4)], " ".join(english(rng).split()[1:3])
        if {zh, en} & seen or not en.replace(" ", "").isalnum():
            continue
        seen |= {zh, en}
        old = f", deprecated: [{zh}{rng.choice(_HAN)}]" if len(lines) % 10 == 0 else ""
        lines.append(f"  - {{en: {en}, zh: {{preferred: {zh}{old}}}}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the rates: terms that stand in no page, and terms for which every page has to be aligned."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(1_000):
            Path(name, f"{number:04}.md").write_text(page(number, 20), encoding="utf-8")
        pages = discover([name])
        size = sum(path.stat().st_size for paths in pages for path in paths) / 1e6
        for share, rules, label in (
            (0.0, (), "all rules, terms of other pages"),
            (0.02, ("deprecated-form",), "deprecated-form, terms in every page"),
            (0.02, (), "all rules, terms in every page, so that all are aligned"),
        ):
            terms = Glossary.from_text(glossary(random.Random(2), 5_000, share))
            check(pages[:10], terms)  # what is made once, is made
            start = time.perf_counter()
            found = check(pages, terms, rules)
            took = time.perf_counter() - start
            print(f"terms: {size / took:.1f} MB a second, {label} ({len(found)} findings)   [at least 5]")


if __name__ == "__main__":
    main()
