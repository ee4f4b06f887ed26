"""Settings: `bilingual.toml`, or `[tool.bilingual]` in `pyproject.toml`, from where you are upwards.

    [tool.bilingual]            # in bilingual.toml without this line
    glossary = "glossary.yaml"
    keys = ["title", "excerpt", "header.caption"]
    spacing = true              # a space between Chinese and Latin script in what is produced
    note = false                # no line at the foot that tells of machine translation
    engine = "argos"

    [tool.bilingual.rules]
    term-missing = false        # a rule may be switched off, or get a severity
"""

from __future__ import annotations

import difflib
import re
import sys
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from bilingual.errors import ConfigError

_FILES = ("bilingual.toml", "pyproject.toml")
Severity = Literal["error", "warning", "note", "off"]


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
    rules: dict[str, Severity] = field(default_factory=dict)
    """Rule id → severity, where it is not the rule's own."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of pages that `check`, `diff` and the site commands pass over."""


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
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"
            raise ConfigError(f"unknown setting {key!r}; {hint}", path=str(path), line=_line(path, key))
        settings[key] = _value(key, value, path)
    return replace(Config(), **settings)


def _value(key: str, value: Any, path: Path) -> Any:
    if key in ("spacing", "note") and isinstance(value, bool):
        return value
    if key == "engine" and isinstance(value, str):
        return value
    if key == "glossary" and isinstance(value, str):
        return path.parent / value
    if key in ("keys", "exclude") and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value) if key == "keys" else tuple(value)
    if key == "rules" and isinstance(value, dict):
        return {rule: _severity(rule, wanted, path) for rule, wanted in value.items()}
    wanted = {"spacing": "true or false", "note": "true or false", "engine": "a name", "glossary": "a file name"}
    raise ConfigError(f"{key} takes {wanted.get(key, 'a list of texts')}", path=str(path), line=_line(path, key))


def _severity(rule: str, wanted: Any, path: Path) -> Severity:
    if isinstance(wanted, bool):
        return "warning" if wanted else "off"
    if wanted in ("error", "warning", "note", "off"):
        return wanted  # type: ignore[no-any-return]
    raise ConfigError(f"rule {rule} takes true, false, error, warning or note", path=str(path), line=_line(path, rule))


def _line(path: Path, key: str) -> int | None:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.strip().strip('"').startswith(key)), None)
