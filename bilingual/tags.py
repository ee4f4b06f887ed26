"""HTML tags: what one looks like, and which of them break a text into blocks."""

from __future__ import annotations

import re

TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:.-]*)(?:\s(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*|/)?>")
"""One HTML tag; group 1 is its name."""
ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*[^\W\d_]{2}[^\"]*)\"|'([^']*[^\W\d_]{2}[^']*)')", re.IGNORECASE)
"""An `alt` attribute whose value holds a word; group 1 or 2 is the value."""
VERBATIM = re.compile(r"<(code|kbd|samp|tt|var)\b[^<>]*>(?:(?!</?\1\b)[\s\S])*</\1\s*>", re.IGNORECASE)
"""A tag whose text is no prose, with that text."""

VOID = frozenset(("area base br col embed hr img input link meta param source track wbr").split())
BLOCK_TAGS = frozenset(
    (
        "address article aside base blockquote body caption center col colgroup dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend "
        "li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td "
        "tfoot th thead title tr track ul video audio source canvas picture svg button select"
    ).split()
)
