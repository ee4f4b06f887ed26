"""Everything that can stop a command, with the place where it went wrong.

BilingualError          exit 2, one line on stderr: path:line:column: message
├── PageError           a page that cannot be read as text with a header
├── GlossaryError       a glossary file that cannot be read
├── ConfigError         bilingual.toml or [tool.bilingual]
├── LedgerError         a ledger that is damaged, or of a newer version
├── EngineError         an engine that is unknown, or cannot be loaded
└── OutputError         a file or folder that cannot be written
"""

from __future__ import annotations


class BilingualError(Exception):
    """The root of this package's errors: it could not run, so a pass would prove nothing."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None, column: int | None = None):
        super().__init__(message)
        self.message = message
        self.path = path
        """The file at fault, as the user named it."""
        self.line = line
        """1-based."""
        self.column = column
        """1-based, in code points."""

    def __str__(self) -> str:
        place = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        return ":".join([*place, " " + self.message]) if place else self.message


class PageError(BilingualError):
    """A page that is missing, is no text, or has a header that cannot be read."""


class GlossaryError(BilingualError):
    """A glossary that is missing or cannot be read."""


class ConfigError(BilingualError):
    """A configuration file with an unknown key or a value of the wrong type."""


class LedgerError(BilingualError):
    """A ledger that is damaged, holds git's conflict marks, or is of a newer version."""


class EngineError(BilingualError):
    """An engine that is unknown, or whose model is missing or damaged."""


class OutputError(BilingualError):
    """A place that cannot be written to."""
