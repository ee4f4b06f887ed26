"""`status`: pages and languages, by words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import Small, word

from bilingual.cli import run

PAGE = "# Four words of heading\n\nThree words here.\n\nTwo words.\n"


def rows(site: Small, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict[str, int]]]:
    status = run(["status", str(site.root), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    return status, {Path(page["path"]).name: page for page in data["pages"]}


def test_the_life_of_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Small(tmp_path, {"page.md": PAGE})
    status, found = rows(site, capsys)
    assert status == 1
    assert (found["page.zh.md"]["missing"], found["page.zh.md"]["exists"]) == (9, False)
    assert not (tmp_path / ".bilingual").exists()
    site.build()
    status, found = rows(site, capsys)
    assert status == 0
    assert (found["page.zh.md"]["translated"], found["page.zh.md"]["missing"]) == (9, 0)
    assert (found["page.md"]["reviewed"], found["page.md"]["words"]) == (9, 9)
    site.edit("page.zh.md", word("Three words here."), "我写的三个字。")
    site.build()
    assert rows(site, capsys)[1]["page.zh.md"]["reviewed"] == 3
    site.edit("page.md", "Three words here.", "Three more words here.")
    status, found = rows(site, capsys)
    assert (status, found["page.zh.md"]["stale"]) == (1, 4)  # before a build has seen it
    site.build()
    status, found = rows(site, capsys)
    assert (status, found["page.zh.md"]["stale"], found["page.zh.md"]["translated"]) == (1, 4, 6)


def test_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Small(tmp_path, {"page.md": PAGE}).build()
    assert run(["status", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["page", "words", "reviewed", "translated", "stale", "missing"]
    assert lines[2].split()[1:] == ["9", "·", "9", "·", "·"]


def test_a_damaged_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Small(tmp_path, {"page.md": PAGE})
    site.build()
    (tmp_path / ".bilingual" / "en-zh" / "page.md.po").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert run(["status", str(tmp_path)]) == 2
    assert "page.md.po:1: git's conflict marks" in capsys.readouterr().err
