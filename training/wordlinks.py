"""Word alignment of sentence pairs: tokens with their spans, links by eflomal, phrases that translate each other.

eflomal (Östling and Tiedemann 2016) links words in each direction; the two are joined by grow-diag (Koehn et al. 2003),
and phrases are the consistent ones of phrase-based translation.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bilingual.text import HAN
from training.corpus import Pair

Span = tuple[int, int]
Link = tuple[int, int]

_EN_TOKEN = re.compile(r"⟦/?\d+⟧|['’]s\b|[A-Za-z\u00c0-\u024f]+(?:[-.&][A-Za-z\u00c0-\u024f]+)*|\d+(?:[.,]\d+)*|\S")
_ZH_CHUNK = re.compile(rf"⟦/?\d+⟧|[{HAN}]+|[A-Za-z\u00c0-\u024f]+(?:[-.&][A-Za-z\u00c0-\u024f]+)*|\d+(?:[.,]\d+)*|\S")
_STEM = 6


class Phrase(NamedTuple):
    """Two stretches of a pair that translate each other, as half-open ranges of tokens."""

    en: Span
    zh: Span


def tokens_en(text: str) -> list[Span]:
    """The spans of a text's words, numbers, codes and marks."""
    return [found.span() for found in _EN_TOKEN.finditer(text)]


def tokens_zh(text: str) -> list[Span]:
    """The same for Chinese, its Han runs cut into words by jieba."""
    import jieba

    spans = []
    for found in _ZH_CHUNK.finditer(text):
        start, end = found.span()
        if found[0][0] >= "\u2e80":
            for word in jieba.cut(found[0], HMM=True):
                spans.append((start, start + len(word)))
                start += len(word)
        else:
            spans.append((start, end))
    return spans


def align(pairs: Sequence[Pair], spans: Sequence[tuple[list[Span], list[Span]]]) -> list[list[Link]]:
    """Links between English and Chinese tokens of each pair (needs eflomal)."""
    import eflomal

    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with (here / "en").open("w", encoding="utf-8") as en, (here / "zh").open("w", encoding="utf-8") as zh:
            for pair, (a, b) in zip(pairs, spans, strict=True):
                en.write(" ".join(_folded(pair.en[s:e]) for s, e in a) + "\n")
                zh.write(" ".join(pair.zh[s:e].lower() for s, e in b) + "\n")
        with (here / "en").open(encoding="utf-8") as en, (here / "zh").open(encoding="utf-8") as zh:
            eflomal.Aligner(model=3, rel_iterations=0.6).align(
                en, zh, links_filename_fwd=str(here / "fwd"), links_filename_rev=str(here / "rev"), quiet=True
            )
        forward, reverse = (_read(here / name) for name in ("fwd", "rev"))
    return [grow_diag(set(a), set(b)) for a, b in zip(forward, reverse, strict=True)]


def _read(path: Path) -> list[list[Link]]:
    links = []
    for line in path.read_text(encoding="utf-8").splitlines():
        pairs = (link.split("-") for link in line.split())
        links.append([(int(a), int(b)) for a, b in pairs])
    return links


def grow_diag(forward: set[Link], reverse: set[Link]) -> list[Link]:
    """The links of both directions, and those neighbours of one direction that give a word its first link."""
    links, union = forward & reverse, forward | reverse
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    grown = True
    while grown:
        grown = False
        for i, j in sorted(union - links):
            if i in rows and j in columns:
                continue
            if any((i + di, j + dj) in links for di in (-1, 0, 1) for dj in (-1, 0, 1)):
                links.add((i, j))
                rows.add(i)
                columns.add(j)
                grown = True
    return sorted(links)


class Strength:
    """How often two words are linked, over how often the rarer of them is: 1 is always."""

    def __init__(self) -> None:
        self._both: Counter[tuple[str, str]] = Counter()
        self._en: Counter[str] = Counter()
        self._zh: Counter[str] = Counter()

    def learn(self, en: Sequence[str], zh: Sequence[str], links: Iterable[Link]) -> None:
        """Count the links of one pair; `en` and `zh` are its tokens as text."""
        en, zh = [_folded(word) for word in en], zh
        self._both.update((en[i], zh[j]) for i, j in links)
        self._en.update(en)
        self._zh.update(zh)

    def __call__(self, en: str, zh: str) -> float:
        en = _folded(en)
        return self._both[en, zh] / max(1, min(self._en[en], self._zh[zh]))


def _folded(word: str) -> str:
    return word.lower()[:_STEM]


def phrases(links: Iterable[Link], longest: int) -> list[Phrase]:
    """Consistent phrases of at most `longest` tokens a side, every one with a link at each of its borders."""
    by_en: dict[int, list[int]] = defaultdict(list)
    by_zh: dict[int, list[int]] = defaultdict(list)
    for i, j in links:
        by_en[i].append(j)
        by_zh[j].append(i)
    found = []
    for start in sorted(by_en):
        for end in range(start + 1, start + longest + 1):
            if end - 1 not in by_en:
                continue
            linked = [j for i in range(start, end) for j in by_en.get(i, ())]
            low, high = min(linked), max(linked) + 1
            if high - low <= longest and all(start <= i < end for j in range(low, high) for i in by_zh.get(j, ())):
                found.append(Phrase((start, end), (low, high)))
    return found
