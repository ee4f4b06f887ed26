"""What is wrong with a glossary, although it can be read: entries that contradict, hide or can never be found.

Every finding is an error of the rule `glossary-lint`, at the line and column of the form at fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bilingual.glossary.load import RULE, contents, read_text
from bilingual.glossary.match import fold, needs_case
from bilingual.markup import scan
from bilingual.model import Concept, Finding, Lang, Term
from bilingual.text import has_han, words

_MEANING = re.compile(r"[^\W_]")
_NAME = {"en": "English", "zh": "Chinese"}
_Use = tuple[Concept, Term]


def lint_file(path: str | Path) -> list[Finding]:
    """All that is wrong with a glossary file, in its order. Raises GlossaryError for one that cannot be read."""
    concepts, problems = contents(read_text(Path(path)), str(path))
    return lint(concepts, str(path), problems)


def lint(concepts: Sequence[Concept], path: str = "", problems: Sequence[Finding] = ()) -> list[Finding]:
    """All that is wrong with concepts, in the order of their file; `problems` are what reading it has found."""
    found = [*problems]
    for check in (_ids, _scripts, _unreachable, _surfaces, _circles):
        found += [_finding(path, term, message) for term, message in check(concepts)]
    return sorted(dict.fromkeys(found), key=lambda finding: finding[2:4])


def _finding(path: str, term: Term, message: str) -> Finding:
    return Finding(RULE, path, term.line, term.column, term.line, term.column + len(term.surface), "error", message)


def _ids(concepts: Sequence[Concept]) -> Iterator[tuple[Term, str]]:
    """Two entries of one name; in the short form the name is the English term, which `_surfaces` compares."""
    first: dict[str, Concept] = {}
    for concept in concepts:
        other = first.setdefault(concept.id, concept)
        if other is not concept and concept.en[:1] != other.en[:1] and not _same_first(concept, other):
            term = (concept.en or concept.zh)[0]
            yield term, f"concept {concept.id!r} stands at line {other.line} already; merge the two, or rename one"


def _same_first(one: Concept, other: Concept) -> bool:
    """Whether two concepts begin with one English form, so that their surfaces are reported instead."""
    return bool(one.en and other.en) and fold(one.en[0].surface) == fold(other.en[0].surface)


def _scripts(concepts: Sequence[Concept]) -> Iterator[tuple[Term, str]]:
    """Chinese on the English side; no Chinese on the Chinese side, unless it is one of the English forms."""
    for concept in concepts:
        if not concept.translate:
            continue
        english = {fold(term.surface) for term in concept.en}
        for term in concept.en:
            if has_han(term.surface):
                yield term, f"{term.surface!r} on the English side is Chinese"
        for term in concept.zh:
            if not has_han(term.surface) and words(term.surface) and fold(term.surface) not in english:
                yield term, f"{term.surface!r} on the Chinese side holds no Chinese"


def _unreachable(concepts: Sequence[Concept]) -> Iterator[tuple[Term, str]]:
    """Forms that no prose can hold."""
    for concept in concepts:
        for term in (*concept.en, *concept.zh):
            if not _MEANING.search(term.surface):
                yield term, f"{term.surface!r} holds no letter and no digit, so it is found nowhere"
            elif "⟦" in term.surface or "⟧" in term.surface:
                yield term, f"{term.surface!r} holds the signs of an inline code, so it is found nowhere"
            elif scan(term.surface, refs=frozenset(), html=False).marks:
                yield term, f"{term.surface!r} is markup, so it is found nowhere; write the text without it"


def _uses(concepts: Sequence[Concept]) -> dict[tuple[str, str], list[_Use]]:
    """Who uses a form: language and folded form → concepts and terms, in the order of the file."""
    found: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for concept in concepts:
        for term in (*concept.en, *concept.zh):
            key = term.surface if needs_case(term) else fold(term.surface)
            found[term.lang, key].append((concept, term))
    return found


def _surfaces(concepts: Sequence[Concept]) -> Iterator[tuple[Term, str]]:
    """Forms that stand in the file more than once."""
    for uses in _uses(concepts).values():
        owner, first = uses[0]
        for concept, term in uses[1:]:
            name = f"{term.surface!r}" + (f" ({first.surface!r} there)" if first.surface != term.surface else "")
            if concept is not owner:
                yield term, _two_concepts(name, owner, first, concept, term)
            elif first.status != term.status and "deprecated" in (first.status, term.status):
                yield term, f"{name} is {first.status} and {term.status} in one concept"
            elif first.surface != term.surface:
                yield term, f"{name} is shadowed: case is no matter here; leave one out, or set `case: true`"
            else:
                yield term, f"{name} stands twice in one concept"


def _two_concepts(name: str, owner: Concept, first: Term, concept: Concept, term: Term) -> str:
    deprecated = [c.id for c, t in ((owner, first), (concept, term)) if t.status == "deprecated"]
    if len(deprecated) == 1:
        other = concept.id if deprecated[0] == owner.id else owner.id
        return f"{name} is deprecated by {deprecated[0]!r} and used by {other!r} (the other is at line {first.line})"
    same = [t.surface for t in owner.terms("zh" if term.lang == "en" else "en")]
    mine = [t.surface for t in concept.terms("zh" if term.lang == "en" else "en")]
    if set(same) & set(mine):
        return f"{name} is a duplicate of line {first.line}"
    return f"{name} stands for two concepts: {owner.id!r} at line {first.line} has it too, so this one is shadowed"


def _circles(concepts: Sequence[Concept]) -> Iterator[tuple[Term, str]]:
    """Replacements that lead back to where they began: A prefers what B deprecates, and B what A does."""
    lang: Lang
    for lang in ("en", "zh"):
        becomes: dict[str, tuple[Term, str]] = {}
        for concept in concepts:
            best = next((t for t in concept.terms(lang) if t.status == "preferred"), None)
            for term in concept.terms(lang):
                if best and term.status == "deprecated":
                    becomes.setdefault(fold(term.surface), (term, best.surface))
        told: set[str] = set()
        for start in becomes:
            way = [start]
            while (step := becomes.get(way[-1])) and fold(step[1]) not in way:
                way.append(fold(step[1]))
            if step and fold(step[1]) == start and len(way) > 1 and not told & set(way):
                told |= set(way)
                circle = " → ".join([becomes[key][0].surface for key in way] + [becomes[start][0].surface])
                yield becomes[start][0], f"the replacements go round in a circle: {circle}"
