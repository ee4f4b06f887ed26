"""Finding terms: a leftmost-longest automaton over folded text, then the borders that a language wants.

English: case is folded unless a term says otherwise, a light inflection may follow, and only a Latin letter or digit
beside a term (or a hyphen or dot that joins one, or the signs of an identifier) keeps it from being one. Chinese has no
borders; the longest form wins, and a space between Chinese and Latin script is no matter. A line break within a term is
a space in English, nothing in Chinese.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from bilingual.model import Concept, Lang, Term, TermMatch

_FOLD = {0x2019: "'", 0x2018: "'", 0x00A0: " ", 0x3000: " ", 0x2010: "-", 0x2011: "-"} | {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()
}
"""Full-width letters and digits fold, full-width punctuation does not: it is punctuation, not part of a term."""
_FOLDABLE = re.compile(f"[{''.join(map(chr, _FOLD))}]")
_LETTER_BEFORE = re.compile(r"[A-Za-z0-9\u00c0-\u024f][-.]?$|[@$_#]$|⟦/?\d*$")
_INFLECTION = re.compile(r"(?:'s|s'|es|s)?(?![A-Za-z0-9\u00c0-\u024f⟧_®]|-[A-Za-z0-9]|\.(?!com\b)[a-z0-9]|\(\))")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters that nobody sees."""
_SMALL_ABBREVIATION = 4
_WIDE = r"[^\x00-\xff]"
"""Han characters and the signs between them; the exact class takes ten times as long to compile, for each pattern."""
HAN_GAP = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")
"""A line break that is none within a Chinese term."""
_SCRIPT_GAP = re.compile(
    rf"(?<={_WIDE})[ \n](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \n](?={_WIDE})|(?<={_WIDE})\n(?={_WIDE})"
)
_MIXED = re.compile(rf"{_WIDE} ?[A-Za-z0-9]|[A-Za-z0-9] ?{_WIDE}")
_CONSONANT_Y = re.compile(r"[a-z][^aeiou\W]y$", re.IGNORECASE)

Fold = Callable[[str], str]


class Matcher:
    """Finds the terms of one language."""

    def __init__(self, concepts: Sequence[Concept], lang: Lang, *, simplify: Fold | None = None):
        """`simplify` gives the simplified form of a Chinese text, character for character; None leaves it as it is."""
        self.simplify = simplify
        self.entries: dict[str, list[tuple[Concept, Term]]] = defaultdict(list)
        self.mixed = False
        for concept in concepts:
            terms = concept.terms(lang) if concept.translate else (*concept.en, *concept.zh)
            for term in terms:
                self.mixed = self.mixed or _MIXED.search(term.surface) is not None
                for key in self._keys(term.surface):
                    self.entries[key].append((concept, term))
        self.keys = list(self.entries)

    def _keys(self, surface: str) -> list[str]:
        """The folded forms under which a term is found: itself, and the plural of "policy"."""
        key = _SCRIPT_GAP.sub("", self._fold(surface))
        return [key, key[:-1] + "ies"] if _CONSONANT_Y.search(key) else [key]

    def _fold(self, text: str) -> str:
        folded = fold(text)
        return self.simplify(folded) if self.simplify else folded

    @cached_property
    def _longest(self) -> Any:
        return _automaton(self.keys, "LeftmostLongest")

    @cached_property
    def _every(self) -> Any:
        return _automaton(self.keys, "Standard")

    def find(self, text: str) -> list[TermMatch]:
        """Matches in order; none overlaps another."""
        if not self.keys:
            return []
        folded, removed = self._prepared(text)
        found = self._quick(text, folded, removed)
        return self._thorough(text, folded, removed) if found is None else found

    def may_find(self, text: str) -> bool:
        """Whether `find` may give anything: False is certain, True is not."""
        if not self.keys:
            return False
        folded, _ = self._prepared(text)
        found = self._longest.find_matches_as_indexes(folded)
        if any(_bordered(folded, start, end) for _, start, end in found):
            return True
        # A form within others that do not stand by themselves: seldom, and the second automaton is made for it only.
        found = self._every.find_matches_as_indexes(folded, overlapping=True) if found else []
        return any(_bordered(folded, start, end) for _, start, end in found)

    def _prepared(self, text: str) -> tuple[str, list[int]]:
        """The text as it is searched, and the places in it before which a character of `text` was left out."""
        folded = self._fold(text)
        gap = _SCRIPT_GAP if self.mixed else HAN_GAP
        if not self.mixed and "\n" not in folded:
            return folded, []
        removed = [found.start() - number for number, found in enumerate(gap.finditer(folded))]
        squeezed = gap.sub("", folded) if removed else folded
        return squeezed.replace("\n", " "), removed

    def _quick(self, text: str, folded: str, removed: list[int]) -> list[TermMatch] | None:
        """What the automaton takes for the longest, if the borders of all of these are right."""
        found = []
        for key, start, end in self._longest.find_matches_as_indexes(folded):
            match = self._match(text, folded, removed, start, end, key)
            if match is None:
                return None
            found.append(match)
        return found

    def _thorough(self, text: str, folded: str, removed: list[int]) -> list[TermMatch]:
        """Leftmost first, then the longest whose borders are right."""
        candidates: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in self._every.find_matches_as_indexes(folded, overlapping=True):
            candidates[start].append((end, key))
        found: list[TermMatch] = []
        at = 0
        for start in sorted(candidates):
            if start < at:
                continue
            for end, key in sorted(candidates[start], reverse=True):
                match = self._match(text, folded, removed, start, end, key)
                if match:
                    found.append(match)
                    at = end
                    break
        return found

    def _match(self, text: str, folded: str, removed: list[int], start: int, end: int, key: int) -> TermMatch | None:
        surface = self.keys[key]
        if not _bordered(folded, start, end):
            return None
        if removed:
            start, end = start + bisect_right(removed, start), end + bisect_right(removed, end - 1)
        found = text[start:end]
        entries = self.entries[surface]
        exact = [(concept, term) for concept, term in entries if term.surface == found] if len(entries) > 1 else []
        for concept, term in exact or entries:
            if found == term.surface or not needs_case(term):
                return TermMatch(start, end, concept, term)
        return None


def _bordered(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of folded text stands by itself where it begins or ends in Latin script."""
    first, last = folded[start], folded[end - 1]
    if first.isascii() and first.isalnum() and _LETTER_BEFORE.search(folded, max(0, start - 4), start):
        return False
    return not (last.isascii() and last.isalnum()) or _INFLECTION.match(folded, end) is not None


def needs_case(term: Term) -> bool:
    """Whether letter case matters; short abbreviations in capitals (CCG, IT) are told from words by it."""
    surface = term.surface
    return term.case or (surface.isascii() and surface.isupper() and len(surface) <= _SMALL_ABBREVIATION)


def fold(text: str) -> str:
    """A text for matching: lower case, straight apostrophes, half-width letters. It keeps its length."""
    folded = text if text.isascii() else text.translate(_FOLD) if _FOLDABLE.search(text) else text
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


_LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_ENDING = re.compile(r"(?:'s|s'|es|s)?(?![A-Za-z0-9\u00c0-\u024f])")


def _stands(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of folded text is no piece of a longer Latin word; it may be joined to one ("EU-wide")."""
    first, last = folded[start], folded[end - 1]
    if _LETTER.match(first) and start and _LETTER.match(folded[start - 1]):
        return False
    return not _LETTER.match(last) or _ENDING.match(folded, end) is not None


def holds(text: str, form: str) -> bool:
    """Whether a text holds a form, be it as part of a longer term; letter case and light inflection are no matter."""
    folded, key = _squeezed(text), _squeezed(form)
    keys = [key, key[:-1] + "ies"] if _CONSONANT_Y.search(key) else [key]
    for key in keys:
        at = folded.find(key)
        while at >= 0:
            if _stands(folded, at, at + len(key)):
                return True
            at = folded.find(key, at + 1)
    return False


def _squeezed(text: str) -> str:
    return _SCRIPT_GAP.sub("", INVISIBLE.sub("", fold(text))).replace("\n", " ")


def _automaton(keys: list[str], kind: str) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(keys, matchkind=getattr(ahocorasick_rs.MatchKind, kind))
