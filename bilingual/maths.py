"""Maths in a text: `$…$`, `$$…$$`, `\\\\(…\\\\)`, `\\\\[…\\\\]`, and LaTeX's environments."""

from __future__ import annotations

import re

from bilingual.text import HAN

_DOLLARS = re.compile(
    r"\$\$(?:(?!\$\$)[\s\S])+\$\$"
    r"|\$(?=[^\s$])(?:\\[\s\S]|[^$\\\n])*(?<=[^\s\\])\$(?!\d)"
    r"|\$(?=[^\s$])[^$\n" + HAN + r"]*[\\^_=<>][^$\n" + HAN + r"]*\$(?!\d)"
)
_LATEX = re.compile(r"\\\\\((?:(?!\\\\[()])[\s\S])*\\\\\)|\\\\\[(?:(?!\\\\[\[\]])[\s\S])*\\\\\]")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")


class Maths:
    """The maths of one text; remembers what is never closed, so that looking again costs nothing."""

    def __init__(self, text: str):
        self.text = text
        self._endless: dict[str, int] = {}

    def end(self, start: int) -> int:
        """Where the maths ends that begins at `start`, at a dollar or a backslash; 0 if none does."""
        if self.text[start] == "$":
            found = _DOLLARS.match(self.text, start)
        elif opened := _ENVIRONMENT.match(self.text, start):
            return self._environment_end(opened)
        else:
            found = _LATEX.match(self.text, start)
        return found.end() if found else 0

    def displayed(self, start: int, end: int) -> bool:
        """Whether a span is set apart: `$$` or an environment that has its lines to itself."""
        if not self.text.startswith(("$$", "\\begin"), start):
            return False
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        return not before.strip() and not self.text[end:].partition("\n")[0].strip()

    def _environment_end(self, opened: re.Match[str]) -> int:
        name = opened[1]
        if self._endless.get(name, len(self.text)) <= opened.end():
            return 0
        closing = f"\\end{{{name}}}"
        at = self.text.find(closing, opened.end())
        if at < 0:
            self._endless[name] = opened.end()
        return at + len(closing) if at >= 0 else 0
