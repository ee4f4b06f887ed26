"""The glossary: which terms a text holds, and what each is called in the other language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from bilingual.errors import GlossaryError
from bilingual.glossary.load import contents, read_text
from bilingual.glossary.match import Matcher
from bilingual.model import Concept, Finding, Lang, Term, TermMatch, TermStatus
from bilingual.text import has_han

__all__ = ["Glossary", "preferred"]


class Glossary:
    """Concepts with their terms, ready to be found in texts."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        path: str = "",
        *,
        problems: Sequence[Finding] = (),
        traditional: bool = False,
    ):
        """`problems` are the entries of the file that could not be understood. `traditional`: a Chinese text in
        traditional characters holds the terms too."""
        self.concepts = tuple(concepts)
        self.path = path
        self.problems = tuple(problems)
        self._simplify = None
        if traditional:
            from bilingual.traditional import simplified

            self._simplify = simplified
        # A cache of the object, not of the class: it goes when the glossary goes.
        self._matcher = lru_cache(maxsize=None)(self._make_matcher)

    @classmethod
    def load(cls, path: str | Path, *, traditional: bool = False) -> Glossary:
        """Read a glossary file. Raises GlossaryError, with line and column, for one that cannot be used."""
        return cls.from_text(read_text(Path(path)), str(path), traditional=traditional)

    @classmethod
    def from_text(cls, text: str, path: str = "", *, traditional: bool = False) -> Glossary:
        """Read a glossary from YAML text, in the short or the full form. An entry that is wrong is left out, and is in
        `problems`; GlossaryError is raised where none is right."""
        concepts, problems = contents(text, path)
        if not concepts:
            first = problems[0]
            raise GlossaryError(first.message, path=path, line=first.start_line, column=first.start_column)
        return cls(concepts, path, problems=problems, traditional=traditional)

    def _make_matcher(self, lang: Lang, status: TermStatus | None = None) -> Matcher:
        concepts: Iterable[Concept] = self.concepts
        if status:
            concepts = [
                replace(c, en=_of_status(c.en, status), zh=_of_status(c.zh, status))
                for c in self.concepts
                if any(term.status == status for term in (*c.en, *c.zh))
            ]
        return Matcher(list(concepts), lang, simplify=self._simplify if lang == "zh" else None)

    def find(self, text: str, lang: Lang) -> list[TermMatch]:
        """The terms of a text in one language, of every status: leftmost first, the longest where several begin.

        The text is in inline-code form; no term reaches over an inline code.
        """
        return self._matcher(lang).find(text)

    def may_mention(self, text: str, lang: Lang, status: TermStatus | None = None) -> bool:
        """Whether a text may hold a form, of a status if one is given: never False where `find` would give one."""
        if lang == "zh" and self._all_han and not has_han(text):
            return False
        return self._matcher(lang, status).may_find(text)

    @cached_property
    def _all_han(self) -> bool:
        """Whether no Chinese form can stand in a text without Chinese characters."""
        return all(has_han(term.surface) for concept in self.concepts for term in concept.zh)

    def target(self, match: TermMatch, to: Lang) -> str:
        """What the term of a match is called in the other language: full for full form, abbreviation for abbreviation.

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
        import hashlib  # a hook has no use for it, and it takes 3 ms

        lines = sorted(
            repr((c.id, c.translate, *((t.surface, t.lang, t.status, t.abbreviation, t.case) for t in (*c.en, *c.zh))))
            for c in concepts
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _of_status(terms: Sequence[Term], status: TermStatus) -> tuple[Term, ...]:
    return tuple(term for term in terms if term.status == status)


def preferred(concept: Concept, lang: Lang, abbreviation: bool = False) -> Term | None:
    """The form to write: the preferred one, or the abbreviation where one is wanted and there is one."""
    usable = [term for term in concept.terms(lang) if term.status != "deprecated"]
    short = [term for term in usable if term.abbreviation]
    full = [term for term in usable if not term.abbreviation]
    ordered = (short or full) if abbreviation else (full or short)
    return next((term for term in ordered if term.status == "preferred"), next(iter(ordered), None))
