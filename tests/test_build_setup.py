"""`init`: what a folder looks like is proposed, nothing that is there is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bilingual import config
from bilingual.cli import run
from bilingual.glossary import Glossary


@pytest.mark.parametrize(
    ("files", "convention"),
    [
        (["_config.yml", "page.md"], "jekyll"),
        (["mkdocs.yml", "docs/page.md"], "mkdocs"),
        (["hugo.toml", "content/page.md"], "hugo"),
        (["en/page.md"], "folder"),
        (["page.md"], "suffix"),
    ],
)
def test_the_convention_is_seen(
    files: list[str], convention: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Some words here\n" if name.endswith(".md") else "", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--yes"]) == 0
    assert config.load(tmp_path).convention == convention
    assert Glossary.load(tmp_path / "glossary.yaml").concepts
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert hooks["repos"][0]["hooks"][0]["entry"].startswith("bilingual check")


def test_what_is_there_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("# Read me first\n", encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text("terms:\n  one: 一\n", encoding="utf-8")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--yes"]) == 0
    assert (tmp_path / "glossary.yaml").read_text(encoding="utf-8") == "terms:\n  one: 一\n"
    assert (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
    assert config.load(tmp_path).exclude == ("README.md",)
    assert "entry: bilingual check" in capsys.readouterr().out


def test_without_yes_and_without_a_terminal_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
