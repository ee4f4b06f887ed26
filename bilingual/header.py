"""Front-matter values in two languages: which says the same as which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.model import Lang, Page, Unit

_OWN_LANG = re.compile(r"(?:^|[._-])(zh|cn|en)(?:[_-]\w+)?$", re.IGNORECASE)


def key_language(key: str) -> tuple[str, Lang | None]:
    """A key without the language that it names, and that language: `title_zh` is (`title`, `zh`)."""
    named = _OWN_LANG.search(key)
    if not named:
        return key, None
    return key[: named.start()], "en" if named.group(1).lower() == "en" else "zh"


def header_units(page: Page) -> list[Unit]:
    """The translatable values of a page's header."""
    first = page.blocks[0] if page.blocks else None
    return list(first.units) if first and first.kind == "front-matter" else []


def header_pairs(en: Page, zh: Page) -> Iterator[tuple[Unit | None, Unit | None]]:
    """For each key the English and the Chinese value, None where a language has none.

    For one page, values of keys like `title` and `title_zh`; for two pages, values of one key. Values in no language or
    in both, and values that are written alike on both sides, are left out.
    """
    sides: dict[Lang, dict[str, list[Unit]]] = {"en": {}, "zh": {}}
    for page in (en,) if en is zh else (en, zh):
        for unit in header_units(page):
            key, named = key_language(unit.key)
            lang = named or (("en" if page is en else "zh") if en is not zh else unit.lang)
            if lang in ("en", "zh"):
                sides[lang].setdefault(key, []).append(unit)
    for key in dict.fromkeys([*sides["en"], *sides["zh"]]):
        left, right = sides["en"].get(key, []), sides["zh"].get(key, [])
        for number in range(max(len(left), len(right))):
            pair = (left[number] if number < len(left) else None, right[number] if number < len(right) else None)
            if any(unit and unit.lang in ("en", "zh") for unit in pair):
                yield pair
