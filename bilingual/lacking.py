"""Which terms of a text its linked text lacks. The one home; `check` and `diff` call it.

A name has to be in both texts. A common word may be left out, paraphrased, or said by another part of speech in a good
translation, so a single one is missed only where something shows that it was meant and is said otherwise: the English
word stands in the Chinese, most of the Chinese form does, or the text is too short to leave anything out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.glossary import Glossary, preferred
from bilingual.glossary.match import holds
from bilingual.lexicon import stems
from bilingual.model import Concept, Lang, TermMatch, Unit
from bilingual.text import has_han, plain, words
from bilingual.traditional import simplified

_PIECE = 2
"""Han characters that a piece of a form has at least."""
_SHORT = 6
"""English words of a text in which nothing can be left out."""
_CAPITAL_BEFORE = re.compile(r"[^.!?:\s] *\b(?:[A-Z][\w-]*|(?:[A-Z][\w-]* (?:and|of|for)))[ ]$")
_CAPITAL_AFTER = re.compile(r"(?:'s|s)? (?:(?:and|of|for) )?[A-Z]")
_TITLE = re.compile(r"《[^》]*》")
_LATIN = re.compile("[A-Za-z]")


def lacking(
    units: Sequence[Unit], lang: Lang, linked: Sequence[Unit], glossary: Glossary
) -> list[tuple[Unit, TermMatch]]:
    """Terms of some units of which the linked units, in the other language, hold no form: the first of each concept."""
    to: Lang = "zh" if lang == "en" else "en"
    asked = [
        (unit, match)
        for unit in units
        for match in found_in(unit.text, unit.lang, glossary)
        if match.term.lang == lang and match.concept.terms(to) and asks(match, unit.text)
    ]
    if not asked or not linked:
        return []
    text = _Linked(linked)
    short = len(words(" ".join(plain(unit.text) for unit in units))) <= _SHORT
    return [
        (unit, match)
        for unit, match in {match.concept.id: (unit, match) for unit, match in reversed(asked)}.values()
        if (short or _is_certain(match) or text.says_otherwise(match.concept)) and not text.has(match.concept, to)
    ]


def _is_certain(match: TermMatch) -> bool:
    """Whether a form is missed wherever it is not: a name, several words, what is not to be translated."""
    return is_name(match.concept) or not match.concept.translate or " " in match.term.surface


def asks(match: TermMatch, text: str) -> bool:
    """Whether a form in a text asks for its counterpart.

    A Chinese word (部署, 验证, 包) has many in English, verbs among them, and may be a piece of another: it is asked
    for only where it is a name, or not to be translated. An English one is not, where it is part of a longer name.
    """
    if match.term.ambiguous:
        return False
    if not match.concept.translate or is_name(match.concept):
        return True
    return match.term.lang == "en" and not _in_name(text, match.start, match.end)


def found_in(text: str, unit_lang: str, glossary: Glossary) -> list[TermMatch]:
    """The terms of both languages in a text, in order; where two overlap, that of the text's own language counts.

    A form in Latin script is Chinese only within a Chinese text.
    """
    han = has_han(text)
    own: Lang = "zh" if unit_lang == "zh" or (unit_lang != "en" and han) else "en"
    matches = glossary.find(text, own)
    if own == "zh" and _LATIN.search(text):
        other = glossary.find(text, "en")
    elif own == "en" and han:
        other = [match for match in glossary.find(text, "zh") if has_han(match.term.surface)]
    else:
        return matches
    free = [m for m in other if not any(m.start < taken.end and taken.start < m.end for taken in matches)]
    return sorted([*matches, *free], key=lambda match: match.start)


def is_name(concept: Concept) -> bool:
    """Whether a concept has a capital letter in English."""
    best = preferred(concept, "en")
    return best is not None and best.surface != best.surface.lower()


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether a common word with a capital stands beside another one: "Contributor Covenant", "Web Components"."""
    if not text[start].isupper():
        return False
    return bool(_CAPITAL_BEFORE.search(text[max(0, start - 30) : start]) or _CAPITAL_AFTER.match(text, end))


class _Linked:
    """What a linked text says, and in what ways it may say a term."""

    def __init__(self, units: Sequence[Unit]):
        self.units = [unit.text for unit in units]
        self.text = simplified("\n".join(unit.text for unit in units))
        self.titles = _TITLE.findall(self.text)
        self.words = f" {' '.join(stems(self.text))} "
        self.codes = [_letters(code.open) for unit in units for code in unit.codes if code.kind == "code"]

    def has(self, concept: Concept, lang: Lang) -> bool:
        """Whether it holds any form of a concept in its language, or the English as an identifier in code."""
        forms = [term.surface for term in (concept.terms(lang) if concept.translate else (*concept.en, *concept.zh))]
        if any(holds(self.text, form) or self._has_words(form) for form in forms):
            return True
        if not is_name(concept) and any(self._has_pieces(form) for form in forms):
            return True
        if any(holds(title, term.surface) for title in self.titles for term in concept.en):
            return True
        return any(_letters(term.surface) in code for term in concept.en for code in self.codes)

    def says_otherwise(self, concept: Concept) -> bool:
        """Whether a Chinese text shows that a term was meant and is said in another way.

        The English word stands there, or the Chinese form but for its last character (路由 for 路由器).
        """
        if any(self._keeps(term.surface) for term in concept.en):
            return True
        forms = [term.surface for term in concept.zh if has_han(term.surface) and len(term.surface) > _PIECE]
        return any(form[:-1] in self.text for form in forms)

    def _keeps(self, form: str) -> bool:
        """Whether the English word stands in the Chinese, not as a part of a longer name or a book's title."""
        word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(form)}(?:e?s)?(?![A-Za-z0-9])", re.IGNORECASE)
        texts = [_TITLE.sub(" ", text) for text in self.units]
        return any(not _in_name(text, *found.span()) for text in texts for found in word.finditer(text))

    def _has_words(self, form: str) -> bool:
        """English words inflected or joined otherwise: "lazy-loaded" for "lazy loading", or "apiserver"."""
        words = stems(form)
        if not words or has_han(form):
            return False
        return f" {' '.join(words)} " in self.words or (len(words) > 1 and f" {''.join(words)} " in self.words)

    def _has_pieces(self, form: str) -> bool:
        """A Chinese form taken apart: 将数据双向绑定 for 双向数据绑定."""
        reached = [0]
        for end in range(1, len(form) + 1):
            if any(end - start >= _PIECE and form[start:end].strip() in self.text for start in reached):
                reached.append(end)
        return reached[-1] == len(form) and has_han(form)


def _letters(text: str) -> str:
    """The letters of a text, in lower case: `DestinationRule` is "destination rule"."""
    return "".join(char for char in text.lower() if char.isalnum())
