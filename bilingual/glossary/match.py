"""Finding terms: a leftmost-longest automaton over folded text, then the borders that a language wants.

English: case is folded unless a term says otherwise, a light inflection may follow, and only a Latin letter or digit
beside a term (or a hyphen that joins one) keeps it from being one. Chinese has no borders; the longest form wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from bilingual.model import Concept, Lang, Term, TermMatch

_FOLD = {0x2019: "'", 0x2018: "'", 0x00A0: " ", 0x3000: " ", 0x2010: "-", 0x2011: "-"} | {
    0xFF01 + n: chr(0x21 + n) for n in range(94)
}
_UNFOLD_PUNCTUATION = {code: char for code, char in _FOLD.items() if chr(code).isalnum() or code < 0xFF00}
"""Full-width letters and digits fold, full-width punctuation does not: it is punctuation, not part of a term."""
_LETTER_BEFORE = re.compile(r"[A-Za-z0-9\u00c0-\u024f]-?$")
_INFLECTION = re.compile(r"(?:'s|s'|es|s)?(?![A-Za-z0-9\u00c0-\u024f]|-[A-Za-z0-9])")
_SMALL_ABBREVIATION = 4


class Matcher:
    """Finds the terms of one language."""

    def __init__(self, concepts: Sequence[Concept], lang: Lang):
        self.lang = lang
        self.entries: dict[str, list[tuple[Concept, Term]]] = defaultdict(list)
        for concept in concepts:
            terms = concept.terms(lang) if concept.translate else (*concept.en, *concept.zh)
            for term in terms:
                self.entries[fold(term.surface)].append((concept, term))
        self.keys = list(self.entries)
        self.automaton = _automaton(self.keys)

    def find(self, text: str) -> list[TermMatch]:
        """Matches in order; none overlaps another."""
        if self.automaton is None:
            return []
        folded = fold(text)
        found: list[TermMatch] = []
        at = 0
        candidates: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            candidates[start].append((end, key))
        for start in sorted(candidates):
            if start < at:
                continue
            for end, key in sorted(candidates[start], reverse=True):
                match = self.match(text, folded, start, end, key)
                if match:
                    found.append(match)
                    at = match.end
                    break
        return found

    def match(self, text: str, folded: str, start: int, end: int, key: int) -> TermMatch | None:
        surface = self.keys[key]
        if surface[0].isascii() and surface[0].isalnum() and _LETTER_BEFORE.search(folded, max(0, start - 2), start):
            return None
        if surface[-1].isascii() and surface[-1].isalnum():
            tail = _INFLECTION.match(folded, end)
            if not tail:
                return None
        for concept, term in self.entries[surface]:
            if not self.needs_case(term) or text[start:end] == term.surface:
                return TermMatch(start, end, concept, term)
        return None

    def needs_case(self, term: Term) -> bool:
        """Short abbreviations in capitals (CCG, IT) are told from words by their case."""
        if term.case:
            return True
        letters = term.surface
        return letters.isascii() and letters.isupper() and len(letters) <= _SMALL_ABBREVIATION


def fold(text: str) -> str:
    """A text for matching: lower case, straight apostrophes, half-width letters. It keeps its length."""
    folded = text.translate(_UNFOLD_PUNCTUATION)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def _automaton(keys: list[str]):  # type: ignore[no-untyped-def]  # the package has no types
    if not keys:
        return None
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(keys, matchkind=ahocorasick_rs.MatchKind.Standard)
