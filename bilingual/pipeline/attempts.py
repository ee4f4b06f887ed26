"""Ways to ask an engine for one segment, from the plainest to the last resort.

    first ▸ masked ▸ flat ▸ patched ▸ parts ▸ pieces

Each makes an `Attempt`: what to ask, and how the answers become a target. All attempts of one level go to the engine
in one batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bilingual.engines import Abilities, Hypothesis
from bilingual.lexicon import stem, table
from bilingual.model import Lang
from bilingual.numbers.english import MONTHS
from bilingual.pipeline import codes, rules
from bilingual.pipeline.terms import Required, put_chinese, put_english, written, written_beside
from bilingual.text import FUNCTION_WORDS, HAN, SYMBOL, plain
from bilingual.verify import codes_fault, left_runs, left_words

Span = tuple[int, int, str]
_PRIVATE = 0xE000  # marks that stand for a paired code until its own text is there
_OPENING = re.compile(r"⟦(\d+)⟧$")
_STAMMER = re.compile(rf"([{HAN}]{{2,}})\1|([{HAN}])\2\2|\b([A-Za-z]+) \3\b", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_]|[{HAN}]")


class Wish(NamedTuple):
    """One segment, and what its target must hold."""

    text: str
    to: Lang
    terms: tuple[Required, ...]


class Query(NamedTuple):
    """One text for the engine, and how its answer is put back."""

    text: str
    stands_for: tuple[int | str, ...]
    to: Lang

    def target(self, answer: str) -> str | None:
        """The answer with codes put back; None where its codes are not those that were asked."""
        if codes_fault(self.text, answer):
            return None
        return codes.unmask(answer, self.stands_for, _in_english if self.to == "en" else put_chinese)


class Attempt(NamedTuple):
    """What to ask for a segment, and how to make one target of the answers."""

    queries: tuple[Query, ...]
    build: Callable[[Sequence[str]], str] = "".join

    def candidates(self, answers: Sequence[Sequence[Hypothesis]]) -> Iterator[Hypothesis]:
        """Targets, best first: of each query the first answer whose codes are right; of the only query all of them."""
        usable = []
        for query, hypotheses in zip(self.queries, answers, strict=True):
            targets = [(query.target(hypothesis.text), hypothesis.score) for hypothesis in hypotheses]
            usable.append([Hypothesis(text, score) for text, score in targets if text is not None])
        if not all(usable):
            return
        for rank in range(len(usable[0]) if len(usable) == 1 else 1):
            chosen = [found[rank] for found in usable]
            yield Hypothesis(self.build([text for text, _ in chosen]), min(score for _, score in chosen))

    def lost(self, answers: Sequence[Sequence[Hypothesis]]) -> str:
        """Which inline code the best answers lost, in words."""
        pairs = zip(self.queries, answers, strict=True)
        return next(filter(None, (codes_fault(query.text, found[0].text) for query, found in pairs)), "no answer")


def first(wish: Wish, can: Abilities) -> Attempt:
    """The segment as it is; terms written into it where the engine was trained for that; addresses as codes."""
    text = written(wish.text, wish.terms) if can.terms == "source" else wish.text
    return Attempt((_masked(text, rules.addresses(text) if can.codes else [], wish.to),))


def masked(wish: Wish, can: Abilities, *, terms: Sequence[Required], figures: bool) -> Attempt | None:
    """A standalone code in place of some terms, of numbers and dates; their exact targets are put in its place.

    The other terms are written into the segment where the engine was trained for that.
    """
    if can.terms == "source":
        text, moved = written_beside(wish.text, wish.terms, terms)
        wish = Wish(text, wish.to, tuple(moved))
    spans = _spans(wish, terms=bool(terms), figures=figures) if can.codes else []
    return Attempt((_masked(wish.text, spans, wish.to),)) if spans else None


def flat(wish: Wish, can: Abilities) -> Attempt | None:
    """A standalone code in place of each paired one; what the pair holds is asked for by itself."""
    outer = codes.outermost(wish.text)
    if not outer or not can.codes:
        return None
    marks = [chr(_PRIVATE + index) for index in range(len(outer))]
    frames = [(start, end, mark) for (start, _, _, end), mark in zip(outer, marks, strict=True)]
    around = [span for span in _spans(wish, terms=True, figures=True) if not _touches(span, outer)]
    inner = [query(wish, opening, closing) for _, opening, closing, _ in outer]

    def build(targets: Sequence[str]) -> str:
        text = targets[0]
        for mark, (start, opening, closing, end), target in zip(marks, outer, targets[1:], strict=True):
            text = text.replace(mark, wish.text[start:opening] + target + wish.text[closing:end])
        return text

    return Attempt((_masked(wish.text, [*around, *frames], wish.to), *inner), build)


def patched(wish: Wish, target: str) -> Attempt | None:
    """An answer whose left-over words are asked for by themselves, and put in their places."""
    source, made = plain(wish.text), plain(target)
    left = left_runs(made) if wish.to == "en" else left_words(source, made)
    if not left:
        return None

    def build(found: Sequence[str]) -> str:
        answers = {word: _word_like(answer) or word for word, answer in zip(left, found, strict=True)}
        longest_first = "|".join(re.escape(word) for word in sorted(left, key=len, reverse=True))
        pattern = longest_first if wish.to == "en" else rf"(?<![A-Za-z])(?:{longest_first})(?![A-Za-z])"
        return re.sub(pattern, lambda m: _glued(m, answers[m[0]], wish.to), target)

    return Attempt(tuple(Query(word, (), wish.to) for word in left), build)


def _word_like(answer: str) -> str:
    """An answer for a lone word as it stands within a sentence: no full stop, no capital that only opens a sentence;
    empty where it stammers, as engines do that see little."""
    answer = answer.strip(" .。,，")
    if _STAMMER.search(answer):
        return ""
    ordinary = answer[:1].isupper() and answer[1:].islower() and stem(answer.lower()) in table()
    return answer.lower() if ordinary else answer


def _glued(match: re.Match[str], word: str, to: Lang) -> str:
    """A word in the place of a match; English ones apart from their neighbours."""
    if to == "zh":
        return word
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return (" " if before.isalnum() else "") + word + (" " if after.isalnum() else "")


def parts(wish: Wish, can: Abilities) -> Attempt | None:
    """Each clause by itself, with codes in place of terms, numbers and dates."""
    places = rules.parts(wish.text)
    if len(places) < 2:
        return None

    def build(targets: Sequence[str]) -> str:
        done = [
            rules.finish(wish.text[start:end], target, wish.to, start=start == 0)
            for (start, end), target in zip(places, targets, strict=True)
        ]
        return " ".join([done[0], *map(_uncapital, done[1:])]) if wish.to == "en" else "".join(done)

    return Attempt(tuple(query(wish, start, end, mask=can.codes) for start, end in places), build)


def _uncapital(clause: str) -> str:
    """A clause that does not open its sentence: an engine that saw only the clause began it with a capital."""
    found = re.match(r"([A-Z][a-z]*)\b", clause)
    if found and found[1] != "I" and found[1].lower() in FUNCTION_WORDS:
        return found[1].lower() + clause[found.end() :]
    return clause


def pieces(wish: Wish, can: Abilities) -> Attempt | None:
    """Each stretch between codes, numbers and dates by itself: no engine can lose what it never sees."""
    spans = [
        span for span in _spans(wish, terms=False, figures=True, most=None) if not SYMBOL.search(wish.text, *span[:2])
    ]
    cuts = sorted([*(symbol.span() for symbol in SYMBOL.finditer(wish.text)), *(span[:2] for span in spans)])
    if not cuts:
        return None
    borders = [0, *(at for cut in cuts for at in cut), len(wish.text)]
    runs = [
        (start, end)
        for start, end in zip(borders[::2], borders[1::2], strict=True)
        if _WORD.search(wish.text[start:end]) and rules.convert(wish.text[start:end].strip(), wish.to) is None
    ]

    def build(targets: Sequence[str]) -> str:
        text, at = "", 0
        for (start, end), target in zip(runs, targets, strict=True):
            text, at = _glue(_glue(text, _put(wish, at, start, spans), wish.to), target, wish.to), end
        return _glue(text, _put(wish, at, len(wish.text), spans), wish.to)

    return Attempt(tuple(query(wish, start, end, mask=can.codes) for start, end in runs), build) if runs else None


def _put(wish: Wish, start: int, end: int, spans: Sequence[Span]) -> str:
    """A stretch of a segment with the exact targets of the spans in it."""
    text, at = "", start
    for a, b, target in spans:
        if start <= a and b <= end:
            text += wish.text[at:a]
            text, at = text + (_in_english(text, target, "") if wish.to == "en" else target), b
    return text + wish.text[at:end]


def _glue(left: str, right: str, to: Lang) -> str:
    """Two stretches side by side; in English with a space between words, but not inside of a paired code's halves."""
    if to == "zh":
        return left + right
    bare = right.lstrip()
    opening = _OPENING.search(left)
    inside = opening is not None and f"⟦/{opening[1]}⟧" in bare
    needs = not inside and re.search(r"[\w,;:.)⟧]$", left) and re.match(r"[\w(]|⟦\d", bare)
    return f"{left} {bare}" if needs else left + bare


def query(wish: Wish, start: int, end: int, *, mask: bool = True) -> Query:
    """A stretch of a segment as a query of its own, with codes in place of terms, numbers and dates."""
    spans = _spans(wish, terms=True, figures=True) if mask else []
    text = wish.text[start:end]
    inner = [(a - start, b - start, target) for a, b, target in spans if start <= a and b <= end]
    if [(0, len(text.strip()))] == [(a, b) for a, b, _ in inner]:
        return Query("⟦1⟧", (inner[0][2],), wish.to)
    return _masked(text.strip(), inner if text == text.lstrip() else [], wish.to)


_DATED = re.compile(r"(?:early|mid|late)?[ -]?(?:" + "|".join(MONTHS) + r")\b")
_PLACED = re.compile(
    r"(?:\b(?:in|on|at|of|from|to|until|till|since|by|during|between|before|after|and|or|the|this|last|next|around|about|"
    r"through)|[(\[–—/:,]|^)\s*(?:⟦/?\d+⟧)*$",
    re.IGNORECASE,
)


def _in_english(before: str, text: str, after: str) -> str:
    """A term, number or date in its place; a date gets the preposition that the engine left to it."""
    if _DATED.match(text) and "–" not in text and not _PLACED.search(before.rstrip()):
        text = ("on " if re.search(r"[a-z] \d{1,2}\b(?!\d)", text) else "in ") + text
    return put_english(before, text, after)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()} | {0xFF0E: "."}
"""Full-width letters, digits and the point between these: no engine has seen enough of them."""


def _masked(text: str, spans: Sequence[Span], to: Lang) -> Query:
    found = codes.mask(text.translate(_HALF_WIDTH), spans)
    return Query(found.text, found.stands_for, to)


def _spans(wish: Wish, *, terms: bool, figures: bool, most: int | None = codes.MOST) -> list[Span]:
    """What rules translate exactly: addresses, terms, dates and numbers; the earlier kind wins an overlap. No more of
    them than leave `most` codes in the segment."""
    kinds = [rules.addresses(wish.text)]
    if terms:
        kinds.append([(term.start, term.end, term.target) for term in wish.terms])
    if figures:
        kinds.append(rules.figures(wish.text, wish.to))
    taken: list[Span] = []
    for span in (span for kind in kinds for span in kind):
        if not any(span[0] < end and start < span[1] for start, end, _ in taken):
            taken.append(span)
    return sorted(taken if most is None else taken[: max(0, most - len(codes.numbers(wish.text)))])


def _touches(span: Span, places: Sequence[tuple[int, int, int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, _, _, end in places)
