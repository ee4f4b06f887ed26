"""What two blocks have in common, as far as it can be told without a translation model.

Evidence is weighed as in naive Bayes. A feature of one block that the other holds too counts for the pair by the log of
how much likelier that is for translations than for strangers; one that it lacks counts against it. Features are English
words of which the lexicon knows Chinese bigrams, and what both languages write alike: code, link targets, figures,
Latin words, glossary concepts. Scores are in nats; above 0 a pair is likelier to be a translation than not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from bilingual import lexicon
from bilingual.align.traits import Traits

HELD = {"stem": 0.62, "code": 0.9, "link": 0.8, "figure": 0.8, "word": 0.75, "term": 0.85, "line": 0.85, "place": 0.7}
"""How often the translation of a block holds a feature of the block, by the feature's class. Set by hand, below what
`python -m benchmarks.align --held` prints for faithful translations, so that a free one is not ruled out."""
_TOO_COMMON = 60
"""A feature that more blocks than this hold points nowhere; leaving it out keeps long pages linear."""
_CHANCE = 0.04
"""The share of strangers that hold a feature, before any of a page has been seen, and what that is worth in blocks: a
short page does not tell how common a word is."""
_PRIOR = 15.0
_BELOW = 0.25
_BELOW_MOST = 2.0
"""A heading says little: so much of the evidence between what stands under two headings is theirs too."""
_KIND = 1.2
_OTHER_KIND = -3.5
_OTHER_LEVEL = -2.5
_OTHER_MARKUP = -1.4
_SPREAD = 0.42
"""Standard deviation of the log of the length ratio of translations of ten words or more."""
_MERGE = -5.0
"""A bead of three blocks is rarer than one of two."""
_ROOM = 0.85
_BOTH = 0.3
"""Of what two Chinese neighbours share with one English block, so much of the lesser share is the same features."""


def held(feature: str) -> float:
    """The probability that a translation holds a feature."""
    return HELD[
        {"`": "code", "→": "link", "=": "figure", "§": "term", "|": "line", "#": "place"}.get(feature[0], "word")
    ]


class Evidence:
    """The score of every pair of an English and a Chinese block, in nats."""

    def __init__(self, en: Sequence[Traits], zh: Sequence[Traits]):
        self.en, self.zh = en, zh
        self._table = lexicon.table()
        self._places: dict[str, Collection[int]] = {}
        self._worths: dict[tuple[float, int], tuple[float, float]] = {}
        self.tokens = _places(trait.tokens for trait in zh)
        self.grams = _places(trait.grams for trait in zh)
        self._en_tokens = Counter(chain.from_iterable(trait.tokens for trait in en))
        self._en_base = [0.0] * len(en)
        self._zh_base = [0.0] * len(zh)
        self.rows: list[dict[int, float]] = [self._row(i) for i in range(len(en))]
        for j, trait in enumerate(zh):
            self._zh_base[j] = sum(
                math.log(1 - held(token)) * 0.5
                for token in trait.tokens
                if token[0] in "`→=§" or self._en_tokens[token]
            )

    def _row(self, i: int) -> dict[int, float]:
        """What each Chinese block that has anything of the English one scores above one that has nothing."""
        row: dict[int, float] = {}
        base = 0.0
        for token in self.en[i].tokens:
            places = self.tokens.get(token)
            if places is None:
                base += math.log(1 - held(token)) * 0.5 if token[0] in "`→=§" else 0.0
            elif len(places) <= _TOO_COMMON:
                base += self._add(row, places, held(token)) * 0.5
                lost = -math.log(1 - held(token)) * 0.5  # the Chinese side counts the other half of its absence
                for j in places:
                    row[j] = row.get(j, 0.0) + lost
        for stem in self.en[i].stems:
            holders = self.places(stem)
            if len(holders) <= _TOO_COMMON:
                base += self._add(row, holders, HELD["stem"])
        self._en_base[i] = base
        return row

    def places(self, stem: str) -> Collection[int]:
        """The Chinese blocks that hold a bigram which the lexicon gives for an English stem."""
        known = self._places.get(stem)
        if known is None:
            line = self._table[stem]
            known = {j for k in range(0, len(line), 2) for j in self.grams.get(line[k : k + 2], ())}
            self._places[stem] = known
        return known

    def _add(self, row: dict[int, float], places: Collection[int], p: float) -> float:
        """Add what holding a feature is worth; the worth of not holding it is returned, for all the others."""
        present, absent = self._worth(p, len(places))
        if present:
            get = row.get
            for j in places:
                row[j] = get(j, 0.0) + present
        return absent

    def _worth(self, p: float, holders: int) -> tuple[float, float]:
        """What holding a feature that so many blocks hold is worth beside not holding it, and what the latter is."""
        known = self._worths.get((p, holders))
        if known is None:
            chance = (max(0, holders - 1) + _CHANCE * _PRIOR) / (max(0, len(self.zh) - 1) + _PRIOR)
            absent = math.log((1 - p) / (1 - chance)) if chance < p else 0.0
            known = (math.log(p / chance) - absent if chance < p else 0.0, absent)
            self._worths[p, holders] = known
        return known

    def content(self, i: int, j: int) -> float:
        """The score of a pair by what the two say."""
        return self._en_base[i] + self._zh_base[j] + self.rows[i].get(j, 0.0)

    def score(self, i: int, j: int) -> float:
        """The score of a pair by what the two say and what they are."""
        score = self.content(i, j) + form(self.en[i], self.zh[j])
        if self.en[i].kind == self.zh[j].kind == "heading" and i + 1 < len(self.en) and j + 1 < len(self.zh):
            below = _BELOW * self.content(i + 1, j + 1)
            score += max(-_BELOW_MOST, min(_BELOW_MOST, below))
        return score

    def merged(self, en: tuple[int, ...], zh: tuple[int, ...]) -> float | None:
        """The score of two neighbours as one against a third; None where they do not lend themselves to it.

        Only texts of one kind that differ, each with something of the third, which is long enough to say both.
        """
        parts = [self.en[i] for i in en] if len(en) > 1 else [self.zh[j] for j in zh]
        whole = self.zh[zh[0]] if len(en) > 1 else self.en[en[0]]
        sizes = [part.size for part in parts]
        if min(sizes) < 3 or parts[0].kind != parts[1].kind or not _holds(whole.size, sizes):
            return None
        shared = [self.rows[i].get(j, 0.0) for i in en for j in zh]
        if min(shared) <= 0 or _repeats(*parts):
            return None
        content = sum(self._en_base[i] for i in en) + sum(self._zh_base[j] for j in zh) + sum(shared)
        if len(zh) > 1:
            content -= _BOTH * min(shared)
        one = parts[0]._replace(size=sum(sizes), codes=parts[0].codes + parts[1].codes)
        return content + _MERGE + (form(one, whole) if len(en) > 1 else form(whole, one))


def _repeats(one: Traits, other: Traits) -> bool:
    """Whether two texts say much of the same."""
    words, others = one.grams or one.stems, other.grams or other.stems
    return 2 * len(words & others) > min(len(words), len(others))


def _holds(whole: float, sizes: Sequence[float]) -> bool:
    """Whether a text is long enough to say what two others say."""
    return whole > max(sizes) * _ROOM and whole > sum(sizes) * _ROOM * _ROOM


def _places(features: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(features):
        for feature in each:
            found[feature].append(index)
    return found


def form(en: Traits, zh: Traits) -> float:
    """The score of a pair by kind, level, markup and length."""
    score = _OTHER_KIND if en.kind != zh.kind else _KIND if en.level == zh.level else _OTHER_LEVEL
    if en.size and zh.size:
        off = math.log((zh.size + 2) / (en.size + 2)) / (_SPREAD + 1.5 / (2 + min(en.size, zh.size)))
        score += 0.9 - min(8.0, off * off / 2)
    elif en.size or zh.size:
        score -= 3.0
    if not en.codes and not zh.codes:
        return score
    markup = sum(0.4 if en.codes[kind] == zh.codes[kind] else -0.7 for kind in en.codes.keys() | zh.codes.keys())
    return score + max(_OTHER_MARKUP, markup)
