"""`deprecated-form`: a form that the glossary deprecates stands in the text.

The fix writes the preferred form of the same language in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit
from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary import preferred

_PLURAL = re.compile(r"e?s(?![A-Za-z])")
"""What follows a form in the plural."""
_ODD_PLURAL = re.compile(r"(?:[^aeiou]y|s|x|z|ch|sh)$", re.IGNORECASE)
"""A form whose plural is not made by an s."""
_ARTICLE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_NEEDS_QUOTING = re.compile(r"[\"'\\:#|<>&*`_\[\]]")


class Check(Base):
    """Finds deprecated forms, and writes the preferred ones."""

    def see(self, document: Document) -> Iterator[Hit]:
        for source in document.sources:
            if not any(source.may_mention(lang, "deprecated") for lang in ("en", "zh")):
                continue
            for mention in source.mentions:
                if mention.match.term.status == "deprecated":
                    yield from self._hit(source, mention)

    def _hit(self, source: Source, mention: Mention) -> Iterator[Hit]:
        term = mention.match.term
        short = term.surface.isascii() and term.surface.isupper()
        best = preferred(mention.match.concept, term.lang, abbreviation=short)
        if best is None:
            return
        target = _cased(best.surface, mention.text, term.surface)
        fix = None if term.ambiguous else self._fix(source, mention, target)
        yield self.at(source, mention, f"write {target} instead of {mention.text}", fix)

    def _fix(self, source: Source, mention: Mention, target: str) -> str | None:
        """The form to put in place; None where more than the form would have to change."""
        if _NEEDS_QUOTING.search(target) or mention.block.in_comment:  # what a comment holds cannot be proved
            return None
        if mention.match.term.lang == "en" and not _fits(source.text, mention, target):
            return None
        return target


def _fits(text: str, mention: Mention, target: str) -> bool:
    """Whether an English form can stand in place of another: the article before it, and a plural's ending behind it."""
    plural = _PLURAL.match(text, mention.end)
    if plural and (plural[0] == "es" or _ODD_PLURAL.search(target)):
        return False
    if len(mention.text) != len(mention.match.term.surface):  # "policies"
        return False
    article = _ARTICLE.search(text, max(0, mention.start - 12), mention.start)
    return not article or (target[0].lower() in "aeiou") == (article[1].lower() == "an")


def _cased(target: str, there: str, surface: str) -> str:
    """A capital where the text has one that the glossary has not: at the beginning of a sentence."""
    if there[:1].isupper() and surface[:1].islower() and target[:1].islower():
        return target[0].upper() + target[1:]
    return target
