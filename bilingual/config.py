"""Settings: `bilingual.toml`, or `[tool.bilingual]` in `pyproject.toml`, from where you are upwards.

[tool.bilingual]            # in bilingual.toml without this line
glossary = "glossary.yaml"
keys = ["title", "excerpt", "header.caption"]
spacing = true              # a space between Chinese and Latin script in what is produced
note = false                # no line at the foot that tells of machine translation
engine = "argos"

traditional = true          # Chinese in traditional characters holds the glossary's terms too
exclude = ["drafts"]        # pages that check, diff and the site commands pass over

[tool.bilingual.rules]
term-missing = false        # a rule may be switched off or on, or get a severity

[tool.bilingual.paths."blog/*"]
term-inconsistent = "note"  # likewise for some pages only; `*` matches across folders, the last match counts
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from bilingual.errors import ConfigError

_FILES = ("bilingual.toml", "pyproject.toml")
Setting = Literal["error", "warning", "note", "on", "off"]
"""What a rule may be set to: a severity, its own severity, or nothing."""
CONVENTIONS = ("auto", "suffix", "folder", "jekyll", "hugo", "mkdocs")
GLOSSARY = "glossary.yaml"
"""The glossary that is used where none is named or configured, if it is there."""


@dataclass(frozen=True)
class Config:
    """Every setting with its default."""

    path: str = ""
    """The file that the settings come from; empty if there is none."""
    glossary: Path | None = None
    keys: frozenset[str] = frozenset({"title", "excerpt", "description", "summary", "caption", "alt"})
    """Front-matter keys whose values are translated, as names or dotted paths."""
    spacing: bool = False
    note: bool = True
    engine: str | None = None
    traditional: bool = False
    """Whether a Chinese text in traditional characters holds the glossary's terms too."""
    rules: dict[str, Setting] = field(default_factory=dict)
    """Rule id → setting, where it is not the rule's own."""
    paths: dict[str, dict[str, Setting]] = field(default_factory=dict)
    """Glob pattern → settings of rules for the pages that match it."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of pages that `check`, `diff` and the site commands pass over."""
    convention: str = "auto"
    """How the counterpart of a page is named that has none yet: one of CONVENTIONS."""

    @property
    def folder(self) -> Path:
        """What patterns and file names in the settings are seen from."""
        return Path(self.path).parent if self.path else Path.cwd()

    def setting(self, rule: str, path: str | Path) -> Setting | None:
        """What a rule is set to for a page; None where nothing is said."""
        setting = self.rules.get(rule)
        for pattern, rules in self.paths.items():
            if rule in rules and matches(path, (pattern,), self.folder):
                setting = rules[rule]
        return setting

    def glossary_file(self, named: str | Path | None = None) -> Path | None:
        """The glossary to use: the one that is named, else the configured one, else `glossary.yaml` where we are."""
        if named:
            return Path(named)
        usual = (Path(GLOSSARY), self.folder / GLOSSARY)
        return self.glossary or next((path for path in usual if path.is_file()), None)


def matches(path: str | Path, patterns: Sequence[str], root: Path) -> bool:
    """Whether a path, seen from `root`, matches one of some glob patterns.

    `*` matches across folders; a folder's name stands for all that is in it.
    """
    if not patterns:
        return False
    name = os.path.relpath(path, root).replace(os.sep, "/")
    plain = [pattern.replace("**/", "*") for pattern in patterns]
    return any(fnmatchcase(name, pattern) or fnmatchcase(name, pattern.rstrip("/") + "/*") for pattern in plain)


def load(folder: Path | None = None) -> Config:
    """The settings that hold in a folder. Raises ConfigError for an unknown key or a value of the wrong type."""
    start = (folder or Path()).resolve()
    for place in (start, *start.parents):
        for name in _FILES:
            table = _table(place / name)
            if table is not None:
                return _config(table, place / name)
        if (place / ".git").exists():
            break  # settings of another project do not reach in
    return Config()


def _table(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8-sig")
    if path.name == "pyproject.toml" and "tool.bilingual" not in text:
        return None
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise ConfigError(f"no valid TOML: {error}", path=str(path), line=line, column=column) from None
    tool = data.get("tool", {}).get("bilingual") if path.name == "pyproject.toml" else data
    return tool if isinstance(tool, dict) else None


def _config(table: dict[str, Any], path: Path) -> Config:
    known = {f.name for f in fields(Config)} - {"path"}
    settings: dict[str, Any] = {"path": str(path)}
    for key, value in table.items():
        if key not in known:
            import difflib

            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"
            raise ConfigError(f"unknown setting {key!r}; {hint}", path=str(path), line=_line(path, key))
        settings[key] = _value(key, value, path)
    return replace(Config(), **settings)


def _value(key: str, value: Any, path: Path) -> Any:
    if key in ("spacing", "note", "traditional") and isinstance(value, bool):
        return value
    if key == "engine" and isinstance(value, str):
        return value
    if key == "convention" and value in CONVENTIONS:
        return value
    if key == "glossary" and isinstance(value, str):
        return path.parent / value
    if key in ("keys", "exclude") and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value) if key == "keys" else tuple(value)
    if key == "rules" and isinstance(value, dict):
        return {rule: _setting(rule, wanted, path) for rule, wanted in value.items()}
    if key == "paths" and isinstance(value, dict) and all(isinstance(rules, dict) for rules in value.values()):
        return {
            pattern: {rule: _setting(rule, wanted, path) for rule, wanted in rules.items()}
            for pattern, rules in value.items()
        }
    wanted = {
        **dict.fromkeys(("spacing", "note", "traditional"), "true or false"),
        "engine": "a name",
        "convention": f"one of {', '.join(CONVENTIONS)}",
        "glossary": "a file name",
        "rules": "a table of rules",
        "paths": "tables of rules, one for each pattern",
    }
    raise ConfigError(f"{key} takes {wanted.get(key, 'a list of texts')}", path=str(path), line=_line(path, key))


def _setting(rule: str, wanted: Any, path: Path) -> Setting:
    if isinstance(wanted, bool):
        return "on" if wanted else "off"
    if wanted in ("error", "warning", "note", "on", "off"):
        return wanted  # type: ignore[no-any-return]
    message = f"rule {rule} takes true, false, or one of the texts error, warning and note"
    raise ConfigError(message, path=str(path), line=_line(path, rule))


def _line(path: Path, key: str) -> int | None:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip().strip('"').startswith(key)), None)
