"""The block scanner: a page's lines become blocks with spans.

CommonMark's block rules (https://spec.commonmark.org/0.31.2/#container-blocks-and-leaf-blocks) over virtual lines: a
line is a span of the page, and a container hands its children the same lines with a later start. So every offset is an
offset of the page from the first moment, and nothing has to be mapped back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bilingual.inline import Encoded, encode
from bilingual.markdown import htmltext
from bilingual.markdown.header import find_header
from bilingual.markup import BLOCK_TAGS, normal_label
from bilingual.model import Block, BlockLang, Form, Kind, Lang, Unit
from bilingual.text import han_count, language, plain, words

Line = tuple[int, int]

_DEPTH = 40  # containers deeper than this are read as text: no page needs them, and hostile ones must not recurse
_TAGS = "|".join(sorted(BLOCK_TAGS, key=len, reverse=True))
_LIQUID_LINE = re.compile(
    r"(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{[:#@][^{}]*\}|\[TOC\]|\[\[_TOC_\]\])"
    r"(?:[ \t]*(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{[:#@][^{}]*\}))*[ \t]*$"
)
_LIQUID_VERBATIM = re.compile(r"\{[{%][<%]?-?[ \t]*(highlight|raw|comment|mermaid|codeblock|math|katex)\b")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)|(#{2,6})(?=[^#\s])")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$|[ \t]+$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_BREAK = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_ITEM = re.compile(r"([-+*]|\d{1,9}[.)])([ \t]+|$)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_QUOTE = re.compile(r">[ \t]?")
_QUOTES = re.compile(r"(?:>[ \t]*)+")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_DELIMITER_ROW = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]:[ \t]*")
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)?")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_HTML = re.compile(rf"<(?:(!--)|(\?)|(![A-Za-z\[])|(script|style|pre|textarea)\b|/?(?:{_TAGS})(?=[\s/>]|$))", re.IGNORECASE)
_INTERRUPTS = re.compile(
    rf"#{{1,6}}(?:[ \t]|$)|#{{2,6}}[^#\s]|`{{3,}}[^`]*$|~{{3,}}|>|[-+*][ \t]+\S|1[.)][ \t]+\S|(?:\*[ \t]*){{3,}}$"
    rf"|(?:_[ \t]*){{3,}}$|\$\$[ \t]*$|<(?:!--|script\b|style\b|pre\b|/?(?:{_TAGS})(?=[\s/>]|$))"
    rf"|\[\^[^\[\]\s]{{1,100}}\]:|:[ \t]+\S",
    re.IGNORECASE,
)
_MAY_INTERRUPT = frozenset("#`~>-+*1_$<[:{")
_PSEUDO = re.compile(r"(?:\*\*|__|<b>|<strong>)$", re.IGNORECASE)
_LABELS = re.compile(r"^[ \t>]{0,20}\[([^\[\]^][^\[\]]{0,300})\]:", re.MULTILINE)
_SPACES = re.compile(r"[ \t]*")
_LEADING_COMMENT = re.compile(r"\ufeff?\s*<!--")


class _Item(NamedTuple):
    """A list marker that waits for the first paragraph of its item."""

    start: int
    end: int
    marker: str
    kind: Kind
    level: int


class Reader:
    """Reads one page. State: where we are among containers; results: `blocks`."""

    def __init__(self, text: str, path: str, keys: frozenset[str]) -> None:
        self.text = text
        self.path = path
        self.keys = keys
        self.refs = frozenset(normal_label(m) for m in _LABELS.findall(text)) if "]:" in text else frozenset()
        self.blocks: list[Block] = []
        self.header: dict[str, object] = {}
        self.headings: list[tuple[int, int]] = []  # level, block index: the path of open sections
        self.item: _Item | None = None
        self.comment = False
        self.quotes = 0
        self.list_level = 0
        self.depth = 0
        self.tags = htmltext.OpenTags()
        self.line_number = 1
        self.line_offset = 0

    def read(self) -> tuple[list[Block], dict[str, object]]:
        """All blocks of the page in order, and its header as data."""
        start = 1 if self.text.startswith("\ufeff") else 0
        body = self.open_header(start, len(self.text))
        if body == start and _LEADING_COMMENT.match(self.text):
            body = self.after_comments(start)
        self.run(self.lines(body, len(self.text)))
        return self.blocks, self.header

    def open_header(self, start: int, stop: int) -> int:
        """Read a header at `start`; returns where the page goes on."""
        header = find_header(self.text, start, stop, self.path, self.keys)
        if not header:
            return start
        if not self.comment:
            self.header = header.data
        pieces: list[tuple[Encoded, Form, str]] = []
        for value in header.values:
            for lines in value.paragraphs:
                pieces += [(e, value.form, value.key) for e in encode(self.text, lines, form=value.form)]
        self.emit("front-matter", header.start, header.end, pieces)
        return header.end

    def after_comments(self, start: int) -> int:
        """A header may follow comments that open the page (Kubernetes keeps the English one there)."""
        at = start
        while opened := re.compile(r"\s*<!--").match(self.text, at):
            close = self.text.find("-->", opened.end())
            if close < 0:
                return start
            at = close + 3
        gap = re.compile(r"\s*\n").match(self.text, at)
        if not gap or not self.text.startswith(("---", "+++"), gap.end()):
            return start
        if not find_header(self.text, gap.end(), len(self.text), self.path, self.keys):
            return start
        self.run(self.lines(start, at))
        return self.open_header(gap.end(), len(self.text))

    def lines(self, start: int, stop: int) -> list[Line]:
        """The lines of a stretch of the page, without their line ends."""
        found, at, text = [], start, self.text
        while at < stop:
            end = text.find("\n", at, stop)
            if end < 0:
                found.append((at, stop))
                break
            found.append((at, end - 1 if end > at and text[end - 1] == "\r" else end))
            at = end + 1
        return found

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset; blocks come in page order, so this only ever counts forward."""
        if offset < self.line_offset:
            return self.text.count("\n", 0, offset) + 1
        self.line_number += self.text.count("\n", self.line_offset, offset)
        self.line_offset = offset
        return self.line_number

    def emit(
        self, kind: Kind, start: int, end: int, pieces: list[tuple[Encoded, Form, str]], level: int = 0, marker: str = ""
    ) -> None:
        """Append a block. `pieces` are its units: what was encoded, its form, and its front-matter key."""
        index = len(self.blocks)
        units = tuple(
            Unit(f"{index}.{n}", language(e.text), e.start, e.end, e.text, e.codes, e.breaks, form, key)
            for n, (e, form, key) in enumerate(pieces)
        )
        if kind == "heading":
            while self.headings and self.headings[-1][0] >= level:
                self.headings.pop()
        section = self.headings[-1][1] if self.headings else -1
        if kind == "heading":
            self.headings.append((level, index))
        first = self.line_of(start)
        last = self.line_of(max(start, end - 1))
        self.blocks.append(
            Block(
                index, kind, level, block_language(units), start, end, first, last, section, units, self.comment, marker,
                self.tags.lang,
            )
        )  # fmt: skip

    def run(self, lines: list[Line]) -> None:
        """Read the blocks of a container."""
        text, i, n = self.text, 0, len(lines)
        while i < n:
            start, end = lines[i]
            spaces = _SPACES.match(text, start, end)
            at = spaces.end() if spaces else start
            if at >= end:
                i += 1
                continue
            if at - start >= 4 or (at > start and "\t" in text[start:at]):
                i = self.indented(lines, i, at)
                continue
            handler = _STARTS.get(text[at])
            after = handler(self, lines, i, at) if handler else 0
            i = after or self.paragraph(lines, i, at)

    def flush_item(self) -> None:
        """A list item that does not begin with a paragraph is a block of its own, without text."""
        if item := self.item:
            self.item = None
            self.emit(item.kind, item.start, item.end, [], item.level, item.marker)

    # Leaves

    def indented(self, lines: list[Line], i: int, at: int) -> int:
        if self.tags.depth and self.text[at] == "<":
            return self.html(lines, i, at) or self.paragraph(lines, i, at)
        if self.item or (self.blocks and self.blocks[-1].kind == "list-item" and self.list_level):
            return self.paragraph(lines, i, at)
        j = last = i
        while j < len(lines):
            start, end = lines[j]
            piece = self.text[start:end]
            if piece.strip():
                if not piece.startswith(("    ", "\t", " \t", "  \t", "   \t")):
                    break
                last = j
            j += 1
        self.emit("code", lines[i][0], lines[last][1], [])
        return last + 1

    def paragraph(self, lines: list[Line], i: int, at: int) -> int:
        text = self.text
        if "|" in text[at : lines[i][1]] and self.is_delimiter(lines, i + 1):
            return self.table(lines, i)
        content = [(at, lines[i][1])]
        j = i + 1
        while j < len(lines):
            start, end = lines[j]
            spaces = _SPACES.match(text, start, end)
            at = spaces.end() if spaces else start
            if at >= end:
                break
            char = text[at]
            if char in "=-" and at - start < 4 and (setext := _SETEXT.match(text, start, end)):
                if not (char == "-" and setext.end(1) - setext.start(1) < 2 and _ITEM.match(text, at, end)):
                    self.flush_item()
                    return self.setext(content, 1 if char == "=" else 2, lines, j)
            if char in _MAY_INTERRUPT and at - start < 4 and self.interrupts(at, end):
                break
            if "|" in text[at:end] and self.is_delimiter(lines, j + 1):
                break
            content.append((at, end))
            j += 1
        self.text_block("paragraph", content)
        return j

    def interrupts(self, at: int, end: int) -> bool:
        if self.text[at] == "{":
            return _LIQUID_LINE.match(self.text, at, end) is not None
        return _INTERRUPTS.match(self.text, at, end) is not None

    def setext(self, content: list[Line], level: int, lines: list[Line], j: int) -> int:
        pieces = self.encoded(content)
        self.emit("heading", content[0][0], lines[j][1], pieces, level, self.text[lines[j][0] : lines[j][1]].strip()[0])
        return j + 1

    def text_block(self, kind: Kind, content: list[Line]) -> None:
        """A paragraph, or what a paragraph is in the container at hand."""
        start, end, level, marker = content[0][0], content[-1][1], self.list_level, ""
        if item := self.item:
            self.item = None
            kind, start, level, marker = item.kind, item.start, item.level, item.marker
            if kind == "list-item" and (task := _TASK.match(self.text, *content[0])):
                content = [(task.end(), content[0][1]), *content[1:]]
        elif self.quotes:
            kind, level = "quote", self.quotes
        pieces = self.encoded(content)
        if kind == "paragraph" and len(pieces) == 1 and self.is_pseudo_heading(pieces[0][0], content):
            kind, level, marker = "heading", 7, "**"
        self.emit(kind, start, end, pieces, level, marker)

    def is_pseudo_heading(self, unit: Encoded, content: list[Line]) -> bool:
        opening = self.text[content[0][0] : unit.start]
        closing = self.text[unit.end : content[-1][1]].strip()
        if not _PSEUDO.match(opening) or len(content) > 1:
            return False
        return closing.rstrip(":：") == opening.replace("<", "</")

    def encoded(self, content: list[Line], form: Form = "markdown") -> list[tuple[Encoded, Form, str]]:
        return [(e, form, "") for e in encode(self.text, content, refs=self.refs, form=form)]

    def heading(self, lines: list[Line], i: int, at: int) -> int:
        end = lines[i][1]
        opened = _HEADING.match(self.text, at, end)
        if not opened:
            return 0
        marker = opened.group(1) or opened.group(2)
        closing = _HEADING_END.search(self.text, opened.end(), end)
        stop = closing.start() if closing else end
        self.flush_item()
        pieces = self.encoded([(opened.end(), stop)]) if opened.end() < stop else []
        self.emit("heading", at, end, pieces, len(marker), marker)
        return i + 1

    def fence(self, lines: list[Line], i: int, at: int) -> int:
        opened = _FENCE.match(self.text, at, lines[i][1])
        if not opened:
            return 0
        fence = opened.group(1) or opened.group(2)
        close = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        j = i + 1
        while j < len(lines) and not close.match(self.text, *lines[j]):
            j += 1
        last = min(j, len(lines) - 1)
        self.flush_item()
        self.emit("code", at, lines[last][1], [], marker=self.text[at + len(fence) : lines[i][1]].strip())
        return last + 1

    def math(self, lines: list[Line], i: int, at: int) -> int:
        end = lines[i][1]
        rest = self.text[at:end].rstrip()
        if not rest.startswith("$$"):
            return 0
        j = i
        if rest.count("$$") < 2:
            j = i + 1
            while j < len(lines) and "$$" not in self.text[lines[j][0] : lines[j][1]]:
                j += 1
            if j == len(lines):
                return 0
        elif not rest.endswith("$$") or rest.count("$$") > 2:
            return 0
        self.flush_item()
        self.emit("math", at, lines[j][1], [])
        return j + 1

    def liquid(self, lines: list[Line], i: int, at: int) -> int:
        if not _LIQUID_LINE.match(self.text, at, lines[i][1]):
            return 0
        self.flush_item()
        j, kind = i, "html"
        if verbatim := _LIQUID_VERBATIM.match(self.text, at):
            ends = re.compile(rf"\{{[{{%][<%]?-?[ \t]*(?:end|/){verbatim.group(1)}")
            opened_here = ends.search(self.text, at, lines[i][1])
            while not opened_here and j < len(lines) - 1:
                j += 1
                if ends.search(self.text, *lines[j]):
                    break
            kind = "code"
        self.emit("code" if kind == "code" else "html", at, lines[j][1], [])
        return j + 1

    def thematic_break(self, lines: list[Line], i: int, at: int) -> int:
        if not _BREAK.match(self.text, at, lines[i][1]):
            return 0
        self.flush_item()
        self.emit("break", at, lines[i][1], [])
        return i + 1

    def bracket(self, lines: list[Line], i: int, at: int) -> int:
        end = lines[i][1]
        if found := _FOOTNOTE.match(self.text, at, end):
            j, content = i + 1, [(found.end(), end)]
            while j < len(lines):
                start, stop = lines[j]
                if self.text[start:stop].strip() and not self.text.startswith(("  ", "\t"), start):
                    break
                content.append(self.stripped(lines[j], 4))
                j += 1
            self.contain(content, _Item(at, found.end(), self.text[at : found.end()].strip(), "footnote", 0))
            return j
        found = _REFERENCE.match(self.text, at, end)
        if found and self.text[found.end() : end].strip()[:1] in ("", '"', "'", "("):
            self.flush_item()
            self.emit("reference", at, end, [], marker=found.group(1))
            return i + 1
        return self.liquid(lines, i, at)

    def definition(self, lines: list[Line], i: int, at: int) -> int:
        found = _DEFINITION.match(self.text, at, lines[i][1])
        if not found or not self.blocks or self.blocks[-1].kind not in ("paragraph", "definition"):
            return 0
        j, content = i + 1, [(found.end(), lines[i][1])]
        while j < len(lines) and self.text.startswith(("  ", "\t"), lines[j][0]):
            content.append(self.stripped(lines[j], 4))
            j += 1
        self.contain(content, _Item(at, found.end(), ":", "definition", 0))
        return j

    def table(self, lines: list[Line], i: int) -> int:
        self.flush_item()
        for j in range(i, len(lines)):
            start, end = lines[j]
            row = self.text[start:end]
            if not row.strip() or (j > i + 1 and "|" not in row):
                return j
            if j != i + 1:
                self.table_row(start, end)
        return len(lines)

    def table_row(self, start: int, end: int) -> None:
        text, cells, at = self.text, [], start
        masked = re.sub(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: "x" * len(m.group()), text[start:end])
        for bar in (m.start() + start for m in re.finditer(r"\|", masked)):
            cells.append((at, bar))
            at = bar + 1
        cells.append((at, end))
        if len(cells) > 1 and not text[slice(*cells[0])].strip():
            cells = cells[1:]
        if len(cells) > 1 and not text[slice(*cells[-1])].strip():
            cells = cells[:-1]
        for column, (left, right) in enumerate(cells, 1):
            piece = text[left:right]
            left += len(piece) - len(piece.lstrip())
            right = max(left, right - (len(piece) - len(piece.rstrip())))
            self.emit("table-cell", left, right, self.encoded([(left, right)]) if right > left else [], column)

    def is_delimiter(self, lines: list[Line], j: int) -> bool:
        return j < len(lines) and "-" in self.text[slice(*lines[j])] and bool(_DELIMITER_ROW.match(self.text, *lines[j]))

    # Containers

    def contain(self, content: list[Line], item: _Item | None) -> None:
        """Read the children of a container whose own prefix has been stripped from the lines."""
        self.flush_item()
        if self.depth >= _DEPTH:
            kept = [(s, e) for s, e in content if self.text[s:e].strip()]
            self.item = item
            if kept:
                self.text_block("paragraph", kept)
        else:
            self.depth += 1
            self.item = item
            self.run(content)
            self.depth -= 1
        self.flush_item()

    def stripped(self, line: Line, width: int) -> Line:
        """A line without up to `width` columns of its indentation."""
        start, end = line
        column = 0
        while start < end and column < width and self.text[start] in " \t":
            column += 4 - column % 4 if self.text[start] == "\t" else 1
            start += 1
        return start, end

    def quote(self, lines: list[Line], i: int, at: int) -> int:
        content: list[Line] = []
        j, deep = i, self.depth >= _DEPTH - 1
        while j < len(lines):
            start, end = lines[j]
            spaces = _SPACES.match(self.text, start, end)
            at = spaces.end() if spaces else start
            if opened := (_QUOTES if deep else _QUOTE).match(self.text, at, end):
                content.append((opened.end(), end))
            elif at >= end or not content[-1][1] > content[-1][0] or self.interrupts_quote(at, end):
                break
            else:
                content.append((at, end))
            j += 1
        self.flush_item()
        self.quotes += 1
        self.contain(content, None)
        self.quotes -= 1
        return j

    def interrupts_quote(self, at: int, end: int) -> bool:
        return self.text[at] in _MAY_INTERRUPT and (
            self.interrupts(at, end) or _ITEM.match(self.text, at, end) is not None or bool(_BREAK.match(self.text, at, end))
        )

    def list_item(self, lines: list[Line], i: int, at: int) -> int:
        if self.text[at] in "*-" and (broken := self.thematic_break(lines, i, at)):
            return broken
        start, end = lines[i]
        found = _ITEM.match(self.text, at, end)
        if not found:
            return 0
        gap = len(found.group(2).expandtabs(4))
        width = at - start + len(found.group(1)) + (gap if 1 <= gap <= 4 else 1)
        content: list[Line] = [(found.end() if gap <= 4 else found.end(1) + 1, end)]
        comment = self.opens_comment(*content[0], False)
        j, blank = i + 1, content[0][0] >= end
        while j < len(lines):
            line_start, line_end = lines[j]
            spaces = _SPACES.match(self.text, line_start, line_end)
            at_text = spaces.end() if spaces else line_start
            if at_text >= line_end:
                blank = True
                content.append((line_end, line_end))
            elif comment or len(self.text[line_start:at_text].expandtabs(4)) >= width:
                blank = False
                content.append(self.stripped(lines[j], width))
            elif blank or self.ends_item(at_text, line_end):
                break
            else:
                content.append((at_text, line_end))
            comment = self.opens_comment(line_start, line_end, comment)
            j += 1
        while content and j > i + 1 and content[-1][0] >= content[-1][1]:
            content.pop()
            j -= 1
        self.flush_item()
        self.list_level += 1
        quotes, self.quotes = self.quotes, 0
        marker_end = found.end(1)
        self.contain(content, _Item(at, marker_end, found.group(1), "list-item", self.list_level))
        self.quotes = quotes
        self.list_level -= 1
        return j

    def opens_comment(self, start: int, end: int, inside: bool) -> bool:
        """Whether a comment is open at the end of a line; a comment holds an item together whatever its indentation."""
        if inside:
            closed = self.text.find("-->", start, end)
            return closed < 0 or self.opens_comment(closed + 3, end, False)
        opened = self.text.rfind("<!--", start, end)
        return opened >= 0 and self.text.find("-->", opened, end) < 0 and self.text.find("-->", end) >= 0

    def ends_item(self, at: int, end: int) -> bool:
        return self.interrupts_quote(at, end) or bool(_ITEM.match(self.text, at, end))

    # HTML

    def html(self, lines: list[Line], i: int, at: int) -> int:
        opened = _HTML.match(self.text, at, lines[i][1])
        if not opened:
            return 0
        if opened.group(1):
            return self.html_comment(lines, i, at)
        self.flush_item()
        verbatim = opened.group(4)
        if verbatim or opened.group(2) or opened.group(3):
            stop = rf"</{verbatim}\s*>" if verbatim else r"\?>" if opened.group(2) else ">"
            ends = re.compile(stop, re.IGNORECASE)
            j = i
            while j < len(lines) - 1 and not ends.search(self.text, max(at, lines[j][0]), lines[j][1]):
                j += 1
            self.emit("code" if verbatim and verbatim.lower() == "pre" else "html", at, lines[j][1], [])
            return j + 1
        j = i
        while j < len(lines) and self.text[slice(*lines[j])].strip():
            j += 1
        self.html_text([(at, lines[i][1]), *lines[i + 1 : j]])
        return j

    def html_text(self, lines: list[Line]) -> None:
        """The prose between the tags of an HTML block, each stretch a block of the kind that its tag names."""
        text = self.text
        content = [(s + len(text[s:e]) - len(text[s:e].lstrip()), e) for s, e in lines]
        units = encode(text, content, form="html")
        tags = htmltext.tags(text, content[0][0], content[-1][1])
        if not units:
            self.emit("html", content[0][0], content[-1][1], [])
        for unit in units:
            while tags and tags[0].start < unit.start:
                self.tags.see(tags.pop(0))
            kind, level = self.tags.kind()
            self.emit(kind, unit.start, unit.end, [(unit, "html", "")], level)
        for tag in tags:
            self.tags.see(tag)

    def html_comment(self, lines: list[Line], i: int, at: int) -> int:
        close = self.text.find("-->", at + 4, lines[-1][1])
        stop = close if close >= 0 else lines[-1][1]
        j = i
        inner: list[Line] = []
        while j < len(lines) and lines[j][0] <= stop:
            start = at + 4 if j == i else lines[j][0]
            if start <= min(lines[j][1], stop):
                inner.append((start, min(lines[j][1], stop)))
            if lines[j][1] >= stop:
                break
            j += 1
        was, self.comment = self.comment, True
        item, self.item = self.item, None
        if any(self.text[s:e].strip() for s, e in inner):
            begin = self.commented_header(inner)
            self.contain(begin, None)
        self.comment, self.item = was, item
        if j >= len(lines):
            return j
        end = lines[j][1]
        after = min(stop + 3, end)
        if self.text[after:end].strip():
            lines[j] = (after, end)
            return j if j > i else self.rest_of_line(lines, j)
        return j + 1

    def rest_of_line(self, lines: list[Line], j: int) -> int:
        """Text behind a comment on the comment's own line starts a paragraph."""
        spaces = _SPACES.match(self.text, *lines[j])
        return self.paragraph(lines, j, spaces.end() if spaces else lines[j][0])

    def commented_header(self, inner: list[Line]) -> list[Line]:
        filled = [line for line in inner if self.text[slice(*line)].strip()]
        if not self.blocks and self.text[slice(*filled[0])].strip() in ("---", "+++"):
            after = self.open_header(filled[0][0], inner[-1][1])
            return [line for line in inner if line[0] >= after] if after > filled[0][0] else inner
        return inner


def block_language(units: tuple[Unit, ...]) -> BlockLang:
    """The language of a block from those of its units."""
    langs = {unit.lang for unit in units} - {"none"}
    if len(langs) <= 1:
        return next(iter(langs), "none")
    weight: dict[Lang, float] = {"en": 0.0, "zh": 0.0}
    for unit in units:
        if unit.lang == "mixed":
            return "mixed"
        if unit.lang != "none":
            text = plain(unit.text)
            weight[unit.lang] += han_count(text) / 1.6 if unit.lang == "zh" else len(words(text))
    small, large = sorted(weight, key=lambda lang: weight[lang])
    return "mixed" if weight[small] * 4 >= weight[large] else large


_STARTS: dict[str, Callable[[Reader, list[Line], int, int], int]] = {
    "#": Reader.heading, "`": Reader.fence, "~": Reader.fence, "$": Reader.math, "{": Reader.liquid,
    "[": Reader.bracket, ":": Reader.definition, ">": Reader.quote, "<": Reader.html, "_": Reader.thematic_break,
    **dict.fromkeys("-+*0123456789", Reader.list_item),
}  # fmt: skip
