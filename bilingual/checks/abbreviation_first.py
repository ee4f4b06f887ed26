"""`abbreviation-first`: an abbreviation stands in the text before its full form does. Off unless asked for.

Headings and the header may be short: they neither have to introduce an abbreviation, nor is one in them too early. The
English and the Chinese of a page are read apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit
from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary import preferred

_SHORT = ("heading", "front-matter")


class Check(Base):
    """Finds abbreviations that nothing introduces."""

    def see(self, document: Document) -> Iterator[Hit]:
        if not any(term.abbreviation for c in self.glossary.concepts for term in (*c.en, *c.zh)):
            return
        for source in document.sources:
            if any(source.may_mention(lang) for lang in ("en", "zh")):
                yield from self._in_source(source)

    def _in_source(self, source: Source) -> Iterator[Hit]:
        known: set[tuple[str, str]] = set()
        in_full = [m for m in source.mentions if not m.match.term.abbreviation]
        introduced = {(m.match.concept.id, m.unit.id) for m in in_full}
        for mention in source.mentions:
            name = (mention.match.concept.id, mention.unit.lang)
            if not mention.match.term.abbreviation or (mention.match.concept.id, mention.unit.id) in introduced:
                known.add(name)
            elif name not in known and mention.block.kind not in _SHORT and mention.block.level != 7:
                known.add(name)  # told once
                yield from self._hit(source, mention)

    def _hit(self, source: Source, mention: Mention) -> Iterator[Hit]:
        term = mention.match.term
        full = preferred(mention.match.concept, term.lang)
        if full and not full.abbreviation:
            brackets = "（）" if term.lang == "zh" else (" (", ")")
            introduced = f"{full.surface}{brackets[0]}{term.surface}{brackets[1]}"
            yield self.at(source, mention, f"{term.surface} before its full form; write {introduced} at first mention")
