"""Ids on a page of two languages: each stands there once, and a link to a name still finds its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bilingual.model import Lang
from bilingual.tags import TAG

ID = re.compile(r"(\s(?:id|name|for))\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
"""An attribute of a tag that names its place; group 1 is the attribute, one of 2 to 4 the name."""


class Anchors:
    """Where the names lead that links within a page use.

    A site generator would have made them from the headings' words, in whichever language the page has them; here a
    heading has one id for each language, and both headings' names lead to the one in the link's own language.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[Lang, str], str] = {}
        self._taken: set[str] = set()

    def heading(self, titles: Mapping[Lang, str], given: Iterable[str]) -> str:
        """Register a heading by its words in each language and by the ids that its author gave it.

        Returns its own name, to which each language's id adds the language.
        """
        given = sorted(given)
        names = [*given, *(name for title in titles.values() for name in slugs(title))]
        own = base = names[0] if names else "section"
        number = 1
        while own in self._taken:
            number += 1
            own = f"{base}-{number}"
        self._taken.add(own)
        for name in (own, *names):
            for lang in titles:
                self._ids.setdefault((lang, name), f"{lang}-{own}")
        return own

    def raw(self, lang: Lang, source: str) -> None:
        """Register the ids that HTML in a Markdown text defines."""
        for tag in TAG.finditer(source):
            for found in ID.finditer(tag.group()):
                name = found.group(2) or found.group(3) or found.group(4) or ""
                self._taken.add(name)
                self._ids[lang, name] = f"{lang}-{name}"
                self._ids.setdefault(("zh" if lang == "en" else "en", name), f"{lang}-{name}")

    def find(self, lang: Lang, name: str) -> str:
        """The id that a link to a name leads to from a text in one language."""
        return self._ids.get((lang, name), f"{lang}-{name}")


def slugs(text: str) -> list[str]:
    """The names that site generators give a heading of these words: GitHub's way and kramdown's."""
    lower = text.lower().strip()
    github = re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", lower))
    kramdown = re.sub(r"[^a-z0-9 -]", "", re.sub(r"^[^a-z]+", "", lower)).replace(" ", "-")
    return list(dict.fromkeys(name for name in (github, kramdown) if name))
