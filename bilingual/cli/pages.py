"""Pages and glossaries named on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual.errors import PageError
from bilingual.markdown import read
from bilingual.model import Page
from bilingual.text import page_language

if TYPE_CHECKING:
    from bilingual.config import Config
    from bilingual.glossary import Glossary


def read_pages(page: str, other: str | None = None) -> list[Page]:
    """The page, or the English and the Chinese one of a pair, in this order whichever way they are named.

    Raises PageError for a page that cannot be read, and for two pages in one language.
    """
    first = read(page)
    if other is None:
        return [first]
    second = read(other)
    langs = page_language(first), page_language(second)
    if langs[0] == langs[1] and langs[0] in ("en", "zh"):
        name = "English" if langs[0] == "en" else "Chinese"
        raise PageError(f"both pages are in {name}; name one of each language", path=other)
    return [second, first] if langs[0] == "zh" or langs[1] == "en" else [first, second]


def load_glossary(path: str | Path | None, settings: Config | None = None) -> Glossary | None:
    """The glossary that is named, or, where settings are given, the configured one or `glossary.yaml` here.

    None if there is none. Entries that cannot be understood are listed on standard error; the others hold.
    """
    chosen = settings.glossary_file(path) if settings else Path(path) if path else None
    if chosen is None:
        return None
    from bilingual.glossary import Glossary

    glossary = Glossary.load(chosen, traditional=settings is not None and settings.traditional)
    for problem in glossary.problems:
        click.echo(f"{problem.path}:{problem.start_line}:{problem.start_column}: {problem.message}", err=True)
    return glossary
