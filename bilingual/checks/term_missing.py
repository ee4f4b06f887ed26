"""`term-missing`: of two linked texts one holds a term and the other no form of it.

Only full links count: a summary need not name all that the details name. Which form the other text holds is no matter
here; whether it is the right one is for `deprecated-form` and `term-inconsistent` to say.

When a term counts as missed is told in `bilingual.lacking`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit, Rule
from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary import Glossary
from bilingual.lacking import asks, is_name, lacking
from bilingual.model import Block, Lang

_NAMES: dict[Lang, str] = {"en": "English", "zh": "Chinese"}


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
            mention.match.term.lang == lang and mention.unit.lang != other and asks(mention.match, mention.unit.text)
            for source, lang, other in sides
            for mention in source.mentions
        )

    def _lacking(
        self, source: Source, blocks: list[Block], lang: Lang, other: Source, linked: list[Block]
    ) -> Iterator[Hit]:
        units = {id(unit): block for block in blocks for unit in block.units}
        theirs = [unit for block in linked for unit in block.units]
        for unit, match in lacking([u for block in blocks for u in block.units], lang, theirs, self.glossary):
            yield self._hit(source, source.mention(units[id(unit)], unit, match), other, linked)

    def _hit(self, source: Source, mention: Mention, other: Source, linked: list[Block]) -> Hit:
        to: Lang = "zh" if mention.match.term.lang == "en" else "en"
        target = self.glossary.target(mention.match, to)
        first, last = linked[0].start_line, linked[-1].end_line
        place = f"{other.path}:{first}" if other is not source else f"line {first}"
        message = f"the {_NAMES[to]} of this, {place}, lacks {mention.text}; write {target} there"
        return self.at(source, mention, message, None, (other.path, first, last))
