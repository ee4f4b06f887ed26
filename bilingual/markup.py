"""Inline markup: which characters of a text are markup, and which pieces of it belong together.

CommonMark's rules (https://spec.commonmark.org/0.31.2/#inlines), and what site generators add: Liquid, Hugo shortcodes,
kramdown attribute lists, maths. mistune and its like tell what markup means but not where it stands; this tells where.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from bilingual.emphasis import Run, delimiter_run, pair_runs
from bilingual.maths import Maths
from bilingual.model import CodeKind
from bilingual.tags import ALT, BLOCK_TAGS, TAG, VERBATIM, VOID
from bilingual.text import HAN


class Mark(NamedTuple):
    """A piece of markup, as a half-open range of the scanned text."""

    start: int
    end: int
    kind: CodeKind
    role: int
    """0 stands alone, 1 opens a pair, -1 closes one."""
    pair: int
    """The same number on both halves of a pair; unique otherwise."""


class Scan(NamedTuple):
    """What a scan found: marks in order, and the places where a line is broken hard."""

    marks: list[Mark]
    breaks: list[tuple[int, int]]


_SPECIAL = re.compile(r"[\\`$<{!\[\]&*_~⟦⟧]|https?://|www\.(?=\w)")
_AT = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+", re.ASCII)
_TICKS = re.compile(r"`+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"`⟦⟧{}|\\^\[\]\u2018-\u201f\u3000-\u303f\uff00-\uffef" + HAN + "]+")
_URL_TAIL = re.compile(r"[.,;:!?'*_~]+$")
_LIQUID = re.compile(
    r"\{\{(?:(?!\{\{|\}\})[\s\S])*\}\}|\{%(?:(?!\{%|%\})[\s\S])*%\}|\{#(?:(?!\{#|#\})[^\n])*#\}|\{[:#@][^{}\n]*\}"
)
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->)[\s\S])*-->")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
_WHOLE: tuple[tuple[re.Pattern[str], CodeKind], ...] = ((_COMMENT, "tag"), (_AUTOLINK, "url"), (VERBATIM, "code"))
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LINK_TAIL = re.compile(
    r"\(\s*(?:<[^<>\n]*>|(?:[^\s()<\\]|\\.)(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)?"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.){0,500}\"|'(?:[^'\\]|\\.){0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_NOT_A_LINK = re.compile(r"\([^()\n]{1,300}\)")
_LABEL = re.compile(r"\[[^\[\]]{0,300}\]")
_ATTRIBUTES = re.compile(r"\{:?[^{}\n%]*\}")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]")
_BR = re.compile(r"[ \t]*<br\b[^<>]*>[ \t]*", re.IGNORECASE)


class _Scanner:
    """One pass from left to right; every handler consumes at least one character."""

    def __init__(self, text: str, refs: frozenset[str], html: bool) -> None:
        self.text = text
        self.refs = refs
        self.html = html
        self.marks: list[Mark] = []
        self.breaks: list[tuple[int, int]] = []
        self.brackets: list[tuple[int, int, bool]] = []  # start, end, is image
        self.runs: list[Run] = []
        self.tags: list[tuple[str, int, int]] = []
        self.pairs = 0
        self.ticks: dict[int, list[int]] | None = None
        self.maths = Maths(text)

    def add(self, start: int, end: int, kind: CodeKind) -> int:
        self.pairs += 1
        self.marks.append(Mark(start, end, kind, 0, self.pairs))
        return end

    def matched(self, pattern: re.Pattern[str], start: int, kind: CodeKind) -> int:
        found = pattern.match(self.text, start)
        return self.add(start, found.end(), kind) if found else start + 1

    def add_pair(self, open_: tuple[int, int], close: tuple[int, int], kind: CodeKind) -> None:
        self.pairs += 1
        self.marks.append(Mark(*open_, kind, 1, self.pairs))
        self.marks.append(Mark(*close, kind, -1, self.pairs))

    def scan(self) -> Scan:
        at, text, search = 0, self.text, _SPECIAL.search
        while found := search(text, at):
            start = found.start()
            char = text[start]
            if char in "hw":
                at = self.url(start)
            elif self.html and char in "`*_~[]!\\$":
                at = start + 1
            else:
                at = _HANDLERS[char](self, start)
        for _, start, end in self.tags:
            self.add(start, end, "tag")
        self.pair_emphasis()
        if "@" in text:
            self.emails()
        self.marks.sort()
        return Scan(_nested(self.marks), sorted(self.breaks))

    def url(self, start: int) -> int:
        found = _URL.match(self.text, start)
        if not found or (start and (self.text[start - 1].isalnum() and self.text[start - 1].isascii())):
            return start + 1
        url = _URL_TAIL.sub("", found.group())
        while url.endswith(")") and url.count(")") > url.count("("):
            url = _URL_TAIL.sub("", url[:-1])
        return self.add(start, start + len(url), "url")

    def escape(self, start: int) -> int:
        if end := self.maths.end(start):
            return self.formula(start, end)
        after = self.text[start + 1 : start + 2]
        if after == "\n":
            self.breaks.append((start, start + 2))
            return start + 2
        if after and after in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            return self.add(start, start + 2, "literal")
        return start + 1

    def tick(self, start: int) -> int:
        if self.ticks is None:
            self.ticks = defaultdict(list)
            for found in _TICKS.finditer(self.text):
                self.ticks[found.end() - found.start()].append(found.start())
        run = _TICKS.match(self.text, start)
        size = run.end() - start if run else 1
        same = self.ticks.get(size, [])
        later = bisect_left(same, start + size)
        if later < len(same):
            return self.add(start, same[later] + size, "code")
        return self.add(start, start + size, "literal")

    def dollar(self, start: int) -> int:
        end = self.maths.end(start)
        return self.formula(start, end) if end else start + 1

    def formula(self, start: int, end: int) -> int:
        """Maths; on lines of its own it breaks the text."""
        if not self.maths.displayed(start, end):
            return self.add(start, end, "math")
        self.breaks.append((start, end))
        return end

    def symbol(self, start: int) -> int:
        return self.add(start, start + 1, "literal")

    def less(self, start: int) -> int:
        text = self.text
        for pattern, kind in _WHOLE:
            if found := pattern.match(text, start):
                return self.add(start, found.end(), kind)
        if found := _BR.match(text, start):
            self.breaks.append((start, found.end()))
            return found.end()
        found = TAG.match(text, start)
        if not found:
            after = text[start + 1 : start + 2]
            opens = after.isalpha() or (after and after in "/!?")
            return self.add(start, start + 1, "literal") if opens else start + 1
        name, end = found.group(1).lower(), found.end()
        if name in BLOCK_TAGS:
            self.breaks.append((start, end))
        elif text[start + 1] == "/":
            self.close_tag(name, start, end)
        elif name in VOID or text[end - 2] == "/":
            self.lone_tag(found)
        else:
            self.tags.append((name, start, end))
        return end

    def lone_tag(self, found: re.Match[str]) -> None:
        """A tag that holds no text but may hold an `alt` worth translating."""
        alt = ALT.search(found.group())
        if not alt:
            self.add(found.start(), found.end(), "tag")
            return
        group = 1 if alt.group(1) is not None else 2
        start, end = found.start() + alt.start(group), found.start() + alt.end(group)
        self.add_pair((found.start(), start), (end, found.end()), "image")

    def close_tag(self, name: str, start: int, end: int) -> None:
        for i in range(len(self.tags) - 1, max(-1, len(self.tags) - 20), -1):
            if self.tags[i][0] == name:
                for _, lone_start, lone_end in self.tags[i + 1 :]:
                    self.add(lone_start, lone_end, "tag")
                _, open_start, open_end = self.tags[i]
                del self.tags[i:]
                self.add_pair((open_start, open_end), (start, end), "tag")
                return
        self.add(start, end, "tag")

    def bang(self, start: int) -> int:
        if self.text[start + 1 : start + 2] != "[":
            return start + 1
        self.brackets.append((start, start + 2, True))
        return start + 2

    def open_bracket(self, start: int) -> int:
        if found := _FOOTNOTE.match(self.text, start):
            return self.add(start, found.end(), "footnote")
        self.brackets.append((start, start + 1, False))
        return start + 1

    def close_bracket(self, start: int) -> int:
        if not self.brackets:
            return start + 1
        open_start, open_end, image = self.brackets.pop()
        kind: CodeKind = "image" if image else "link"
        end = self.link_end(open_end, start)
        if end:
            if found := _ATTRIBUTES.match(self.text, end):
                end = found.end()
            if image and not re.search(r"\w", self.text[open_end:start]):
                self.forget(open_start)
                return self.add(open_start, end, kind)
            self.add_pair((open_start, open_end), (start, end), kind)
            return end
        tail = _NOT_A_LINK.match(self.text, start + 1)
        if tail:  # `[text](some words)` is no link, and must not become one when its words change
            self.add_pair((open_start, open_end), (start, start + 1), "literal")
            self.add_pair((start + 1, start + 2), (tail.end() - 1, tail.end()), "literal")
            return start + 2
        return start + 1

    def link_end(self, open_end: int, close: int) -> int:
        """Where the link ends whose text is `open_end:close`; 0 if it is no link."""
        if found := _LINK_TAIL.match(self.text, close + 1):
            return found.end()
        if not self.refs:
            return 0
        label = self.text[open_end:close] if close - open_end < 300 else ""
        found = _LABEL.match(self.text, close + 1)
        if found and normal_label(found.group()[1:-1] or label) in self.refs:
            return found.end()
        return close + 1 if normal_label(label) in self.refs else 0

    def forget(self, start: int) -> None:
        """Drop what was found inside a span that turned out to be one piece."""
        while self.marks and self.marks[-1].start >= start:
            self.marks.pop()

    def delimiter(self, start: int) -> int:
        run = delimiter_run(self.text, start, self.brackets[-1][0] if self.brackets else -1)
        if run.char != "~" or run.end - run.start == 2:
            self.runs.append(run)
        return run.end

    def pair_emphasis(self) -> None:
        links = frozenset(mark.start for mark in self.marks if mark.role == 1)
        pairs, left = pair_runs(self.text, self.runs, links)
        for opening, closing in pairs:
            self.add_pair(opening, closing, "emphasis")
        for start, end in left:
            self.add(start, end, "literal")

    def emails(self) -> None:
        self.marks.sort()
        for found in _AT.finditer(self.text):
            place = bisect_left(self.marks, (found.start(), found.end()))
            before = self.marks[place - 1] if place else None
            after = self.marks[place] if place < len(self.marks) else None
            if (not before or before.end <= found.start()) and (not after or after.start >= found.end()):
                self.pairs += 1
                self.marks.insert(place, Mark(found.start(), found.end(), "url", 0, self.pairs))


_HANDLERS: dict[str, Callable[[_Scanner, int], int]] = {
    "\\": _Scanner.escape, "`": _Scanner.tick, "$": _Scanner.dollar, "<": _Scanner.less, "!": _Scanner.bang,
    "[": _Scanner.open_bracket, "]": _Scanner.close_bracket, "*": _Scanner.delimiter, "_": _Scanner.delimiter,
    "~": _Scanner.delimiter, "⟦": _Scanner.symbol, "⟧": _Scanner.symbol,
    "{": lambda scanner, at: scanner.matched(_LIQUID, at, "liquid"),
    "&": lambda scanner, at: scanner.matched(_ENTITY, at, "entity"),
}  # fmt: skip


def _nested(marks: list[Mark]) -> list[Mark]:
    """Marks in which pairs never cross and nothing overlaps: what crosses is set apart as standalone halves."""
    kept: list[Mark] = []
    stack: list[int] = []
    lone: set[int] = set()
    end = 0
    for mark in marks:
        if mark.start < end:
            lone.add(mark.pair)
            continue
        end = mark.end
        kept.append(mark)
        if mark.role == 1:
            stack.append(mark.pair)
        elif mark.role == -1:
            if stack and stack[-1] == mark.pair:
                stack.pop()
            elif mark.pair in stack:
                while stack[-1] != mark.pair:
                    lone.add(stack.pop())
                stack.pop()
            else:
                lone.add(mark.pair)
    lone.update(stack)
    return [mark._replace(role=0) if mark.pair in lone else mark for mark in kept] if lone else kept


def normal_label(label: str) -> str:
    """A reference label as CommonMark compares it: case folded, white space collapsed."""
    return " ".join(label.split()).casefold()


def scan(text: str, *, refs: frozenset[str] = frozenset(), html: bool = False) -> Scan:
    """Find the inline markup of a text.

    `refs` are the labels of the page's reference definitions (see `normal_label`); with `html` only tags, entities,
    URLs and Liquid count, as inside an HTML block. Runs in linear time whatever the text.
    """
    if not _SPECIAL.search(text) and "@" not in text:
        return Scan([], [])
    return _Scanner(text, refs, html).scan()
