"""Findings as text, JSON, SARIF 2.1.0 or GitHub annotations: what `check` and `diff` print."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Literal, get_args

from bilingual import __version__
from bilingual.model import Finding

Format = Literal["text", "json", "sarif", "github"]
FORMATS: tuple[Format, ...] = get_args(Format)
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB_LEVEL = {"error": "error", "warning": "warning", "note": "notice"}
_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render(
    findings: Sequence[Finding],
    format: Format,  # noqa: A002  # the word that the command line has for it
    *,
    tool: str,
    rules: Mapping[str, str] | None = None,
    colour: bool = False,
) -> str:
    """Findings in one of the four formats, in the order given; the text ends with a line break or is empty.

    `tool` is the command whose findings these are, e.g. "bilingual check"; `rules` says of each rule in a line what it
    is about; `colour` is for text on a terminal.
    """
    if format == "json":
        return _json({"schema": 1, "findings": [finding._asdict() for finding in findings]})
    if format == "sarif":
        return _json(sarif(findings, tool=tool, rules=rules or {}))
    lines = [_annotation(f, tool) for f in findings] if format == "github" else [_line(f, colour) for f in findings]
    return "".join(f"{line}\n" for line in lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _line(finding: Finding, colour: bool) -> str:
    place = f"{finding.path}:{finding.start_line}:{finding.start_column}:"
    if not colour:
        return f"{place} {finding.rule}: {finding.message}"
    return f"\033[1m{place}\033[0m \033[{_COLOURS[finding.severity]}m{finding.rule}\033[0m: {finding.message}"


def _annotation(finding: Finding, tool: str) -> str:
    """GitHub's workflow command; columns only where they stand on one line, as GitHub asks."""
    fields: dict[str, object] = {"file": _relative(finding.path)}
    fields |= {"line": finding.start_line, "endLine": finding.end_line}
    if finding.start_line == finding.end_line:
        fields |= {"col": finding.start_column, "endColumn": max(finding.start_column, finding.end_column - 1)}
    fields["title"] = f"{tool}: {finding.rule}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    return f"::{_GITHUB_LEVEL[finding.severity]} {properties}::{_escaped(finding.message)}"


def _property(value: object) -> str:
    return _escaped(str(value)).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _relative(path: str) -> str:
    """A path as seen from where we are, with slashes; as it is if it lies elsewhere."""
    pure = PurePath(path)
    if pure.is_absolute():
        try:
            pure = pure.relative_to(Path.cwd())
        except ValueError:
            return pure.as_posix()
    return pure.as_posix()


def sarif(findings: Sequence[Finding], *, tool: str, rules: Mapping[str, str]) -> dict[str, Any]:
    """A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) as data."""
    ids = list(dict.fromkeys([*rules, *(finding.rule for finding in findings)]))
    driver = {
        "name": tool,
        "version": __version__,
        "rules": [
            {"id": rule, **({"shortDescription": {"text": rules[rule]}} if rules.get(rule) else {})} for rule in ids
        ],
    }
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": ids.index(finding.rule),
            "level": finding.severity,
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _location(finding)}],
            **({"fixes": [_fix(finding)]} if finding.fix is not None else {}),
        }
        for finding in findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _artifact(finding: Finding) -> dict[str, str]:
    from urllib.parse import quote

    path = _relative(finding.path)
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(path)}


def _region(finding: Finding) -> dict[str, int]:
    return {
        "startLine": finding.start_line,
        "startColumn": finding.start_column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }


def _location(finding: Finding) -> dict[str, object]:
    return {"artifactLocation": _artifact(finding), "region": _region(finding)}


def _fix(finding: Finding) -> dict[str, object]:
    replacement = {"deletedRegion": _region(finding), "insertedContent": {"text": finding.fix}}
    return {
        "description": {"text": f"write {finding.fix}"},
        "artifactChanges": [{"artifactLocation": _artifact(finding), "replacements": [replacement]}],
    }
