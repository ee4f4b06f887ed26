"""A small bilingual lexicon: for an English stem, the Chinese bigrams that go with it.

Not a dictionary to read but evidence for alignment: of the bigrams that an English word lets one expect, does a Chinese
text hold any? Learned by `training/lexicon.py`; see `data/README.md` for where from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bilingual.text import HAN

_PATH = Path(__file__).parent / "data" / "lexicon.txt"
_WORD = re.compile(r"[a-z]{2,}")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings; rough, but the same on both sides of a comparison."""
    for ending, rest, put in (
        ("ies", 3, "y"),
        ("sses", 4, "ss"),
        ("ing", 4, ""),
        ("ed", 4, ""),
        ("es", 4, ""),
        ("s", 3, ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= rest - 1 and not word.endswith("ss"):
            return word[: -len(ending)] + put
    return word


def stems(text: str) -> list[str]:
    """The stems of an English text's words."""
    return [stem(word) for word in _WORD.findall(text.lower())]


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring Han characters of a text."""
    return [run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """English stem → its Chinese bigrams, strung together."""
    lines = _PATH.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)
