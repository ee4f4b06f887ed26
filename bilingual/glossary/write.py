"""Concepts as the YAML of a glossary file: the short form where it can say all, else the full one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bilingual.model import Concept, Term
from bilingual.text import HAN

_PLAIN = re.compile(rf"[A-Za-z{HAN}](?:[\w .'’()（）/+&·-]*[\w.)）+])?")
_READ_AS_OTHER = frozenset("true false yes no on off y n null".split())


def as_yaml(concepts: Sequence[Concept]) -> str:
    """A glossary file that holds these concepts, in their order."""
    if all(_is_simple(concept) for concept in concepts) and len({c.en[0].surface for c in concepts}) == len(concepts):
        lines = [f"  {scalar(concept.en[0].surface)}: {scalar(concept.zh[0].surface)}" for concept in concepts]
    else:
        lines = [line for concept in concepts for line in _entry(concept)]
    return "\n".join(["terms:", *lines]) + "\n"


def scalar(text: str) -> str:
    """A text as a YAML scalar, in quotation marks where YAML would read it as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_AS_OTHER:
        return text
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML one


def _is_simple(concept: Concept) -> bool:
    sides = (concept.en, concept.zh)
    if not concept.translate or concept.note or any(len(side) != 1 for side in sides):
        return False
    terms = (*concept.en, *concept.zh)
    bare = not any(term.abbreviation or term.case or term.ambiguous or term.status != "preferred" for term in terms)
    return bare and concept.id == concept.en[0].surface


def _entry(concept: Concept) -> list[str]:
    lines = [f"  - concept: {scalar(concept.id)}"]
    lines += [f"    {name}: {_side(terms)}" for name, terms in (("en", concept.en), ("zh", concept.zh)) if terms]
    if not concept.translate:
        lines.append("    translate: false")
    if concept.note:
        lines.append(f"    note: {scalar(concept.note)}")
    return lines


def _side(terms: Sequence[Term]) -> str:
    """One language of a concept; the flags of its first term are those of all."""
    full = [term for term in terms if term.status == "preferred" and not term.abbreviation]
    short = [term for term in terms if term.abbreviation and term.status != "deprecated"]
    flags = [name for name in ("case", "ambiguous") if getattr(terms[0], name)]
    if len(terms) == 1 and full and not flags:
        return scalar(terms[0].surface)
    fields = [f"preferred: {scalar(term.surface)}" for term in full[:1]]
    fields += [f"abbreviation: {scalar(term.surface)}" for term in short[:1]]
    kept = {term.surface for term in (*full[:1], *short[:1])}
    for status in ("admitted", "deprecated"):
        others = [
            t.surface for t in terms if t.surface not in kept and (t.status == "deprecated") == (status == "deprecated")
        ]
        if others:
            fields.append(f"{status}: [{', '.join(map(scalar, others))}]")
    return "{" + ", ".join([*fields, *(f"{name}: true" for name in flags)]) + "}"
