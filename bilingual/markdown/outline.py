"""A second reader's opinion of a page: what mistune makes of its structure.

Our own scanner finds the spans that a merge replaces; mistune, which shares no code with it, judges the result. Two
texts have the same outline when only their words differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

_TAG = re.compile(r"<!--[\s\S]*?-->|</?[A-Za-z][^<>]*>")
_WORDS_IN_TAG = re.compile(r"""\b(alt|title)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_PLUGINS = ["strikethrough", "footnotes", "table", "task_lists", "def_list", "math"]

Outline = tuple[Any, ...]


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], Any]:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=_PLUGINS)


def outline(text: str) -> Outline:
    """The structure of a text without its words: blocks in order, and for each the markup in it, in no order.

    Links, images, code, maths, footnote marks and tags count with their targets or source; the words of link texts, alt
    texts and titles do not. Word order differs between languages, so the order of inline markup does too.
    """
    return tuple(_block(token) for token in _parser()(text) if token["type"] != "blank_line")


def _block(token: dict[str, Any]) -> Outline:
    kind, attrs = token["type"], token.get("attrs", {})
    if kind == "block_math" and re.search(r"\n[ \t]*\n", token.get("raw", "")):
        return kind, *outline(token["raw"])  # `$$` without an end: mistune takes the paragraphs after it for maths
    if kind == "block_code" and token.get("style") == "indent" and _TAG.match(token["raw"].lstrip()):
        return kind, _tags(token["raw"])  # the inside of a table written as HTML, indented as such is
    if kind in ("block_code", "block_math"):
        return kind, token.get("raw"), attrs.get("info")
    if kind == "block_html":
        return kind, _tags(token["raw"])
    children = token.get("children") or []
    facts = tuple(attrs.get(name) for name in ("level", "ordered", "bullet", "align", "checked", "head"))
    if kind in ("list", "block_quote", "list_item", "task_list_item", "table", "table_head", "table_body", "table_row",
                "def_list", "footnotes", "footnote_item"):  # fmt: skip
        return kind, facts, tuple(_block(child) for child in children if child["type"] != "blank_line")
    return kind, facts, tuple(sorted(_inlines(children)))


def _inlines(tokens: Iterable[dict[str, Any]]) -> Iterable[str]:
    for token in tokens:
        kind, attrs = token["type"], token.get("attrs", {})
        if kind in ("codespan", "inline_math", "footnote_ref"):
            yield f"{kind} {token.get('raw')}"
        elif kind == "inline_html":
            yield f"{kind} {_tags(token['raw'])}"
        elif kind in ("link", "image"):
            yield f"{kind} {attrs.get('url')}"
        elif kind not in ("text", "softbreak", "paragraph", "block_text"):
            yield str(kind)
        if kind != "image":
            yield from _inlines(token.get("children") or [])


def _tags(raw: str) -> tuple[str, ...]:
    """The tags of a piece of HTML, the words in them left out."""
    return tuple(_WORDS_IN_TAG.sub(r"\1", tag) for tag in _TAG.findall(raw))
