"""Layouts: how the two languages of a page are set out in one file.

A layout is a module with one function, `render`. It gets a page as rows (see `bilingual.rows`), and knows nothing of
alignment or translation.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from bilingual.model import Lang

LAYOUTS = {"parallel": "bilingual.layouts.parallel", "side-by-side": "bilingual.layouts.side_by_side"}
"""Name: the module that renders it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What says the same in both languages, as Markdown: a heading, a paragraph, a whole list, a whole table."""

    en: str
    """The English text; empty where only Chinese has something to say."""
    zh: str
    kind: str
    """heading, paragraph, list, table, quote, code, html, math, break, definition, footnote or reference."""
    level: int = 0
    """Heading level (pseudo-heading: 7), else 0."""
    shared: bool = False
    """Whether one text stands for both languages: code, an image, a rule."""
    machine: frozenset[Lang] = frozenset()
    """The languages in which an engine wrote the text, or part of it."""


class Layout(Protocol):
    """What `load` finds."""

    def render(
        self, rows: Sequence[Row], *, titles: Mapping[Lang, str], header: str, note: Mapping[Lang, str] | None
    ) -> str:
        """The whole file.

        `titles` is the page's title in each language, `header` its front matter as it stands in the page (with its
        delimiters, or empty), `note` what tells readers of a machine translation, by language.
        """


def load(name: str) -> Layout:
    """The layout of that name, a key of `LAYOUTS`."""
    return cast(Layout, importlib.import_module(LAYOUTS[name]))
