"""`term-inconsistent`: one concept goes by two names of one language, in a page, its other half, or the site.

An abbreviation beside its full form is no second name. The preferred form is the one to keep if it is in use anywhere,
else the form that is used most. Each page is told once of each form.

A short word has other meanings (验证 is to verify, too): it counts only where the linked text holds the concept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit, Rule
from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary import Glossary
from bilingual.lacking import is_name
from bilingual.model import Lang, Term
from bilingual.text import han_count

_PLAIN = 3
"""Han characters of a form that has one meaning."""


class _Use(NamedTuple):
    """The first use of a form in a page; how it would be told, and how often it is used there."""

    hit: Hit
    preferred: bool
    times: int


class Check(Base):
    """Finds concepts that go by two names."""

    def __init__(self, rule: Rule, glossary: Glossary):
        super().__init__(rule, glossary)
        several = [concept for concept in glossary.concepts if _names(concept.en) > 1 or _names(concept.zh) > 1]
        self.several = Glossary(several)
        self.langs: set[tuple[str, Lang]] = {(c.id, "en") for c in several if _names(c.en) > 1}
        self.langs |= {(c.id, "zh") for c in several if _names(c.zh) > 1}
        self.uses: dict[tuple[str, str], dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))

    def see(self, document: Document) -> Iterator[Hit]:
        langs = dict.fromkeys(lang for _, lang in self.langs)
        for source in document.sources:
            if any(self.several.may_mention(source.flat, lang) for lang in langs):
                self._collect(document, source)
        yield from ()

    def _collect(self, document: Document, source: Source) -> None:
        first: dict[tuple[str, str, str], Mention] = {}
        times: dict[tuple[str, str, str], int] = defaultdict(int)
        for mention in source.mentions:
            term = mention.match.term
            name = (mention.match.concept.id, term.lang)
            if name not in self.langs or term.abbreviation or term.status == "deprecated":
                continue
            if _is_plain(mention) or self._is_meant(document, source, mention):
                first.setdefault((*name, term.surface), mention)
                times[(*name, term.surface)] += 1
        for (concept, lang, surface), mention in first.items():
            hit = self.at(source, mention, "")
            use = _Use(hit, mention.match.term.status == "preferred", times[concept, lang, surface])
            self.uses[concept, lang][surface].append(use)

    def _is_meant(self, document: Document, source: Source, mention: Mention) -> bool:
        """Whether the linked text holds the same concept."""
        other = document.other(source)
        linked = document.linked(source, mention.block)
        return any(m.match.concept is mention.match.concept for block in linked for m in other.in_block(block))

    def finish(self) -> Iterator[Hit]:
        for forms in self.uses.values():
            if len(forms) < 2:
                continue
            keep = max(forms, key=lambda surface: (forms[surface][0].preferred, sum(u.times for u in forms[surface])))
            for surface, uses in forms.items():
                if surface != keep:
                    yield from (self._told(use, surface, keep, forms[keep]) for use in uses)

    def _told(self, use: _Use, surface: str, keep: str, kept: list[_Use]) -> Hit:
        finding = use.hit.finding
        near = next((other for other in kept if other.hit.finding.path == finding.path), kept[0]).hit.finding
        place = f"line {near.start_line}" if near.path == finding.path else f"{near.path}:{near.start_line}"
        message = f"{surface} here, {keep} at {place}: two names for one thing; write {keep}"
        return Hit(finding._replace(message=message), (*use.hit.lines, (near.path, near.start_line, near.end_line)))


def _is_plain(mention: Mention) -> bool:
    """Whether a form can hardly mean anything else: a name, several words, three characters and more."""
    surface = mention.match.term.surface
    return is_name(mention.match.concept) or " " in surface or han_count(surface) >= _PLAIN


def _names(terms: Sequence[Term]) -> int:
    """How many names of one language a concept may go by; an abbreviation is none of its own."""
    return sum(term.status != "deprecated" and not term.abbreviation for term in terms)
