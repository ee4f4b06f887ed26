"""`term-missing`: of two linked texts one holds a term and the other no form of it.

Only full links count: a summary need not name all that the details name. Which form the other text holds is no matter
here; whether it is the right one is for `deprecated-form` and `term-inconsistent` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit
from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary.match import holds
from bilingual.model import Block, Lang

_NAMES: dict[Lang, str] = {"en": "English", "zh": "Chinese"}


class Check(Base):
    """Finds terms without a counterpart in the linked text."""

    def see(self, document: Document) -> Iterator[Hit]:
        mentioned = document.en.may_mention("en") or document.zh.may_mention("zh")
        if not mentioned or not document.bitext:
            return
        for bead in document.bitext.beads:
            en = [document.en.page.blocks[index] for index in bead.en]
            zh = [document.zh.page.blocks[index] for index in bead.zh]
            yield from self._lacking(document.en, en, "en", document.zh, zh)
            yield from self._lacking(document.zh, zh, "zh", document.en, en)

    def _lacking(
        self, source: Source, blocks: list[Block], lang: Lang, other: Source, linked: list[Block]
    ) -> Iterator[Hit]:
        to: Lang = "zh" if lang == "en" else "en"
        text = ""
        told: set[str] = set()
        for mention in (mention for block in blocks for mention in source.in_block(block)):
            concept, term = mention.match.concept, mention.match.term
            if concept.id in told or term.lang != lang or term.ambiguous or not concept.terms(to):
                continue
            text = text or "\n".join(unit.text for block in linked for unit in block.units)
            forms = [*concept.terms(to), *(() if concept.translate else concept.terms(lang))]
            if text and not any(holds(text, form.surface) for form in forms):
                told.add(concept.id)
                yield self._hit(source, mention, to, other, linked)

    def _hit(self, source: Source, mention: Mention, to: Lang, other: Source, linked: list[Block]) -> Hit:
        target = self.glossary.target(mention.match, to)
        first, last = linked[0].start_line, linked[-1].end_line
        place = f"{other.path}:{first}" if other is not source else f"line {first}"
        message = f"the {_NAMES[to]} of this, {place}, lacks {mention.text}; write {target} there"
        return self.at(source, mention, message, None, (other.path, first, last))
