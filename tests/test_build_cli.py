"""`bilingual build` as it is used: the story, its words, its exit statuses, and what it does when things go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sites import Small

from bilingual import merge
from bilingual.cli import run

PAGE = """# Student union

I was a member of the student union for two years.

I led a team of ten people.

- We visited three companies.
- We organized a lecture.
"""


def bilingual(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bilingual", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_story(tmp_path: Path) -> None:
    """Translate, edit the Chinese by hand, change English elsewhere and under the edit, run again."""
    page, made = tmp_path / "life.md", tmp_path / "life.zh.md"
    page.write_text(PAGE, encoding="utf-8")
    first = bilingual(tmp_path, "build")
    assert first.returncode in (0, 1), first.stderr
    assert "created life.zh.md" in first.stdout
    lines = made.read_text(encoding="utf-8").splitlines()
    assert len(lines[2]) > 5
    hand = "我在学生会工作了整整两年。"
    made.write_text("\n".join([*lines[:2], hand, *lines[3:]]) + "\n", encoding="utf-8")
    text = PAGE.replace("for two years", "for three years").replace(
        "We organized a lecture", "We organized two lectures"
    )
    page.write_text(text, encoding="utf-8")
    before = made.read_text(encoding="utf-8").splitlines()
    second = bilingual(tmp_path, "build")
    assert second.returncode == 1
    assert "life.zh.md:3: conflict: changed here and in life.md" in second.stderr
    after = made.read_text(encoding="utf-8").splitlines()
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == [7]  # only the line of the lectures
    assert after[2] == hand
    third = bilingual(tmp_path, "build")
    assert (third.returncode, third.stderr) == (1, second.stderr)
    assert bilingual(tmp_path, "build", "--keep").returncode == 0
    assert made.read_text(encoding="utf-8").splitlines() == after
    fourth = bilingual(tmp_path, "build")
    assert (fourth.returncode, fourth.stdout) == (0, "2 pages, 0 changed\n")


def test_a_second_run_loads_no_engine(tmp_path: Path) -> None:
    (tmp_path / "life.md").write_text(PAGE, encoding="utf-8")
    bilingual(tmp_path, "build")
    program = "import sys; from bilingual.cli import run; run(['build']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"ctranslate2", "sentencepiece", "numpy", "jieba", "sqlite3", "rapidfuzz", "mistune", "polib"}


def test_the_site_is_where_its_settings_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bilingual.toml").write_text('exclude = ["notes"]\n', encoding="utf-8")
    for name in ("docs/a.md", "notes/b.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# Words\n\nMore words.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "docs")
    assert run(["build"]) in (0, 1)
    assert (tmp_path / ".bilingual" / "en-zh" / "docs" / "a.md.po").exists()
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) in (0, 1)
    assert not (tmp_path / "notes" / "b.zh.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere"], "bilingual: nowhere: no such file or folder"),
        (["build", "--accept", "--keep"], "--accept takes the drafts, --keep the texts that stand"),
        (["build", "."], "page.md:1: the header opened here is never closed"),
    ],
)
def test_bad_input(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "page.md").write_text("---\ntitle: x\n\nNo end.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_a_bad_page_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.md").write_bytes(b"# \xff\xfe bytes\n")
    (tmp_path / "good.md").write_text("# Good words\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2
    assert "bad.md:1: invalid UTF-8" in capsys.readouterr().err
    assert (tmp_path / "good.zh.md").exists()


def test_a_full_disk_leaves_every_file_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Small(tmp_path, {f"p{n}.md": f"# Page {n}\n\nWords of page {n}.\n" for n in range(4)})
    fsync, left = os.fsync, 5

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(merge.os, "fsync", full)
    with pytest.raises(merge.OutputError, match="No space left on device"):
        site.build()
    monkeypatch.undo()
    monkeypatch.setenv("BILINGUAL_CACHE", str(tmp_path / "cache"))
    assert list(tmp_path.rglob("*.tmp")) == []
    site.build()
    other = Small(tmp_path / "other", {f"p{n}.md": f"# Page {n}\n\nWords of page {n}.\n" for n in range(4)})
    other.build()
    mine = {name: data for name, data in site.files().items() if name.startswith(("p", ".bilingual"))}
    assert mine == other.files()


def test_a_page_whose_name_moves_in_case_only(tmp_path: Path) -> None:
    site = Small(tmp_path, {"Page.md": PAGE})
    site.build()
    before = site.read("Page.zh.md")
    (tmp_path / "Page.md").rename(tmp_path / "page.md")
    site.build()
    assert site.engine.asked == []
    assert sorted(path.name.lower() for path in tmp_path.glob("*.md")) == ["page.md", "page.zh.md"]
    assert next(tmp_path.glob("*.zh.md")).read_text(encoding="utf-8") == before
    assert site.build().changed == []


def test_no_clock_is_asked(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.md": PAGE})
    site.build()
    for path in tmp_path.rglob("*"):
        os.utime(path, (0, 0) if path.suffix == ".md" else (4_000_000_000, 4_000_000_000))
    before = site.files()
    assert site.build().unchanged == 1
    site.edit("page.md", "ten people", "twelve people")
    os.utime(tmp_path / "page.md", (0, 0))
    assert len(site.build().changed) == 1
    assert site.files() != before


def test_a_dry_run_tells_what_it_would_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "life.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["build", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "would create life.zh.md" in out
    assert "words in 5 texts to translate, about" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["life.md"]
