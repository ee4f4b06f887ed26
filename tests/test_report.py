"""The four formats of findings."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bilingual.model import Finding
from bilingual.report import render

FINDINGS = [
    Finding("deprecated-form", "docs/页 one.md", 3, 5, 3, 9, "error", "write 港湾 instead of 海港", "港湾"),
    Finding("term-missing", "a.md", 1, 1, 2, 4, "warning", "100%: lacks a,\nb"),
    Finding("odd", "a.md", 7, 2, 7, 2, "note", "a: b"),
]
RULES = {"deprecated-form": "a form that the glossary deprecates", "unused": "never found"}

REGION = {
    "type": "object",
    "properties": {
        name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endLine", "endColumn")
    },
    "required": ["startLine"],
    "additionalProperties": False,
}
ARTIFACT = {
    "type": "object",
    "properties": {"uri": {"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"}},
    "required": ["uri"],
    "additionalProperties": False,
}
MESSAGE = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}},
    "required": ["text"],
    "additionalProperties": False,
}
SARIF = {
    # The part of the SARIF 2.1.0 schema (OASIS, section 3.13 and on) that our logs may use, and nothing beside it.
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "additionalProperties": False, "properties": {"driver": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object",
                            "required": ["id"],
                            "additionalProperties": False,
                            "properties": {"id": {"type": "string"}, "shortDescription": MESSAGE},
                        }},
                    },
                }}},
                "results": {"type": "array", "items": {
                    "type": "object",
                    "required": ["message"],
                    "additionalProperties": False,
                    "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": -1},
                        "level": {"enum": ["none", "note", "warning", "error"]},
                        "message": MESSAGE,
                        "locations": {"type": "array", "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {"physicalLocation": {
                                "type": "object",
                                "required": ["artifactLocation"],
                                "additionalProperties": False,
                                "properties": {"artifactLocation": ARTIFACT, "region": REGION},
                            }},
                        }},
                        "fixes": {"type": "array", "uniqueItems": True, "items": {
                            "type": "object",
                            "required": ["artifactChanges"],
                            "additionalProperties": False,
                            "properties": {"description": MESSAGE, "artifactChanges": {"type": "array", "minItems": 1, "items": {
                                "type": "object",
                                "required": ["artifactLocation", "replacements"],
                                "additionalProperties": False,
                                "properties": {"artifactLocation": ARTIFACT, "replacements": {"type": "array", "minItems": 1, "items": {
                                    "type": "object",
                                    "required": ["deletedRegion"],
                                    "additionalProperties": False,
                                    "properties": {"deletedRegion": REGION, "insertedContent": MESSAGE},
                                }}},
                            }}},
                        }},
                    },
                }},
            },
        }},
    },
}  # fmt: skip


def test_text_is_one_line_a_finding() -> None:
    text = render(FINDINGS[:1] + FINDINGS[2:], "text", tool="t")
    assert text == "docs/页 one.md:3:5: deprecated-form: write 港湾 instead of 海港\na.md:7:2: odd: a: b\n"
    assert render([], "text", tool="t") == ""


def test_colour_only_adds_to_the_text() -> None:
    import re

    coloured = render(FINDINGS, "text", tool="t", colour=True)
    assert "\033[" in coloured
    assert re.sub(r"\033\[\d+m", "", coloured) == render(FINDINGS, "text", tool="t")


def test_json_is_the_documented_schema() -> None:
    data = json.loads(render(FINDINGS, "json", tool="t"))
    assert data["schema"] == 1
    assert data["findings"][0] == {
        "rule": "deprecated-form", "path": "docs/页 one.md", "start_line": 3, "start_column": 5, "end_line": 3,
        "end_column": 9, "severity": "error", "message": "write 港湾 instead of 海港", "fix": "港湾",
    }  # fmt: skip


@pytest.mark.parametrize("findings", [FINDINGS, []], ids=["some", "none"])
def test_sarif_is_valid(findings: list[Finding]) -> None:
    log = json.loads(render(findings, "sarif", tool="bilingual check", rules=RULES))
    jsonschema.validate(log, SARIF)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    for result, finding in zip(log["runs"][0]["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert ("fixes" in result) == (finding.fix is not None)


def test_sarif_paths_are_relative_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = FINDINGS[0]._replace(path=str(tmp_path / "docs" / "页 one.md"))
    log = json.loads(render([inside], "sarif", tool="t"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "docs/%E9%A1%B5%20one.md"


def test_github_annotations() -> None:
    lines = render(FINDINGS, "github", tool="check").splitlines()
    assert lines == [
        "::error file=docs/页 one.md,line=3,endLine=3,col=5,endColumn=8,title=check%3A deprecated-form::write 港湾 instead of 海港",
        "::warning file=a.md,line=1,endLine=2,title=check%3A term-missing::100%25: lacks a,%0Ab",
        "::notice file=a.md,line=7,endLine=7,col=2,endColumn=2,title=check%3A odd::a: b",
    ]
