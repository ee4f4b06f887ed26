"""Checks of one target against its source before it is accepted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

from bilingual import compare, lexicon
from bilingual.model import Lang
from bilingual.text import HAN, LATIN, SYMBOL, han_count, plain, words

FaultKind = Literal["empty", "codes", "number", "length", "loop", "left-over", "word", "symbol"]


class Fault(NamedTuple):
    """What is wrong with a target."""

    kind: FaultKind
    message: str

    @property
    def fatal(self) -> bool:
        """Whether a target with it must not be written; a single word left over is a blemish."""
        return self.kind != "word"


_LOOP = re.compile(r"(.{1,40}?)\1{3,}|(.{2,40}?)\2{2,}|(.{10,80}?)\3", re.DOTALL)
_TWICE = re.compile(rf"([{HAN}]{{2,20}})[、，]?\1。?|(\w.{{1,20}}),? \2\.?", re.IGNORECASE)
_CONTENT = re.compile(rf"[{HAN}{LATIN}]")
_LATIN_RUN = re.compile(rf"[{LATIN}][{LATIN}'’-]*(?:[ ,]+[{LATIN}][{LATIN}'’-]*)*")
_LEFT_WORDS = frozenset(
    "the of and or to in on at by for from with as is are was were be been it its this that these those you your we "
    "our us my he his she her they their not if when while which who what how can will would should could may might "
    "has have had do does did into than then there".split()
)
_HAN_RUN = re.compile(rf"[{HAN}]+")
_ODD = frozenset({"So", "Co", "Cn", "Cc", "Cs", "Sk"})
_HAN_PER_WORD = 1.7


def verify(source: str, target: str, to: Lang, *, keep: Iterable[str] = ()) -> list[Fault]:
    """The faults of a target; empty where it can be accepted. `keep`: forms that may stay in the source language.

    Both texts in inline-code form with the same numbers. Glossary terms are checked by who knows what was required.
    """
    if not target.strip():
        return [Fault("empty", "the engine gave nothing")]
    faults = []
    if message := codes_fault(source, target):
        faults.append(Fault("codes", message))
    bare_source, bare = plain(source).strip(), plain(target).strip()
    own = bare
    for form in keep:
        own = own.replace(form, " ")
    checks = (
        ("loop", _loop(bare_source, bare)),
        ("symbol", _made_up(bare_source, bare)),
        ("left-over", _left_over(bare_source, own, to)),
        ("word", ", ".join(left_words(bare_source, own)) if to == "zh" else ""),
        ("length", _length(bare_source, bare, to)),
        ("number", _numbers(bare_source, bare, to)),
    )
    return [*faults, *(Fault(kind, message) for kind, message in checks if message)]  # type: ignore[arg-type]


def codes_fault(source: str, target: str) -> str:
    """What is wrong with the inline codes of a target, in words; empty where each is there once and nests."""
    wanted, got = _counts(source), _counts(target)
    if lost := [symbol for symbol in wanted if symbol not in got]:
        return f"{' '.join(lost)} lost"
    if extra := [symbol for symbol in got if got[symbol] > wanted.get(symbol, 0)]:
        return f"{extra[0]} {'twice' if extra[0] in wanted else 'made up'}"
    open_now: list[str] = []
    for symbol in SYMBOL.finditer(target):
        if symbol[1]:
            if not open_now or open_now.pop() != symbol[2]:
                return f"{symbol[0]} out of order"
        elif f"⟦/{symbol[2]}⟧" in wanted:
            open_now.append(symbol[2])
    return ""


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for symbol in SYMBOL.finditer(text):
        counts[symbol[0]] = counts.get(symbol[0], 0) + 1
    return counts


def _loop(source: str, target: str) -> str:
    """The stretch that a target repeats and its source does not."""
    if (twice := _TWICE.fullmatch(target)) and not _TWICE.fullmatch(source):
        return f"{twice[1] or twice[2]!r} twice"
    for found in _LOOP.finditer(target):
        stretch = next(group for group in found.groups() if group)
        if _CONTENT.search(stretch) and not _LOOP.search(source):
            return f"{stretch.strip()!r} again and again"
    return ""


def _left_over(source: str, target: str, to: Lang) -> str:
    """What of a target is still in the source language."""
    if to == "en":
        runs = left_runs(target)
        return f"{runs[0]!r} is not English" if runs else ""
    if not han_count(target) and _lower_words(source) >= 3:
        return "no Chinese in it"
    for run in _LATIN_RUN.finditer(target):
        found = words(run[0])
        lower = sum(word[0].islower() or _functional(word) for word in found)
        if any(map(_functional, found)) and len(found) > 1 and (lower * 2 > len(found) or len(found) > 6):
            return f"{run[0]!r} is not Chinese"
        if lower >= 3 and lower * 2 > len(found):
            return f"{run[0]!r} is not Chinese"
    return ""


def left_words(source: str, target: str) -> list[str]:
    """The ordinary English words that a Chinese target took over from its source: in lower case, known to the lexicon,
    or a function word by itself (`My部门`)."""
    given = set(words(source))
    known = lexicon.table()
    found = []
    for run in _LATIN_RUN.finditer(target):
        inside = words(run[0])
        for word in inside:
            ordinary = word.islower() and len(word) > 3 and lexicon.stem(word) in known
            if word in given and (ordinary or (len(inside) <= 2 and _functional(word))):
                found.append(word)
    return list(dict.fromkeys(found))


def _functional(word: str) -> bool:
    """Whether a word is `my`, `My`, `the` …, but not IT or US."""
    return word.lower() in _LEFT_WORDS and not (word.isupper() and len(word) > 1)


def left_runs(target: str) -> list[str]:
    """The runs of Chinese that an English target holds."""
    return list(dict.fromkeys(_HAN_RUN.findall(target)))


def _made_up(source: str, target: str) -> str:
    """A sign of no script that a target holds and its source does not: what a model writes that does not know how."""
    odd = next((char for char in target if _odd(char) and char not in source), "")
    return f"{odd!r} is not in its source" if odd else ""


def _odd(char: str) -> bool:
    return char == "⁇" or (ord(char) > 127 and unicodedata.category(char) in _ODD)


def _lower_words(text: str) -> int:
    return sum(word[0].islower() and len(word) > 2 for word in words(text))


def _length(source: str, target: str, to: Lang) -> str:
    """A target that is far shorter or longer than its source can say."""
    english, chinese = (target, source) if to == "en" else (source, target)
    size_en = len(words(english)) + han_count(english) / _HAN_PER_WORD
    size_zh = han_count(chinese) / _HAN_PER_WORD + len(words(chinese))
    made, given = (size_en, size_zh) if to == "en" else (size_zh, size_en)
    if made > 3 * given + 4:
        return f"{made / max(given, 1):.1f} times as long as its source"
    if given > 3 * made + 4:
        return f"{made / given:.1f} times as long as its source"
    return ""


def _numbers(source: str, target: str, to: Lang) -> str:
    """Numbers and dates that one side has and the other has not."""
    english, chinese = (target, source) if to == "en" else (source, target)
    for found in compare.compare(english, chinese):
        made, given = (found.en, found.zh) if to == "en" else (found.zh, found.en)
        # A source of both languages may hold a figure that only the target's language reads as one.
        if found.kind in ("number", "date") and not (given is None and made and made in source):
            return found.message
    return ""
