"""The last resort for a term that no answer holds: the clause is cut at the term, and the term put between the pieces.

The sentence reads worse for it than by any other way; it says what the glossary asks for, and the report keeps quiet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingual.engines import Abilities
from bilingual.model import Lang
from bilingual.pipeline import rules
from bilingual.pipeline.attempts import Attempt, Query, Wish, query
from bilingual.pipeline.terms import Required, put_chinese, put_english
from bilingual.text import FUNCTION_WORDS, HAN, SYMBOL, words

_CONTENT = re.compile(rf"[^\W\d_]|[{HAN}]")
_PARTICLES = frozenset("的了地得之是在和与及")


def around(wish: Wish, can: Abilities, missed: Sequence[Required]) -> Attempt | None:
    """Each clause by itself, those with a missed term in pieces around it; None where inline codes stand in these."""
    clauses = [_pieces(wish, start, end, missed) for start, end in rules.parts(wish.text)]
    if not missed or None in clauses:
        return None
    queries: list[Query] = []
    for clause in clauses:
        queries += [query(wish, *piece, mask=can.codes) for piece in clause or () if isinstance(piece, tuple)]

    def build(targets: Sequence[str]) -> str:
        left = iter(targets)
        done = [_joined(wish, clause or [], left) for clause in clauses]
        return (" " if wish.to == "en" else "").join(done)

    return Attempt(tuple(queries), build)


def _pieces(wish: Wish, start: int, end: int, missed: Sequence[Required]) -> list[tuple[int, int] | str] | None:
    """A clause as stretches to be translated and terms to be put between them."""
    within = [term for term in missed if start <= term.start and term.end <= end]
    if not within:
        return [(start, end)]
    if SYMBOL.search(wish.text, start, end):
        return None
    pieces: list[tuple[int, int] | str] = []
    for term in within:
        pieces += [*_stretch(wish, start, term.start), term.target]
        start = term.end
    return [*pieces, *_stretch(wish, start, end)]


def _stretch(wish: Wish, start: int, end: int) -> list[tuple[int, int] | str]:
    """A stretch beside a term: nothing where it holds no more than an article or a particle; signs as they are."""
    text = wish.text[start:end]
    bare = text.strip()
    if not _CONTENT.search(bare):
        return [rules.signs(bare, wish.to)] if bare else []
    if not set(bare) - _PARTICLES or (bare.isascii() and all(word.lower() in _ARTICLES for word in words(bare))):
        return []
    return [(start + text.index(bare), start + text.index(bare) + len(bare))]


_ARTICLES = FUNCTION_WORDS & {"a", "an", "the", "of", "its", "it", "this", "that"}


def _joined(wish: Wish, clause: Sequence[tuple[int, int] | str], targets: Iterator[str]) -> str:
    """The pieces of a clause put together, each stretch ending as its source does."""
    text = ""
    put = put_english if wish.to == "en" else put_chinese
    for piece in clause:
        if isinstance(piece, str):
            text += put(text, piece, "")
            continue
        start, end = piece
        target = rules.finish(wish.text[start:end], next(targets), wish.to, start=start == 0)
        text += _glued(text, target, wish.to)
    return text


def _glued(before: str, target: str, to: Lang) -> str:
    return " " + target if to == "en" and before and re.match(r"[\w(⟦]", target) else target
