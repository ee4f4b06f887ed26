"""`term-missing`: of two linked texts one holds a term and the other no form of it.

Only full links count: a summary need not name all that the details name. Which form the other text holds is no matter
here; whether it is the right one is for `deprecated-form` and `term-inconsistent` to say.

A name has to be in both texts. A common word may be left out, paraphrased, or said by another part of speech in a good
translation, so it is missed only where something shows that the term was meant and is said otherwise: the English word
stands in the Chinese, most of the Chinese form does, or the text is too short to leave anything out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit, Rule
from bilingual.checks.subject import Document, Mention, Source, is_name
from bilingual.glossary import Glossary
from bilingual.glossary.match import holds
from bilingual.lexicon import stems
from bilingual.model import Block, Concept, Lang
from bilingual.text import has_han, plain, words
from bilingual.traditional import simplified

_PIECE = 2
"""Han characters that a piece of a form has at least."""
_SHORT = 6
"""English words of a text in which nothing can be left out."""
_CAPITAL_BEFORE = re.compile(r"[^.!?:\s] *\b(?:[A-Z][\w-]*|(?:[A-Z][\w-]* (?:and|of|for)))[ ]$")
_CAPITAL_AFTER = re.compile(r"(?:'s|s)? (?:(?:and|of|for) )?[A-Z]")
_TITLE = re.compile(r"《[^》]*》")
_NAMES: dict[Lang, str] = {"en": "English", "zh": "Chinese"}


def _is_asked_for(mention: Mention) -> bool:
    """Whether a form asks for its counterpart.

    A Chinese word (部署, 验证, 包) has many in English, verbs among them, and may be a piece of another: it is asked
    for only where it is a name, or not to be translated. An English one is not, where it is part of a longer name.
    """
    match = mention.match
    if match.term.ambiguous:
        return False
    if not match.concept.translate or is_name(match.concept):
        return True
    return match.term.lang == "en" and not _in_name(mention.unit.text, match.start, match.end)


def _in_name(text: str, start: int, end: int) -> bool:
    """Whether a common word with a capital stands beside another one: "Contributor Covenant", "Web Components"."""
    if not text[start].isupper():
        return False
    return bool(_CAPITAL_BEFORE.search(text[max(0, start - 30) : start]) or _CAPITAL_AFTER.match(text, end))


class _Text:
    """What a linked text says, and in what ways it may say a term."""

    def __init__(self, blocks: Sequence[Block]):
        units = [unit for block in blocks for unit in block.units]
        self.units = [unit.text for unit in units]
        self.text = simplified("\n".join(unit.text for unit in units))
        self.words = f" {' '.join(stems(self.text))} "
        self.codes = [_letters(code.open) for unit in units for code in unit.codes if code.kind == "code"]

    def has(self, concept: Concept, lang: Lang) -> bool:
        """Whether it holds any form of a concept in its language, or the English as an identifier in code."""
        forms = [term.surface for term in (concept.terms(lang) if concept.translate else (*concept.en, *concept.zh))]
        if any(holds(self.text, form) or self._has_words(form) for form in forms):
            return True
        if not is_name(concept) and any(self._has_pieces(form) for form in forms):
            return True
        return any(_letters(term.surface) in code for term in concept.en for code in self.codes)

    def says_otherwise(self, concept: Concept) -> bool:
        """Whether a Chinese text shows that a term was meant and is said in another way.

        The English word stands there, or the Chinese form but for its last character (路由 for 路由器), or the head of
        a term of several words with something else before it (目的规则 for 目标规则).
        """
        if any(self._keeps(term.surface) for term in concept.en):
            return True
        several = any(" " in term.surface for term in concept.en)
        for form in (term.surface for term in concept.zh):
            if has_han(form) and (
                (len(form) > _PIECE and form[:-1] in self.text)
                or (several and len(form) >= 2 * _PIECE and form[-_PIECE:] in self.text)
            ):
                return True
        return False

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


class Check(Base):
    """Finds terms without a counterpart in the linked text."""

    def __init__(self, rule: Rule, glossary: Glossary):
        super().__init__(rule, glossary)
        both = [concept for concept in glossary.concepts if (concept.en and concept.zh) or not concept.translate]
        self.asked = Glossary([c for c in both if not all(term.ambiguous for term in c.en)])
        self.names = Glossary([c for c in both if not c.translate or is_name(c)])

    def see(self, document: Document) -> Iterator[Hit]:
        if not self._may_miss(document) or not document.bitext:
            return
        for bead in document.bitext.beads:
            en = [document.en.page.blocks[index] for index in bead.en]
            zh = [document.zh.page.blocks[index] for index in bead.zh]
            yield from self._lacking(document.en, en, "en", document.zh, zh)
            yield from self._lacking(document.zh, zh, "zh", document.en, en)

    def _may_miss(self, document: Document) -> bool:
        """Whether anything asks for a counterpart: by the raw text, then by the blocks, as aligning costs most."""
        asked = self.asked.may_mention(document.en.flat, "en") or self.names.may_mention(document.zh.flat, "zh")
        if not asked or not document.zh.has_han:
            return False
        sides: tuple[tuple[Source, Lang, Lang], ...] = ((document.en, "en", "zh"), (document.zh, "zh", "en"))
        return any(
            mention.match.term.lang == lang and mention.unit.lang != other and _is_asked_for(mention)
            for source, lang, other in sides
            for mention in source.mentions
        )

    def _lacking(
        self, source: Source, blocks: list[Block], lang: Lang, other: Source, linked: list[Block]
    ) -> Iterator[Hit]:
        to: Lang = "zh" if lang == "en" else "en"
        mentions = [m for block in blocks for m in source.in_block(block) if m.match.term.lang == lang]
        asked = [mention for mention in mentions if mention.match.concept.terms(to) and _is_asked_for(mention)]
        if not asked or not any(block.units for block in linked):
            return
        text = _Text(linked)
        short = len(words(" ".join(plain(unit.text) for block in blocks for unit in block.units))) <= _SHORT
        for mention in {m.match.concept.id: m for m in reversed(asked)}.values():
            concept = mention.match.concept
            certain = is_name(concept) or not concept.translate or short or text.says_otherwise(concept)
            if certain and not text.has(concept, to):
                yield self._hit(source, mention, to, other, linked)

    def _hit(self, source: Source, mention: Mention, to: Lang, other: Source, linked: list[Block]) -> Hit:
        target = self.glossary.target(mention.match, to)
        first, last = linked[0].start_line, linked[-1].end_line
        place = f"{other.path}:{first}" if other is not source else f"line {first}"
        message = f"the {_NAMES[to]} of this, {place}, lacks {mention.text}; write {target} there"
        return self.at(source, mention, message, None, (other.path, first, last))
