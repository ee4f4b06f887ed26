"""What the corpus lacks and the pipeline asks for: codes in place, terms written into the source, figures kept.

Every function takes a `Dressing` of a pair with its phrases and puts something into it; `vary` gives a source the
shapes that authors give it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bilingual.engines.spacing import apart
from bilingual.model import Lang
from bilingual.pipeline.terms import set_apart
from bilingual.text import FUNCTION_WORDS, HAN, SYMBOL
from training.corpus import Pair
from training.edits import Dressing, Example, Span
from training.wordlinks import Phrase

MOST_CODES = 5
_LIGHT_EN = FUNCTION_WORDS | frozenset(
    "s very just only still even yet ever never again too much many other another same own such because since until "
    "without within through against per via upon like both either neither nor let get got make made take took "
    "one two three first second new am does doing done being having going".split()
)
_LIGHT_ZH = frozenset(
    "的了和在是与及等也就都而或被把对为从到于之其这那该此个们将会可请您你我他她它"
    "很更最不没有又再还只能要让使给向以上下中里后前时着过得地"
)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][\w'’.&-]*")
_SHARED = re.compile(r"⟦/?\d+⟧|[A-Za-z][\w.+#/-]*\w|\d[\d.,:]*\d|\d")
_LATIN_NAME = re.compile(r"(?<![A-Za-z\d⟦/@.#-])[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*(?![A-Za-z\d@/#-]|\.\w)")
_DIGITS = re.compile(r"\d{2,}")
_BORDER = re.compile(rf"(?<=[{HAN}])(?=[A-Za-z0-9]|⟦\d)|(?<=[A-Za-z0-9%+])(?=[{HAN}])")
_CLOSED = re.compile(rf"(⟦/\d+⟧)(?=[{HAN}])")


@dataclass(frozen=True)
class Material:
    """A pair with its tokens and phrases, the character spans of which can be edited."""

    pair: Pair
    en: Sequence[Span]
    zh: Sequence[Span]
    phrases: Sequence[Phrase]

    def span(self, phrase: Phrase, side: Lang) -> Span:
        """The characters of a phrase on one side."""
        tokens, (first, last) = (self.en, phrase.en) if side == "en" else (self.zh, phrase.zh)
        return tokens[first][0], tokens[last - 1][1]

    def text(self, phrase: Phrase, side: Lang) -> str:
        """What a phrase reads on one side."""
        start, end = self.span(phrase, side)
        return (self.pair.en if side == "en" else self.pair.zh)[start:end]

    def chinese(self, phrase: Phrase) -> list[str]:
        """The Chinese words of a phrase."""
        return [self.pair.zh[slice(*self.zh[at])] for at in range(*phrase.zh)]


class Forms(NamedTuple):
    """Forms to exchange for those of a pair, by target language."""

    names: Mapping[Lang, Sequence[str]]
    nouns: Mapping[Lang, Sequence[str]]
    """Ordinary words, lower case in English."""


class Terms:
    """Which phrases could stand in a glossary, and forms to exchange for theirs."""

    def __init__(self, tags: dict[str, str], forms: Forms):
        """`tags`: part of speech of Chinese words (jieba's dictionary); `forms`: what to put in place of terms."""
        self._tags, self._forms = tags, forms

    def _latin_name(self, dressing: Dressing, material: Material, to: Lang, rng: random.Random) -> None:
        """Another name on both sides: beside names in Latin script the model would turn 微软 into Microsoft."""
        sides = [list(_LATIN_NAME.finditer(side)) for side in (material.pair.en, material.pair.zh)]
        once = [
            {name[0]: name.span() for name in found if [n[0] for n in found].count(name[0]) == 1} for found in sides
        ]
        shared = sorted(once[0].keys() & once[1].keys())
        if not shared or not self._forms.names[to]:
            return
        name, form = rng.choice(shared), rng.choice(self._forms.names[to])
        en, zh = (spans[name] for spans in once)
        if dressing.free("en", en) and dressing.free("zh", zh):
            dressing.replace("en", en, form)
            dressing.replace("zh", zh, form)

    def candidates(self, material: Material) -> list[tuple[Phrase, bool]]:
        """Phrases that read as terms, each with whether it is a name."""
        found = []
        for phrase in material.phrases:
            en, zh = material.text(phrase, "en"), material.text(phrase, "zh")
            words = en.split()
            if not (_WORD.fullmatch(words[0]) and _WORD.fullmatch(words[-1])) or len(words) > 4 or len(en) < 3:
                continue
            if words[0].lower() in _LIGHT_EN or words[-1].lower() in _LIGHT_EN or not re.fullmatch(rf"[{HAN}·]+", zh):
                continue
            if self._cut_name(material, phrase):
                continue
            chinese = material.chinese(phrase)
            last = chinese[-1]
            if len(zh) < 2 or len(zh) > 4 * len(words) + 3 or chinese[0] in _LIGHT_ZH or last in _LIGHT_ZH:
                continue
            name = words[0][0].isupper() and words[-1][0].isupper() and material.span(phrase, "en")[0] > 0
            if name or self._tags.get(last, "n").startswith("n"):
                found.append((phrase, name))
        return found

    def _noun(self, material: Material, phrase: Phrase) -> bool:
        """Whether another noun can stand in a phrase's place: none of its Chinese words is a verb, the last a noun."""
        tags = [self._tags.get(word, "") for word in material.chinese(phrase)]
        return tags[-1].startswith(("n", "vn")) and "v" not in tags

    @staticmethod
    def _cut_name(material: Material, phrase: Phrase) -> bool:
        """Whether a capitalised word beside the phrase says that it is half of a longer name."""
        en = material.pair.en
        start, end = material.span(phrase, "en")
        first, last = en[start].isupper(), en[material.en[phrase.en[1] - 1][0]].isupper()
        before = re.search(r"(?<![.!?:] )\b[A-Z][\w-]*(?: of| and|'s)? $", en[:start])
        after = re.match(r" (?:of |and )?[A-Z]", en[end:])
        return bool((first and before and before.start() > 0) or (last and after))

    def write(self, dressing: Dressing, material: Material, to: Lang, rng: random.Random) -> None:
        """The target form in place of some terms of the source (Dinu et al. 2019, "replace"): the longer the sentence,
        the more, up to five. Sometimes also a name in place of one that both sides write in Latin script."""
        source: Lang = "zh" if to == "en" else "en"
        options = self.candidates(material)
        if rng.random() < 0.3:
            self._latin_name(dressing, material, to, rng)
        for _ in range(rng.randint(1, 1 + min(4, len(material.pair.en.split()) // 9))):
            if not options:
                return
            phrase, name = rng.choices(options, [3 if name else _length(p) for p, name in options])[0]
            options = [(p, n) for p, n in options if not _meet(p, phrase)]
            here, there = material.span(phrase, source), material.span(phrase, to)
            if not dressing.free(source, here) or not dressing.free(to, there):
                continue
            form = material.text(phrase, to)
            others = (self._forms.names if name else self._forms.nouns)[to]
            if rng.random() < 0.35 and others and (name or (there[0] > 0 and self._noun(material, phrase))):
                form = rng.choice(others)
                dressing.replace(to, there, form)
            elif to == "en" and there[0] == 0 and not name and rng.random() < 0.6:
                form = form[0].lower() + form[1:]
            text = dressing.sides[source]
            dressing.replace(source, here, set_apart(text[: here[0]], form, text[here[1] :]))


def _length(phrase: Phrase) -> int:
    """In English words."""
    return phrase.en[1] - phrase.en[0]


def add_codes(dressing: Dressing, material: Material, rng: random.Random) -> None:
    """One to four inline codes: pairs around phrases, codes that stand for a phrase or a token of both languages,
    and marks behind a phrase."""
    options = [phrase for phrase in material.phrases if _solid(material, phrase)]
    rng.shuffle(options)
    used: list[Phrase] = []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if dressing.codes >= MOST_CODES:
            return
        kind = rng.random()
        if kind < 0.25 and _shared_token(dressing, material, rng):
            continue
        phrase = next((p for p in options if not any(_meet(p, other) for other in used)), None)
        if phrase is None:
            return
        used.append(phrase)
        en, zh = material.span(phrase, "en"), material.span(phrase, "zh")
        if kind < 0.75:
            dressing.pair(en, zh)
            if rng.random() < 0.12:
                dressing.pair(en, zh)
        elif kind < 0.88 and _length(phrase) < 4 and dressing.free("en", en) and dressing.free("zh", zh):
            dressing.stand(en, zh)
        else:
            dressing.stand((en[1], en[1]), (zh[1], zh[1]))


def _shared_token(dressing: Dressing, material: Material, rng: random.Random) -> bool:
    """A code in place of a name, number or address that both sides hold once."""
    en, zh = material.pair.en, material.pair.zh
    tokens = [found for found in _SHARED.finditer(en) if found[0][0] != "⟦"]
    rng.shuffle(tokens)
    for found in tokens:
        same = [other for other in _SHARED.finditer(zh) if other[0] == found[0]]
        if len(same) == 1 and sum(other[0] == found[0] for other in tokens) == 1:
            if not dressing.free("en", found.span()) or not dressing.free("zh", same[0].span()):
                continue
            if rng.random() < 0.7:
                dressing.stand(found.span(), same[0].span())
            else:
                dressing.pair(found.span(), same[0].span())
            return True
    return False


def _solid(material: Material, phrase: Phrase) -> bool:
    """A phrase that an author would link or set in bold: its borders are words, and not the lightest ones; it holds no
    code. Terms in it are kept."""
    if any("⟦" in material.text(phrase, side) for side in ("en", "zh")):
        return False
    en, zh = material.text(phrase, "en"), material.text(phrase, "zh")
    words = en.split()
    light = words[0].lower() in FUNCTION_WORDS or words[-1].lower() in FUNCTION_WORDS
    light = light or material.chinese(phrase)[0] in _LIGHT_ZH
    return not light and all(edge.isalnum() for edge in (en[0], en[-1], zh[0], zh[-1]))


def _meet(one: Phrase, other: Phrase) -> bool:
    return (one.en[0] < other.en[1] and other.en[0] < one.en[1]) or (
        one.zh[0] < other.zh[1] and other.zh[0] < one.zh[1]
    )


def other_figures(pair: Pair, rng: random.Random) -> Pair:
    """The pair with new digits in place of numbers that both sides write alike; lengths are kept."""
    en, zh = pair.en, pair.zh
    for figure in set(_DIGITS.findall(SYMBOL.sub("", en))):
        alone = rf"(?<![\d.,⟦/]){figure}(?![\d.,⟧]*\d|⟧|th|st|nd|rd|月|日|世纪|年代|s\b)"
        if len(re.findall(alone, en)) != 1 or len(re.findall(alone, zh)) != 1:
            continue
        if len(figure) == 4 and figure[:2] in ("19", "20"):
            new = str(rng.randint(1949, 2029))
        else:
            new = str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in figure[1:])
        en, zh = re.sub(alone, new, en), re.sub(alone, new, zh)
    return Pair(pair.kind, en, zh)


def vary(example: Example, rng: random.Random) -> Example:
    """The same example with its source as authors write: spaces beside Latin script, headings, no full stop."""
    source, target, to = example
    if to == "zh":
        target = apart(target)
    if rng.random() < 0.03 and source[-1] in ".。" and target[-1] in ".。" and not source.endswith(".."):
        source, target = source[:-1], target[:-1]
    if to == "en":
        spaces = rng.random()
        if spaces < 0.9:
            source = apart(source)
        elif spaces < 0.95:
            source = _CLOSED.sub(r"\1 ", _BORDER.sub(" ", source))
        if rng.random() < 0.03:
            source = source.translate({ord("，"): ",", ord("："): ":", ord("（"): "(", ord("）"): ")"})
        return Example(source, target, to)
    if rng.random() < 0.15:
        source = re.sub(r"\"([^\"]*)\"", "“\\1”", source).replace("'", "’")
    words = source.split()
    if len(words) <= 9 and source[-1] not in ".!?:;," and rng.random() < 0.3:
        source = _heading(words, rng)
    return Example(source, target, to)


def _heading(words: Sequence[str], rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.6:
        return " ".join(w if w.lower() in FUNCTION_WORDS and k else w[0].upper() + w[1:] for k, w in enumerate(words))
    return " ".join(words).upper() if kind < 0.8 else " ".join(words).lower()
