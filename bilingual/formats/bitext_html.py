"""A bitext as an HTML page: the two texts side by side, each link a row."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal, NamedTuple

_STYLE = """
:root {
  color-scheme: light dark;
  --line: color-mix(in srgb, currentColor 15%, transparent); --soft: color-mix(in srgb, currentColor 60%, transparent);
}
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem }
h1 { font-size: 1.3rem; margin: 0 } p { color: var(--soft); margin: .2rem 0 1.5rem }
ol { list-style: none; margin: 0; padding: 0 }
li { border-top: 1px solid var(--line); display: grid; gap: 0 2rem; grid-template-columns: 1fr 1fr; padding: .5rem 0 }
li:hover, li:target { background: color-mix(in srgb, currentColor 6%, transparent) }
div { overflow-wrap: anywhere } small { color: var(--soft); display: block; font-size: .75rem }
.heading div { font-weight: 600 } .partial { border-left: 3px solid #c80; padding-left: .6rem }
.alone { border-left: 3px solid #c33; padding-left: .6rem }
@media (max-width: 40rem) { li { grid-template-columns: 1fr } }
"""


class Side(NamedTuple):
    """One language's part of a row."""

    lines: str
    text: str


class BitextRow(NamedTuple):
    """Two texts that are linked, or one that is not."""

    en: Side | None
    zh: Side | None
    kind: str
    state: Literal["full", "partial", "alone"]
    score: float = 1.0


def render(title: str, summary: str, rows: Iterable[BitextRow]) -> str:
    """An HTML page that stands alone."""
    items = "\n".join(_row(number, row) for number, row in enumerate(rows, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{escape(summary)}</p>\n"
        f"<ol>\n{items}\n</ol>\n</body>\n</html>\n"
    )


def _row(number: int, row: BitextRow) -> str:
    kind = " ".join(name for name in (row.kind, row.state if row.state != "full" else "") if name)
    sure = f"{row.state} link, {row.score:.0%} sure" if row.state != "alone" else "no counterpart"
    return (
        f'<li id="b{number}" class="{escape(kind)}" title="{sure}">{_side(row.en, "en")}{_side(row.zh, "zh-Hans")}</li>'
    )


def _side(side: Side | None, lang: str) -> str:
    if side is None:
        return "<div></div>"
    return f'<div lang="{lang}"><small>{escape(side.lines)}</small>{escape(side.text)}</div>'
