"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bilingual.checks.subject import Document, Mention, Source
from bilingual.glossary import Glossary
from bilingual.model import Finding

Severity = Literal["error", "warning", "note"]
Lines = tuple[str, int, int]
"""A path, and a first and a last line of it."""


class Rule(NamedTuple):
    """A rule's entry in the table: enough to list it without loading it."""

    id: str
    severity: Severity
    summary: str
    home: str
    """Module that holds its `Check`."""
    group: str = "terms"
    """A name for several rules together."""
    on: bool = True
    """Whether it is asked where nobody says anything about it."""
    local: bool = True
    """Whether what it finds in a page or pair depends on that alone."""


class Hit(NamedTuple):
    """A finding, and the lines that it depends on: it is the business of a change to any of them."""

    finding: Finding
    lines: tuple[Lines, ...]


class Check:
    """One rule in one run: it sees every page or pair once, and is asked at the end for what is left to tell."""

    def __init__(self, rule: Rule, glossary: Glossary):
        self.rule = rule
        self.glossary = glossary

    def see(self, document: Document) -> Iterator[Hit]:  # noqa: ARG002  # for those that override it
        """What is wrong with a page or a pair of pages."""
        yield from ()

    def finish(self) -> Iterator[Hit]:
        """What is wrong with all that was seen."""
        yield from ()

    def at(self, source: Source, mention: Mention, message: str, fix: str | None = None, *lines: Lines) -> Hit:
        """A hit at a term; `lines` are those it depends on beside the term's own block and entry."""
        page = source.page
        finding = Finding(
            self.rule.id, source.path, page.line(mention.start), page.column(mention.start),
            page.line(mention.end), page.column(mention.end), self.rule.severity, message, fix,
        )  # fmt: skip
        return Hit(finding, (source.lines(mention.block), self.entry(mention), *lines))

    def entry(self, mention: Mention) -> Lines:
        """The lines of the glossary that hold a mention's concept."""
        concept = mention.match.concept
        rows = [concept.line, *(term.line for term in (*concept.en, *concept.zh))]
        return (self.glossary.path, min(rows), max(rows))
