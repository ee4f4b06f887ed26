"""The pool: the pairs that training draws from, cleaned, sampled by kind, each once, with their word links.

A pool is a folder with `pairs.tsv` (kind, en, zh) and `links.txt` (`0-0 1-2 …` of the same line's tokens).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from training import corpus, wordlinks
from training.augment import Material
from training.corpus import Pair

LONGEST_PHRASE = 6
LEAST_STRENGTH = 0.12
"""A link of two words that are linked more rarely says nothing of where a phrase is."""
_WITH_CODES = 1.6
"""Documentation with inline codes is taken more often than without."""


def gather(files: Sequence[Path], shares: Mapping[str, float], seed: int = 5) -> list[Pair]:
    """The pairs of all files, each once; of each kind the share that is asked for, none where it is not named."""
    rng, seen, found = random.Random(seed), set(), []
    for path in files:
        for pair in corpus.read(path):
            share = shares.get(pair.kind, 0.0) * (_WITH_CODES if _sampled_with_codes(pair, shares) else 1.0)
            if rng.random() >= share:
                continue
            cleaned = corpus.clean(pair)
            key = (cleaned.en.lower(), cleaned.zh) if cleaned else None
            if cleaned and key not in seen:
                seen.add(key)
                found.append(cleaned)
    return found


def _sampled_with_codes(pair: Pair, shares: Mapping[str, float]) -> bool:
    """Whether a pair is of a sampled kind and has inline codes."""
    return shares.get(pair.kind, 0.0) < 1 and "⟦" in pair.en


def make(files: Sequence[Path], shares: Mapping[str, float], folder: Path) -> None:
    """Gather and align a pool, and write it; the folder appears when it is whole."""
    pairs = gather(files, shares)
    print(f"{len(pairs)} pairs, aligning", flush=True)
    links = wordlinks.align(pairs, [(wordlinks.tokens_en(p.en), wordlinks.tokens_zh(p.zh)) for p in pairs])
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    fresh.mkdir(parents=True)
    with (fresh / "pairs.tsv").open("w", encoding="utf-8") as out:
        out.writelines("\t".join(pair) + "\n" for pair in pairs)
    with (fresh / "links.txt").open("w", encoding="utf-8") as out:
        out.writelines(" ".join(f"{i}-{j}" for i, j in found) + "\n" for found in links)
    os.replace(fresh, folder)


def load(folder: Path) -> list[Material]:
    """The pool's pairs with their tokens and the phrases whose links are strong."""
    rows = list(_rows(folder))
    strength = wordlinks.Strength()
    for material, links in rows:
        strength.learn(*_words(material), links)
    found = []
    for material, links in rows:
        en, zh = _words(material)
        weak = {(i, j) for i, j in links if strength(en[i], zh[j]) < LEAST_STRENGTH}
        good = [
            phrase
            for phrase in wordlinks.phrases(links, LONGEST_PHRASE)
            if not any(phrase.en[0] <= i < phrase.en[1] for i, _ in weak)
        ]
        found.append(Material(material.pair, material.en, material.zh, good))
    return found


def _rows(folder: Path) -> Iterator[tuple[Material, list[wordlinks.Link]]]:
    with (folder / "links.txt").open(encoding="utf-8") as links:
        for pair, line in zip(corpus.read(folder / "pairs.tsv"), links, strict=True):
            found = [tuple(map(int, link.split("-"))) for link in line.split()]
            material = Material(pair, wordlinks.tokens_en(pair.en), wordlinks.tokens_zh(pair.zh), ())
            yield material, found  # type: ignore[misc]


def _words(material: Material) -> tuple[list[str], list[str]]:
    return (
        [material.pair.en[start:end] for start, end in material.en],
        [material.pair.zh[start:end] for start, end in material.zh],
    )
