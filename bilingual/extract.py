"""Candidates for a glossary: what pages repeat and how the linked text says it, counted.

English candidates are names and repeated groups of words, Chinese ones groups of nouns as jieba cuts them. A group that
is only ever part of a longer one is left out (the idea of the C-value, Frantzi et al. 2000). The two are brought
together by how often they stand in linked texts (Dice's coefficient), and by the lexicon.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bilingual import lexicon
from bilingual.text import FUNCTION_WORDS, has_han, plain, sentences

_LONGEST = 4
"""Words in a candidate."""
_SURE = 0.6
"""Dice's coefficient from which two candidates that stand together twice are put together."""
_LIKELY = 0.4
"""The same where the lexicon knows that they belong together, so that once is enough."""
_BELONG = 0.4
"""Share of a Chinese candidate's bigrams that the lexicon must expect of the English words."""
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’+-]*|\S")
_NOUNS = ("n", "j", "vn", "eng", "i", "l", "a")
_WEAK_WORDS = FUNCTION_WORDS | frozenset(
    "use used using make made get one two many much new like just also want need see example following may well way "
    "how why now first second time page section note click here let next want please".split()
)
_WEAK_ZH = frozenset(
    "时候 方式 情况 问题 内容 方面 部分 其中 以下 如下 示例 例子 可能 一些 一个 这个 这些 那些 大家 同时 目前 之后 "
    "之前 具体 相关 不同 主要".split()
)


class Candidate(NamedTuple):
    """A term that the glossary may want."""

    en: str
    """Empty where no English was found for it."""
    zh: str
    times: int
    """How often it stands in the pages, the rarer of the two languages."""
    sure: float
    """How sure it is that the two belong together, 0 to 1; 0 for a candidate of one language."""


def extract(pairs: Iterable[tuple[Sequence[str], Sequence[str]]], *, least: int = 2) -> list[Candidate]:
    """Candidates from linked texts: for each link the English texts and the Chinese ones, either may be empty.

    `least` is how often a candidate has to stand in the pages. Those of both languages come first, then by count.
    """
    en_in: dict[str, Counter[int]] = defaultdict(Counter)
    zh_in: dict[str, Counter[int]] = defaultdict(Counter)
    linked: set[int] = set()
    for number, (en, zh) in enumerate(pairs):
        if en and zh:
            linked.add(number)
        for text in en:
            for group in _english(plain(text)):
                en_in[group][number] += 1
        for text in zh:
            for group in _chinese(plain(text)):
                zh_in[group][number] += 1
    english, chinese = _independent(_merged_cases(en_in), least, " "), _independent(zh_in, least, "")
    return _together(english, chinese, linked)


def _english(text: str) -> Iterator[str]:
    """Groups of words that may be terms: no function word at either end, no punctuation within."""
    for start, end in sentences(text, "en"):
        tokens = _WORD.findall(text[start:end])
        for first in range(len(tokens)):
            for size in range(1, _LONGEST + 1):
                group = tokens[first : first + size]
                if len(group) < size or not group[-1][0].isalpha() or not group[-1].isascii():
                    break
                if _is_candidate(group, first == 0):
                    yield " ".join(group)


def _is_candidate(group: Sequence[str], at_start: bool) -> bool:
    if any(len(word) < 2 or word.lower() in _WEAK_WORDS for word in (group[0], group[-1])):
        return False
    if any(word.lower() in FUNCTION_WORDS and word.lower() not in ("of", "for", "and", "the") for word in group):
        return False
    named = all(word[0].isupper() for word in group if word.lower() not in FUNCTION_WORDS)
    if len(group) == 1:
        return (named and not at_start) or group[0].isupper()
    return named or not any(word.lower() in FUNCTION_WORDS for word in group)


def _merged_cases(found: dict[str, Counter[int]]) -> dict[str, Counter[int]]:
    """One candidate for "lecture room" and "Lecture room": as it is written most."""
    by_fold: dict[str, list[str]] = defaultdict(list)
    for group in found:
        by_fold[group.lower()].append(group)
    merged = {}
    for groups in by_fold.values():
        best = max(groups, key=lambda group: (sum(found[group].values()), group))
        merged[best] = sum((found[group] for group in groups), Counter())
    return merged


def _chinese(text: str) -> Iterator[str]:
    """Groups of noun-like words, as long as they stand together."""
    if not has_han(text):
        return
    words: list[tuple[str, str]] = [(pair.word, pair.flag) for pair in _cutter()(text)]
    for first in range(len(words)):
        for size in range(1, _LONGEST + 1):
            group = words[first : first + size]
            if len(group) < size or not group[-1][1].startswith(_NOUNS) or not group[-1][0].strip():
                break
            term = "".join(word for word, _ in group)
            if len(term) > 1 and has_han(term) and group[-1][1] != "a" and term not in _WEAK_ZH:
                yield term


def _cutter() -> Callable[[str], list[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has escapes that Python warns of
        import jieba
        import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    cut: Callable[[str], list[Any]] = jieba.posseg.lcut
    return cut


def _independent(found: dict[str, Counter[int]], least: int, joint: str) -> dict[str, Counter[int]]:
    """Candidates that stand often enough by themselves, not only within a longer one."""
    counts = {group: sum(places.values()) for group, places in found.items()}
    counts = {group: count for group, count in counts.items() if count >= least}
    within: Counter[str] = Counter()
    for group, count in counts.items():
        parts = group.split(joint) if joint else list(group)
        inner = {
            joint.join(parts[a:b])
            for a in range(len(parts))
            for b in range(a + 1, len(parts) + 1)
            if b - a < len(parts)
        }
        for part in inner & counts.keys():
            within[part] = max(within[part], count)
    return {
        group: found[group] for group, count in counts.items() if count - within[group] >= least or not within[group]
    }


def _expected(en: str, zh: str) -> float:
    """How far the lexicon explains two candidates by each other, 0 to 1."""
    table = lexicon.table()
    expects = [_bigrams_of(table[stem]) for stem in lexicon.stems(en) if stem in table]
    pairs = lexicon.bigrams(zh)
    if not pairs or not expects:
        return 0.0
    explained = sum(any(pair in known for known in expects) for pair in pairs) / len(pairs)
    explaining = sum(any(pair in known for pair in pairs) for known in expects) / len(expects)
    return min(explained, explaining)


def _bigrams_of(line: str) -> set[str]:
    return {line[at : at + 2] for at in range(0, len(line), 2)}


def _together(en: dict[str, Counter[int]], zh: dict[str, Counter[int]], linked: set[int]) -> list[Candidate]:
    """Bring the languages together, the surest first; each candidate once."""
    by_link: dict[int, list[str]] = defaultdict(list)
    for term, places in zh.items():
        for place in places.keys() & linked:
            by_link[place].append(term)
    scored = []
    for term, places in en.items():
        shared = Counter(other for place in places.keys() & linked for other in by_link[place])
        mine = len(places.keys() & linked)
        for other, both in shared.items():
            dice = 2 * both / (mine + len(zh[other].keys() & linked))
            known = _expected(term, other)
            if (known >= _BELONG and dice >= _LIKELY) or (dice >= _SURE and both > 1 and (known or both > 2)):
                scored.append((dice + known, both, len(other), term, other))
    found, used = [], set()
    for sure, _, _, term, other in sorted(scored, key=lambda row: (-row[0], -row[1], -row[2], row[3], row[4])):
        if term not in used and other not in used:
            used |= {term, other}
            found.append(Candidate(term, other, min(sum(en[term].values()), sum(zh[other].values())), sure / 2))
    found.sort(key=lambda candidate: (-candidate.times, -candidate.sure, candidate.en))
    alone = [Candidate(term, "", sum(places.values()), 0.0) for term, places in en.items() if term not in used]
    alone += [Candidate("", term, sum(places.values()), 0.0) for term, places in zh.items() if term not in used]
    return found + sorted(alone, key=lambda candidate: (-candidate.times, candidate.en, candidate.zh))
