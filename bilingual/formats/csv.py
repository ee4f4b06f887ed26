"""Glossaries as CSV: one concept a row.

    concept,en,en_abbreviation,en_admitted,en_deprecated,zh,zh_abbreviation,zh_admitted,zh_deprecated,translate,case,ambiguous,note

Only `en` and `zh` are needed. Several forms in one cell stand with " | " between them. What a spreadsheet writes is
read too: semicolons or tabs instead of commas, a byte order mark, a two-column table without a header.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from bilingual.errors import GlossaryError
from bilingual.model import Concept, Lang, Term, TermStatus
from bilingual.text import has_han

_KINDS: dict[str, tuple[TermStatus, bool]] = {
    "": ("preferred", False),
    "_abbreviation": ("preferred", True),
    "_admitted": ("admitted", False),
    "_deprecated": ("deprecated", False),
}
COLUMNS = (
    "concept",
    *(f"{lang}{kind}" for lang in ("en", "zh") for kind in _KINDS),
    "translate",
    "case",
    "ambiguous",
    "note",
)
_NAMES = {"english": "en", "chinese": "zh", "中文": "zh", "英文": "en", "英语": "en", "source": "en", "target": "zh"}
_BAR = re.compile(r"(?<!\\)\|")
_YES = frozenset(("true", "yes", "1", "x"))
_NO = frozenset(("false", "no", "0"))


def write(concepts: Sequence[Concept]) -> str:
    """Concepts as CSV with the columns that are in use."""
    rows = [_row(concept) for concept in concepts]
    used = [name for name in COLUMNS if name in ("en", "zh") or any(row[name] for row in rows)]
    if all(row["concept"] == row["en"] for row in rows) and "concept" in used:
        used.remove("concept")
    out = io.StringIO()
    table = csv.DictWriter(out, used, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def _row(concept: Concept) -> dict[str, str]:
    terms = (*concept.en, *concept.zh)
    row = dict.fromkeys(COLUMNS, "") | {"concept": concept.id, "note": concept.note}
    for term in terms:
        kind = next(
            kind
            for kind, known in _KINDS.items()
            if known == (term.status, term.abbreviation and term.status == "preferred")
        )
        cell = row[term.lang + kind]
        row[term.lang + kind] = (cell + " | " if cell else "") + term.surface.replace("|", "\\|")
    row["translate"] = "" if concept.translate else "false"
    for flag in ("case", "ambiguous"):
        row[flag] = " ".join(
            lang for lang, side in (("en", concept.en), ("zh", concept.zh)) if any(getattr(t, flag) for t in side)
        )
    return row


def read(text: str, path: str = "") -> list[Concept]:
    """Concepts from CSV. Raises GlossaryError, with the line, for a table that is no glossary."""
    text = text.removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        table = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as error:
        raise GlossaryError(f"no valid CSV: {error}", path=path, line=rows.line_num) from None
    table = [(line, row) for line, row in table if any(row)]
    if not table:
        raise GlossaryError("the table is empty", path=path, line=1)
    columns, body = _header(table, path)
    concepts = [_concept(dict(zip(columns, row, strict=False)), line, path) for line, row in body]
    if not concepts:
        raise GlossaryError("the table has a header and nothing else", path=path, line=1)
    return concepts


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=lambda char: (first.count(char), char == ","))


def _header(table: list[tuple[int, list[str]]], path: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The columns' names, and the rows under them."""
    line, row = table[0]
    names = [_NAMES.get(cell.lower(), cell.lower().replace(" ", "_")) for cell in row]
    if "en" in names and "zh" in names:
        if unknown := next((name for name in names if name and name not in COLUMNS), None):
            raise GlossaryError(f"unknown column {unknown!r}; known are {', '.join(COLUMNS)}", path=path, line=line)
        return names, table[1:]
    if len(row) == 2 and has_han(row[0]) != has_han(row[1]):
        return (["zh", "en"] if has_han(row[0]) else ["en", "zh"]), table
    raise GlossaryError("the table needs the columns `en` and `zh`", path=path, line=line)


def _concept(row: dict[str, str], line: int, path: str) -> Concept:
    sides: dict[Lang, tuple[Term, ...]] = {lang: _side(row, lang, line) for lang in ("en", "zh")}
    translate = row.get("translate", "").lower() not in _NO
    if translate and not (sides["en"] and sides["zh"]):
        raise GlossaryError("a row needs a term in `en` and one in `zh`", path=path, line=line)
    first = (sides["en"] or sides["zh"])[:1]
    if not first:
        raise GlossaryError("a row needs a term", path=path, line=line)
    return Concept(
        row.get("concept") or first[0].surface, sides["en"], sides["zh"], translate, row.get("note", ""), line
    )


def _side(row: dict[str, str], lang: Lang, line: int) -> tuple[Term, ...]:
    flags = [
        name for name in ("case", "ambiguous") if lang in row.get(name, "").split() or row.get(name, "").lower() in _YES
    ]
    return tuple(
        Term(surface, lang, status, short, "case" in flags, "ambiguous" in flags, line)
        for kind, (status, short) in _KINDS.items()
        for cell in _BAR.split(row.get(lang + kind, ""))
        if (surface := " ".join(cell.replace("\\|", "|").split()))
    )
