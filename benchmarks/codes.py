"""Inline codes through the engine alone: how many come back exactly once, and whether pairs enclose the right words.

    python -m benchmarks.codes [--engine NAME] [--show]

100 sentences of portfolios and documentation, marked by hand in both languages (`codes.txt`), each in three dresses:
all marks as paired codes; one as a standalone code in place of its words, the others paired; one pair only. A pair is
right where what it encloses shares a word (in Chinese a character) with what the other language's marked text encloses;
`--show` prints the others, to be read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bilingual.model import Lang
from bilingual.pipeline import Pipeline
from bilingual.text import HAN, SYMBOL

MARK = re.compile(r"\{(\d):([^{}]*)\}")
_UNITS = re.compile(rf"[{HAN}]|[A-Za-z]+|\d+")
_STEM = 4
DRESSES = 3


class Dressed(NamedTuple):
    """A sentence with codes, and the words that each of its pairs should enclose in the target."""

    source: str
    wanted: dict[int, str]


def sentences() -> list[tuple[str, str]]:
    """English and Chinese, with their marks."""
    text = Path(__file__).with_name("codes.txt").read_text(encoding="utf-8")
    blocks = [[line for line in block.splitlines() if not line.startswith("#")] for block in text.split("\n\n")]
    return [(en, zh) for en, zh in (block for block in blocks if block)]


def dressed(source: str, target: str, dress: int, turn: int) -> Dressed:
    """A sentence in one of three dresses; `turn` chooses the mark that is dressed in another way."""
    marks = list(dict.fromkeys(MARK.findall(source)))
    chosen = marks[turn % len(marks)][0]
    words = dict(MARK.findall(target))
    order: dict[str, int] = {}
    wanted: dict[int, str] = {}

    def code(found: re.Match[str]) -> str:
        if dress == 2 and found[1] != chosen:
            return found[2]
        number = order.setdefault(found[1], len(order) + 1)
        if dress == 1 and found[1] == chosen:
            return f"⟦{number}⟧"
        wanted[number] = words[found[1]]
        return f"⟦{number}⟧{found[2]}⟦/{number}⟧"

    return Dressed(MARK.sub(code, source), wanted)


def carried(source: str, target: str) -> bool:
    """Whether every code of the source is in the target exactly once, opening halves in front of closing ones."""
    if sorted(SYMBOL.findall(source)) != sorted(SYMBOL.findall(target)):
        return False
    return all(target.index(f"⟦{n}⟧") < target.index(f"⟦/{n}⟧") for slash, n in SYMBOL.findall(source) if slash)


def encloses(target: str, number: int, wanted: str) -> bool:
    """Whether a pair of the target holds some of the wanted words."""
    found = re.search(f"⟦{number}⟧(.*?)⟦/{number}⟧", target)
    return found is not None and bool(_words(found[1]) & _words(wanted))


def _words(text: str) -> set[str]:
    return {unit.lower()[:_STEM] for unit in _UNITS.findall(SYMBOL.sub(" ", text))}


def measure(engine: str, to: Lang) -> Iterator[tuple[int, Dressed, str]]:
    """Every dressed sentence with its number and the engine's first answer."""
    pairs = sentences()
    asked = [
        dressed(*((en, zh) if to == "zh" else (zh, en)), dress, turn)
        for dress in range(DRESSES)
        for turn, (en, zh) in enumerate(pairs)
    ]
    answers = Pipeline(engine, fallback=False).translate([each.source for each in asked], to)
    yield from (
        (number // len(pairs), each, answer.text)
        for number, (each, answer) in enumerate(zip(asked, answers, strict=True))
    )


def main() -> None:
    """Measure both directions and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    directions: tuple[Lang, Lang] = ("zh", "en")
    for to in directions:
        whole = total = right = pairs = 0
        for dress, each, answer in measure(asked.engine, to):
            good = carried(each.source, answer)
            whole, total = whole + good, total + 1
            wrong = [n for n, words in each.wanted.items() if dress == 0 and not encloses(answer, n, words)]
            if dress == 0:
                pairs, right = pairs + len(each.wanted), right + len(each.wanted) - len(wrong)
            if asked.show and (wrong or not good):
                print(f"{'' if good else 'LOST '}{each.source}\n   {answer}\n   wrong: {wrong}")
        print(f"to {to}: codes exactly once in {whole} of {total} sentences; {right} of {pairs} pairs right")


if __name__ == "__main__":
    main()
