"""Learn the small bilingual lexicon of the aligner from parallel text.

For each English stem the Chinese bigrams (pairs of neighbouring Han characters) that occur with it far more often than
chance: co-occurrence over sentence pairs, scored by Dice's coefficient of the two occurrence sets, kept above a
threshold and only where the log-likelihood ratio (Dunning 1993) is large. No segmenter is needed on either side.

    python -m training.lexicon OUT.txt CORPUS.tsv[.xz] ...      (kind<TAB>en<TAB>zh, needs numpy and scipy)
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from bilingual import lexicon
from bilingual.lexicon import stem
from bilingual.text import FUNCTION_WORDS

VOCABULARY = 24_000
BIGRAMS = 60_000
KEEP = 6
FUNCTION = frozenset("的了和在是与及等也就都而或被把对为从到于之其这那该此个们将会可请您你我他它")
"""Characters that stand beside anything: a bigram with one of them says nothing of a word."""
DICE = 0.035
LIKELIHOOD = 40.0

_FUNCTION_STEMS = frozenset(stem(word) for word in FUNCTION_WORDS)


def stems(text: str) -> list[str]:
    """The stems of a text's words that say something; "the" goes with everything."""
    return [found for found in lexicon.stems(text) if found not in _FUNCTION_STEMS]


def bigrams(text: str) -> list[str]:
    """The bigrams of a text that can stand for a word."""
    return [gram for gram in lexicon.bigrams(text) if not FUNCTION.intersection(gram)]


def pairs(paths: Sequence[Path], most: int) -> list[tuple[str, str]]:
    """A sample of sentence pairs; inline codes taken out."""
    rows: list[tuple[str, str]] = []
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                _, en, zh = re.sub(r"⟦/?\d+⟧", " ", line.rstrip("\n")).split("\t")
                rows.append((en, zh))
    random.Random(1).shuffle(rows)
    return rows[:most]


def occurrences(texts: Iterator[list[str]], index: dict[str, int], rows: int) -> sp.csr_matrix:
    """Which entries of an index occur in which row, as a 0/1 matrix."""
    indices: list[int] = []
    borders = [0]
    for tokens in texts:
        indices += sorted({index[token] for token in tokens if token in index})
        borders.append(len(indices))
    data = np.ones(len(indices), np.float32)
    return sp.csr_matrix((data, np.array(indices, np.int32), np.array(borders)), shape=(rows, len(index)))


def most_common(texts: Iterator[list[str]], size: int, least: int) -> dict[str, int]:
    """The most frequent tokens, numbered."""
    counts: Counter[str] = Counter()
    for tokens in texts:
        counts.update(set(tokens))
    return {token: n for n, (token, count) in enumerate(counts.most_common(size)) if count >= least}


def likelihood(both: np.ndarray, a: float, b: np.ndarray, n: int) -> np.ndarray:
    """Dunning's log-likelihood ratio of a co-occurrence table, larger is surer."""

    def h(*cells: np.ndarray) -> np.ndarray:
        total = sum(cells)
        return sum(np.where(c > 0, c * np.log(np.maximum(c, 1e-12) / total), 0.0) for c in cells)

    k11, k12, k21 = both, a - both, b - both
    k22 = n - k11 - k12 - k21
    return 2 * (h(k11, k12, k21, k22) - h(k11 + k12, k21 + k22) - h(k11 + k21, k12 + k22))


def learn(rows: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """English stem → its Chinese bigrams, the closest first."""
    en_index = most_common((stems(en) for en, _ in rows), VOCABULARY, 8)
    zh_index = most_common((bigrams(zh) for _, zh in rows), BIGRAMS, 8)
    a = occurrences((stems(en) for en, _ in rows), en_index, len(rows))
    b = occurrences((bigrams(zh) for _, zh in rows), zh_index, len(rows))
    n_a, n_b = np.asarray(a.sum(0)).ravel(), np.asarray(b.sum(0)).ravel()
    words, grams = list(en_index), list(zh_index)
    found = {}
    transposed = a.T.tocsr()
    for start in range(0, len(words), 500):
        block = (transposed[start : start + 500] @ b).tocsr()
        for k in range(block.shape[0]):
            row = block[k]
            count_a, columns, both = n_a[start + k], row.indices, row.data
            dice = 2 * both / (count_a + n_b[columns])
            sure = likelihood(both, count_a, n_b[columns], len(rows)) > LIKELIHOOD
            best = [i for i in np.argsort(-dice)[:KEEP] if dice[i] > DICE and sure[i]]
            if best:
                found[words[start + k]] = [grams[columns[i]] for i in best]
    return found


def main() -> None:
    """Learn and write: a line an English stem, its bigrams behind it without spaces."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=400_000, help="sentence pairs to learn from")
    asked = parser.parse_args()
    learned = learn(pairs(asked.corpus, asked.most))
    text = "".join(f"{word} {''.join(found)}\n" for word, found in sorted(learned.items()))
    asked.out.write_text(text, encoding="utf-8", newline="\n")  # not packed: it is read at every start of `align`
    print(f"{len(learned)} stems, {asked.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
