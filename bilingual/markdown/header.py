"""Front matter: where it is, what it holds, and where its translatable values stand.

python-frontmatter reads it; positions come from the YAML composer's marks. Nothing here ever writes a header.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from bilingual.errors import PageError
from bilingual.model import Form

KEYS = frozenset({"title", "excerpt", "description", "summary", "caption", "alt"})
"""The keys whose values are translated unless the configuration says otherwise."""

_OPEN = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\r?\n")
_KEY_LINE = re.compile(r"[\w.-]+[ \t]*[:=]")
_LANG_SUFFIX = re.compile(r"[_-](?:zh|cn|en)(?:[_-]?\w+)?$", re.IGNORECASE)
_LANG_KEY = re.compile(r"(?:zh|cn|en)(?:[_-]\w+)?$", re.IGNORECASE)
_TOML_VALUE = re.compile(r"^[ \t]*([\w.-]+)[ \t]*=[ \t]*(\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')", re.MULTILINE)


class Value(NamedTuple):
    """One translatable value: the content of its lines, paragraph by paragraph."""

    key: str
    form: Form
    paragraphs: list[list[tuple[int, int]]]


class Header(NamedTuple):
    """A front matter block: the span with its fences, its data, its translatable values."""

    start: int
    end: int
    data: dict[str, object]
    values: list[Value]


def find_header(text: str, start: int, stop: int, path: str, keys: frozenset[str]) -> Header | None:
    """Read the header that opens at `start`, or None where there is none.

    Raises PageError for a header without end and for one that is no mapping. A header that is not valid YAML is kept
    as it is: site generators go on without it, and so do we.
    """
    opened = _OPEN.match(text, start, stop)
    if not opened:
        return None
    fence = re.escape(opened.group("fence"))
    closed = re.compile(
        rf"^{fence}[ \t]*\r?$" if fence != "---" else r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE
    ).search(text, opened.end(), stop)
    line = text.count("\n", 0, start) + 1
    if not closed:
        if _KEY_LINE.match(text, opened.end(), stop):
            raise PageError("the header opened here is never closed; add a line with only ---", path=path, line=line)
        return None
    body = text[opened.end() : closed.start()]
    if opened.group("fence") == "+++":
        return Header(start, closed.end(), _toml(body), list(_toml_values(body, opened.end(), keys)))
    node, data = _yaml(body)
    if node is None:
        return Header(start, closed.end(), {}, [])
    if not isinstance(data, dict):
        if data is None:
            return Header(start, closed.end(), {}, [])
        if isinstance(data, str) and (re.search(r"^[ \t]*$", body, re.MULTILINE) or "\n" not in body.strip()):
            return None  # two thematic breaks with prose between them
        raise PageError("the header is no mapping; write it as lines of `key: value`", path=path, line=line + 1)
    values = list(_yaml_values(node, body, opened.end(), keys, ()))
    return Header(start, closed.end(), data, values)


def _yaml(body: str) -> tuple[Any, object]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(body, Loader=loader)
        if node is None:
            return yaml.ScalarNode("tag:yaml.org,2002:null", ""), None
        return node, _data(body)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, None


def _data(body: str) -> object:
    import frontmatter

    return frontmatter.default_handlers.YAMLHandler().load(body)


def _yaml_values(node: Any, body: str, base: int, keys: frozenset[str], path: tuple[str, ...]) -> Iterator[Value]:
    if node.id == "mapping":
        for key, value in node.value:
            if key.id == "scalar":
                yield from _yaml_values(value, body, base, keys, (*path, str(key.value)))
    elif node.id == "sequence":
        for value in node.value:
            yield from _yaml_values(value, body, base, keys, path)
    elif path and _wanted(path, keys) and node.tag in ("tag:yaml.org,2002:str", "!"):
        start, end = node.start_mark.index, node.end_mark.index
        form, spans = _scalar_lines(body, start, end, node.style)
        yield Value(".".join(path), form, _paragraphs(body, base, spans))


def _wanted(path: tuple[str, ...], keys: frozenset[str]) -> bool:
    leaf = path[-1]
    if leaf in keys or ".".join(path) in keys or _LANG_SUFFIX.sub("", leaf) in keys:
        return True
    return len(path) > 1 and path[-2] in keys and _LANG_KEY.match(leaf) is not None


def _scalar_lines(body: str, start: int, end: int, style: str | None) -> tuple[Form, list[tuple[int, int]]]:
    form: Form = "yaml-plain"
    if style in ("'", '"'):
        form = "yaml-single" if style == "'" else "yaml-double"
        start, end = start + 1, end - 1
    elif style in ("|", ">"):
        form = "yaml-block"
        start = body.find("\n", start, end) + 1 or end
    spans, at = [], start
    while at <= end:
        stop = body.find("\n", at, end)
        stop = end if stop < 0 else stop
        spans.append((at, stop))
        at = stop + 1
    return form, spans


def _paragraphs(body: str, base: int, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Lines without the space around them, cut where a line is empty; offsets in the page."""
    paragraphs: list[list[tuple[int, int]]] = [[]]
    for start, end in spans:
        piece = body[start:end]
        left = len(piece) - len(piece.lstrip(" \t\r"))
        right = len(piece.rstrip(" \t\r"))
        if left >= right:
            paragraphs.append([])
        else:
            paragraphs[-1].append((base + start + left, base + start + right))
    return [lines for lines in paragraphs if lines]


def _toml(body: str) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(body.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _toml_values(body: str, base: int, keys: frozenset[str]) -> Iterator[Value]:
    for found in _TOML_VALUE.finditer(body):
        if _wanted(tuple(found.group(1).split(".")), keys):
            form: Form = "yaml-double" if found.group(2)[0] == '"' else "yaml-plain"
            span = (base + found.start(2) + 1, base + found.end(2) - 1)
            yield Value(found.group(1), form, [[span]])
