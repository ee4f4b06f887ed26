"""What a pool lacks: frequent Chinese words that hardly any of its pairs holds, the next ones to write pairs for.

    python -m training gaps --work WORK [--least 5] [--first 20000]

How frequent a word is, jieba's dictionary says; names are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bilingual.text import HAN
from training.augment import Material

_WORD = re.compile(f"[{HAN}]{{2,4}}")


def gaps(
    materials: Iterable[Material], frequency: Mapping[str, int], first: int, least: int
) -> Iterator[tuple[str, int]]:
    """Of the `first` most frequent words those that stand in fewer than `least` pairs, each with their number."""
    seen = Counter(word for each in materials for word in {each.pair.zh[slice(*token)] for token in each.zh})
    words = sorted((word for word in frequency if _WORD.fullmatch(word)), key=lambda word: -frequency[word])
    return ((word, seen[word]) for word in words[:first] if seen[word] < least)
