"""Comments that silence a rule at one place.

<!-- bilingual: ignore term-missing -->               the block that follows, or the block that the comment is in
<!-- bilingual: ignore term-missing, deprecated-form -->
<!-- bilingual: ignore -->                            every rule
<!-- bilingual: ignore-page term-inconsistent -->     the whole page
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bilingual.checks.subject import Source

_COMMENT = re.compile(r"<!--\s*bilingual:\s*ignore(-page)?(?![\w-])([^>]*?)-->")


class _Silence(NamedTuple):
    rules: frozenset[str]
    first: int
    last: int

    def covers(self, rule: str, line: int) -> bool:
        return self.first <= line <= self.last and (not self.rules or rule in self.rules)


def is_silenced(source: Source, rule: str, line: int) -> bool:
    """Whether a comment in a page silences a rule at a line, 1-based."""
    return any(silence.covers(rule, line) for silence in _silences(source))


def _silences(source: Source) -> list[_Silence]:
    if "bilingual:" not in source.text:
        return []
    found = []
    for comment in _COMMENT.finditer(source.text):
        rules = frozenset(re.findall(r"[\w-]+", comment[2]))
        found.append(_Silence(rules, 1, 1 << 60) if comment[1] else _at(source, comment, rules))
    return found


def _at(source: Source, comment: re.Match[str], rules: frozenset[str]) -> _Silence:
    text, page = source.text, source.page
    line_start = text.rfind("\n", 0, comment.start()) + 1
    line_end = text.find("\n", comment.end())
    rest = text[line_start : comment.start()] + text[comment.end() : line_end if line_end >= 0 else len(text)]
    line = page.line(comment.start())
    if _COMMENT.sub("", rest).strip(" \t\r>-*+"):
        block = next((b for b in page.blocks if b.start_line <= line <= b.end_line), None)
        return _Silence(rules, block.start_line if block else line, block.end_line if block else line)
    after = next((b for b in page.blocks if b.start >= comment.end() and b.units), None)
    return _Silence(rules, line, after.end_line if after else line)
