"""The glossary: which terms a text holds, and what each is called in the other language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from bilingual.glossary.load import concepts_of, read_text
from bilingual.glossary.match import Matcher
from bilingual.model import Concept, Lang, Term, TermMatch

__all__ = ["Glossary"]


class Glossary:
    """Concepts with their terms, ready to be found in texts."""

    def __init__(self, concepts: Sequence[Concept], path: str = ""):
        self.concepts = tuple(concepts)
        self.path = path

    @classmethod
    def load(cls, path: str | Path) -> Glossary:
        """Read a glossary file. Raises GlossaryError, with line and column, for one that cannot be read."""
        return cls.from_text(read_text(Path(path)), str(path))

    @classmethod
    def from_text(cls, text: str, path: str = "") -> Glossary:
        """Read a glossary from YAML text, in the short or the full form."""
        return cls(concepts_of(text, path), path)

    @cached_property
    def _matchers(self) -> dict[Lang, Matcher]:
        return {lang: Matcher(self.concepts, lang) for lang in ("en", "zh")}

    def find(self, text: str, lang: Lang) -> list[TermMatch]:
        """The terms of a text in one language, of every status: leftmost first, the longest where several begin.

        The text is in inline-code form; no term reaches over an inline code.
        """
        return self._matchers[lang].find(text)

    def target(self, match: TermMatch, to: Lang) -> str:
        """What the term of a match is called in the other language: full form for full form, abbreviation for abbreviation.

        A concept that is not translated keeps the form in which it was found.
        """
        if not match.concept.translate:
            return match.term.surface
        best = preferred(match.concept, to, match.term.abbreviation)
        return best.surface if best else match.term.surface

    def accepted(self, concept: Concept, to: Lang) -> tuple[str, ...]:
        """Every form of a concept in a language that may stand in a text; of an untranslated one the forms of both."""
        terms = concept.terms(to) if concept.translate else (*concept.en, *concept.zh)
        return tuple(dict.fromkeys(term.surface for term in terms if term.status != "deprecated"))

    def fingerprint(self, concepts: Iterable[Concept]) -> str:
        """A short hash of entries, for cache keys; the same for the same entries wherever they stand in the file."""
        lines = sorted(
            repr((c.id, c.translate, *((t.surface, t.lang, t.status, t.abbreviation, t.case) for t in (*c.en, *c.zh))))
            for c in concepts
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def preferred(concept: Concept, lang: Lang, abbreviation: bool = False) -> Term | None:
    """The form to write: the preferred one, or the abbreviation where one is wanted and there is one."""
    usable = [term for term in concept.terms(lang) if term.status != "deprecated"]
    short = [term for term in usable if term.abbreviation]
    full = [term for term in usable if not term.abbreviation]
    ordered = (short or full) if abbreviation else (full or short)
    return next((term for term in ordered if term.status == "preferred"), next(iter(ordered), None))
