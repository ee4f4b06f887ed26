"""Alignment: which English blocks say the same as which Chinese blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.model import Bitext, Page

if TYPE_CHECKING:
    from bilingual.glossary import Glossary


def align(page: Page, other: Page | None = None, *, glossary: Glossary | None = None) -> Bitext:
    """Align the two languages of one page, or an English page with its Chinese one."""
    return Bitext(page, other or page, "pair" if other else "none", ())
