"""The glossary's terms within one segment: which are required, written into the source, put back in a code's place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bilingual.glossary import Glossary
from bilingual.glossary.match import holds
from bilingual.model import Lang, TermMatch

_HEADS = frozenset(
    "agency alliance assembly association authority bank board bureau center centre chamber college commission "
    "committee company conference congress corporation council court department division forum foundation fund "
    "federation government group initiative institute league library ministry museum office organisation organization "
    "party programme program republic school senate society state states union".split()
)
_DETERMINED = re.compile(
    r"(?:\b(?:a|an|the|this|that|these|those|my|our|your|his|her|its|their|every|each|no|some|any|[\w.]+['’]s?)\s*"
    r"|[\"“‘(/&-])(?:⟦\d+⟧)*$",
    re.I,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)(?:⟦/?\d+⟧|[\"'“‘(\[])*$")
_LATIN = re.compile(r"[A-Za-z\d]")
_WORD_END = re.compile(r"[\w.,;:!?)\]”’]$")


class Required(NamedTuple):
    """A term of a segment and what its target must hold."""

    start: int
    end: int
    concept: str
    source: str
    target: str
    """The form to write."""
    accepted: tuple[str, ...]
    """The forms that will do."""


def required(segment: str, glossary: Glossary | None, to: Lang) -> list[Required]:
    """The terms of a segment, in order."""
    if glossary is None:
        return []
    source: Lang = "zh" if to == "en" else "en"
    return [
        _required(segment, match, glossary, to) for match in glossary.find(segment, source) if _is_word(segment, match)
    ]


def _is_word(segment: str, match: TermMatch) -> bool:
    """Whether a form stands for itself: for one that is marked ambiguous, and Chinese, jieba says so."""
    if not match.term.ambiguous or match.term.lang == "en":
        return True
    from bilingual.glossary.words import cuts_word

    return not cuts_word(segment, match.start, match.end)


def _required(segment: str, match: TermMatch, glossary: Glossary, to: Lang) -> Required:
    target = glossary.target(match, to)
    accepted = tuple(dict.fromkeys([target, *glossary.accepted(match.concept, to)]))
    return Required(match.start, match.end, match.concept.id, segment[match.start : match.end], target, accepted)


def written(segment: str, terms: Sequence[Required]) -> str:
    """The segment with the target form in place of each term (Dinu et al. 2019, "replace")."""
    return written_beside(segment, terms, ())[0]


def written_beside(segment: str, terms: Sequence[Required], kept: Sequence[Required]) -> tuple[str, list[Required]]:
    """The segment with the target form in place of each term but those that are kept, and where these stand then."""
    pieces: list[str] = []
    moved: list[Required] = []
    at = length = 0
    for term in terms:
        before = segment[at : term.start]
        word = segment[term.start : term.end]
        if term not in kept:
            word = set_apart(before or "".join(pieces[-1:]), term.target, segment[term.end :])
        length += len(before)
        if term in kept:
            moved.append(term._replace(start=length, end=length + len(word)))
        length += len(word)
        pieces += [before, word]
        at = term.end
    return "".join([*pieces, segment[at:]]), moved


def set_apart(before: str, term: str, after: str) -> str:
    """A term with a space where it would run into a neighbour's Latin letters: `股东IDG` is not `shareholderIDG`."""
    left = " " if _LATIN.match(before[-1:]) and _LATIN.match(term) else ""
    return left + term + (" " if _LATIN.match(after) and _LATIN.match(term[-1:]) else "")


def missing(target: str, terms: Sequence[Required]) -> list[Required]:
    """The terms of which a target holds no accepted form, as often as the source asks for different ones."""
    return [term for term in terms if not any(holds(target, form) for form in term.accepted)]


def put_english(before: str, term: str, after: str) -> str:
    """An English term in its place: spaces around it, an article where its head noun takes one, a capital first."""
    words = re.findall(r"[A-Za-z]+", term)
    is_name = len(words) > 2 and all(word[0].isupper() or len(word) <= 4 for word in words)
    named = [word.lower() for word in re.split(r"\s(?:of|for|on|in)\s", term)[0].split()[-1:]]
    if (
        is_name
        and named
        and named[0] in _HEADS
        and not term.lower().startswith("the ")
        and not _DETERMINED.search(before)
    ):
        term = "the " + term
    if _SENTENCE_START.search(before):
        term = term[0].upper() + term[1:]
    left = " " if _WORD_END.search(before) else ""
    right = " " if re.match(r"[\w(]", after) else ""
    return left + term + right


def put_chinese(_before: str, term: str, _after: str) -> str:
    """A Chinese term stands where its code stood."""
    return term
