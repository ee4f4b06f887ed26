"""From aligned pairs to examples: how often a pair is shown, in which direction, and what is put into it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bilingual.engines.spacing import apart
from bilingual.model import Lang
from bilingual.text import SYMBOL
from training.augment import Forms, Material, Terms, add_codes, other_figures, vary
from training.edits import Dressing, Example

FORMS_LEAST = 2


@dataclass(frozen=True)
class Mixture:
    """Shares of a training set."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """Kind: how many times each of its pairs is shown in each direction, on average; a fraction is a chance."""
    to_en: float = 0.5
    """Share of the examples that go into English."""
    long: float = 1.0
    """Times the weight for pairs of at least 12 English words, and again for those of 24: sentences teach more than
    labels, and long ones are where clauses are lost."""
    terms: float = 0.15
    """Share of examples with terms written into the source."""
    codes: float = 0.15
    """Share of examples with inline codes put in."""
    figures: float = 0.15
    """Share of examples whose numbers are exchanged for others."""
    copies: float = 0.01
    """Share of examples whose source is in the target language already."""


def examples(materials: Sequence[Material], terms: Terms, mixture: Mixture, seed: int) -> Iterator[Example]:
    """Every example of a mixture, in order of the materials."""
    rng = random.Random(seed)
    for material in materials:
        weight = mixture.weights.get(material.pair.kind, 0.0)
        weight *= mixture.long ** min(2, len(material.pair.en.split()) // 12)
        directions: tuple[Lang, Lang] = ("en", "zh")
        for to in directions:
            times = weight * 2 * (mixture.to_en if to == "en" else 1 - mixture.to_en)
            for _ in range(int(times) + (rng.random() < times % 1)):
                yield _example(material, to, terms, mixture, rng)


def _example(material: Material, to: Lang, terms: Terms, mixture: Mixture, rng: random.Random) -> Example:
    chance = rng.random()
    if chance < mixture.copies and SYMBOL.search(material.pair.en) is None:
        text = material.pair.en if to == "en" else material.pair.zh
        return Example(text, apart(text) if to == "zh" else text, to)
    pair = other_figures(material.pair, rng) if rng.random() < mixture.figures else material.pair
    material = Material(pair, material.en, material.zh, material.phrases)
    dressing = Dressing(pair.en, pair.zh)
    if rng.random() < mixture.terms:
        terms.write(dressing, material, to, rng)
    if rng.random() < mixture.codes:
        add_codes(dressing, material, rng)
    return vary(dressing.example(to), rng)


def forms(materials: Sequence[Material], tags: Mapping[str, str]) -> Forms:
    """Names and nouns of the pairs, to be put in place of others: those that are seen more than once, and the titles
    of the `term` pairs."""
    terms = Terms(dict(tags), Forms({}, {}))
    names: dict[Lang, Counter[str]] = {"en": Counter(), "zh": Counter()}
    nouns: dict[Lang, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for material in materials:
        if material.pair.kind == "term" and len(material.pair.en) < 50 and len(material.pair.zh) < 20:
            if not material.pair.en.islower():  # a lower-case one may be a verb
                names["en"][material.pair.en] += FORMS_LEAST
                names["zh"][material.pair.zh] += FORMS_LEAST
            continue
        for phrase, name in terms.candidates(material):
            en, zh = material.text(phrase, "en"), material.text(phrase, "zh")
            if (name and len(en.split()) > 1) or en.islower():
                counts = names if name else nouns
                counts["en"][en] += 1
                counts["zh"][zh] += 1
    return Forms(_often(names), _often(nouns))


def _often(counts: Mapping[Lang, Counter[str]]) -> dict[Lang, list[str]]:
    return {to: [form for form, n in found.items() if n >= FORMS_LEAST] for to, found in counts.items()}
