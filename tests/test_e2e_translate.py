"""The main job, through the command line: one page in, both languages out, and nothing else touched."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bilingual import engines
from bilingual.cli import run
from bilingual.compare import compare
from bilingual.markdown import parse, read
from bilingual.markdown.outline import outline
from bilingual.text import has_han, language

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content" / "_portfolio"
NOTE = {"en": "*Parts of this page were translated from Chinese by machine.*", "zh": "*本页部分内容由机器译自英文。*"}

PAGE = """\
---
title: "Two Years —— in the *Liaison* Department"
excerpt: "What we did.<br/>
<img src='/images/one.png'>"
collection: portfolio
tags: [one, 二]
---
<br/>
We wrote letters to 12 companies in 2022.

## First year
**September 2022 – July 2023**
<br/>I prepared two visits.
- Took over 40 students to [Meituan](A Tech Company), by bus.
- Went to see `make test` with [Guosen](https://example.org/a_(b)).

1. __Deeper - from one to two: __My team held a talk.
2. **Wider.** We went on.

| What | 何时 |
|------|------|
| A talk about $x < y$ | 10月底 |

**1. 更深——讲座与实习**

我们于12月初确定了形式：先面试，再听讲座。我们争取到了五个部门的名额。<br/>（注：只有中文。）

Here is the [photo](../images/photo.png) of it.[^a]

- 走访银行
  - 我们参观了总部[主页](https://example.org/zh)。

[^a]: Taken by a friend.
"""


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that makes words up, under the name `words`."""
    monkeypatch.setitem(engines.ENGINES, "words", "bilingual.testing:WordEngine")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8", newline="")
    return Path("page.md")


def both(page: Path, out: Path) -> dict[str, str]:
    return {lang: (out / f"{page.stem}.{lang}.md").read_bytes().decode() for lang in ("en", "zh")}


def urls(text: str) -> Counter[str]:
    """The targets of links, images and tags, relative ones by their last part."""
    found = re.findall(r"\]\(([^\s()]+(?:\([^\s()]*\))?[^\s()]*)\)|(?:src|href)=['\"]([^'\"]+)", text)
    return Counter(re.sub(r"^(?:\.\.?/)+.*/", "", one or other) for one, other in found)


def strong(text: str) -> int:
    return str(outline(text)).count("'strong'")


def items(text: str) -> list[tuple[int, str]]:
    return [(b.level, b.marker) for b in parse(text).blocks if b.kind == "list-item"]


def check_view(source: str, view: str, lang: str, left: int = 0) -> None:
    """What holds for every view, whatever the words."""
    assert view.rstrip().endswith(NOTE[lang])
    body = view.rstrip().removesuffix(NOTE[lang])
    assert urls(body) == urls(source)
    assert strong(body) == strong(source)
    assert items(body) == items(source)
    assert list(parse(body).header) == list(parse(source).header)
    wrong = [
        unit.text
        for block in parse(body).blocks
        for unit in block.units
        if unit.key != "tags" and (has_han(unit.text) if lang == "en" else language(unit.text) in ("en", "mixed"))
    ]
    names = [text for text in wrong if lang == "zh" and sum(word.islower() for word in text.split()) < 2]
    assert len(wrong) - len(names) <= left, wrong


def test_both_views_of_a_mixed_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["translate", str(page), "--engine", "words", "--report", "report.json"]) == 0
    views = both(page, Path())
    for lang, view in views.items():
        check_view(PAGE, view, lang)
    assert "**2022年9月—2023年7月**" in views["zh"]
    assert "10月底" in views["zh"]
    assert "late October" in views["en"]
    assert "early December" in views["en"]
    assert "five" in views["en"]
    assert "12" in views["zh"]
    assert "`make test`" in views["zh"]
    assert "$x < y$" in views["zh"]
    told = capsys.readouterr()
    assert told.out.startswith("wrote page.en.md")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["schema"] == 1
    assert {unit["state"] for unit in report["units"]} == {"translated"}
    assert {unit["origin"] for unit in report["units"]} >= {"words 1", "rule"}


def test_what_needs_no_translation_keeps_its_bytes(page: Path) -> None:
    run(["translate", str(page), "--engine", "words"])
    source, english = PAGE.splitlines(), both(page, Path())["en"].splitlines()
    for line in source:
        if not has_han(line):
            assert line in english


def test_signs_that_are_no_markup_become_none(page: Path) -> None:
    run(["translate", str(page), "--engine", "words", "--to", "zh"])
    chinese = Path("page.zh.md").read_text(encoding="utf-8")
    assert re.search(r"^1\. __[^_*\n]+__[^_*\n]+$", chinese, re.MULTILINE)
    assert "Meituan](" not in chinese or "A Tech Company" not in chinese
    links = str(outline(chinese)).count("'link ")
    assert links == str(outline(PAGE)).count("'link ")


def test_a_second_run_changes_nothing_and_asks_no_engine(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["translate", str(page), "--engine", "words"])
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path().glob("*.md")}
    capsys.readouterr()
    assert run(["translate", str(page), "--engine", "words"]) == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path().glob("*.md")} == before
    assert capsys.readouterr().out == "unchanged page.en.md\nunchanged page.zh.md\n"


def test_a_second_run_imports_no_engine(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Hello there\n", encoding="utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "bilingual", "translate", "page.md"]
    first = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "| ctranslate2" in first.stderr.replace("|   ", "| ")
    second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    heavy = re.compile(r"\|\s+(?:ctranslate2|sentencepiece|numpy|jieba|sqlite3|argostranslate)\b")
    assert not heavy.search(second.stderr)
    assert "unchanged" in second.stdout


def test_a_change_of_the_page_is_followed(page: Path) -> None:
    run(["translate", str(page), "--engine", "words"])
    page.write_text(PAGE + "\nOne more thing.\n", encoding="utf-8")
    assert run(["translate", str(page), "--engine", "words"]) == 0
    assert Path("page.en.md").read_text(encoding="utf-8").count("One more thing.") == 1


def test_a_persons_text_is_kept_unless_forced(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["translate", str(page), "--engine", "words"])
    edited = Path("page.zh.md").read_bytes() + "我改过了。\n".encode()
    Path("page.zh.md").write_bytes(edited)
    page.write_text(PAGE + "\nOne more thing.\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["translate", str(page), "--engine", "words"]) == 1
    told = capsys.readouterr()
    assert Path("page.zh.md").read_bytes() == edited
    assert told.err == "kept page.zh.md: it was edited since it was written; --force overwrites it\n"
    assert "wrote page.en.md" in told.out
    assert run(["translate", str(page), "--engine", "words", "--force"]) == 0
    assert "我改过了" not in Path("page.zh.md").read_text(encoding="utf-8")


def test_a_file_that_was_there_before_is_kept(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.en.md").write_text("mine\n", encoding="utf-8")
    assert run(["translate", str(page), "--engine", "words"]) == 1
    assert Path("page.en.md").read_text(encoding="utf-8") == "mine\n"
    assert "kept page.en.md: it was not written by bilingual" in capsys.readouterr().err


def test_a_dry_run_and_standard_output_write_nothing(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["translate", str(page), "--engine", "words", "--dry-run"]) == 0
    assert b"would write page.en.md" in capsysbinary.readouterr().out
    assert run(["translate", str(page), "--engine", "words", "--to", "zh", "--stdout"]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert shown.startswith("---\ntitle:")
    check_view(PAGE, shown, "zh")
    assert sorted(path.name for path in Path().iterdir()) == ["page.md"]


def test_links_still_lead_to_the_same_files_from_another_folder(page: Path) -> None:
    assert run(["translate", str(page), "--engine", "words", "--out", "deep/er"]) == 0
    assert "](../../../images/photo.png)" in Path("deep/er/page.en.md").read_text(encoding="utf-8")


def test_a_memory_that_cannot_be_kept_is_told_and_done_without(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BILINGUAL_CACHE", str(page.resolve()))
    assert run(["translate", str(page), "--engine", "words"]) == 0
    assert capsys.readouterr().err.startswith("bilingual: going on without the translation memory")
    check_view(PAGE, Path("page.zh.md").read_text(encoding="utf-8"), "zh")


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r\n\r\n"])
def test_the_note_stands_apart_and_takes_nothing_away(end: str, page: Path) -> None:
    page.write_text(f"We met.{end}", encoding="utf-8", newline="")
    assert run(["translate", str(page), "--engine", "words", "--to", "zh"]) == 0
    shown = Path("page.zh.md").read_bytes().decode()
    newline = "\r\n" if "\r" in end else "\n"
    body, _, note = shown.partition(NOTE["zh"])
    assert note == newline
    assert body.endswith(newline * 2)
    assert body.lstrip("".join(set(body) - {"\r", "\n"})).startswith(end)


def test_the_note_can_be_left_out(page: Path) -> None:
    Path("bilingual.toml").write_text("note = false\n", encoding="utf-8")
    assert run(["translate", str(page), "--engine", "words"]) == 0
    assert NOTE["zh"] not in Path("page.zh.md").read_text(encoding="utf-8")


def test_other_header_keys_can_be_translated(page: Path) -> None:
    page.write_text("---\ntitle: One\nhero:\n  text: Two words\n---\n三\n", encoding="utf-8")
    Path("bilingual.toml").write_text('keys = ["hero.text"]\n', encoding="utf-8")
    assert run(["translate", str(page), "--engine", "words", "--to", "zh"]) == 0
    header = read(Path("page.zh.md")).header
    assert header["title"] == "One"
    assert has_han(str(header["hero"]))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_glossary_is_kept_to(page: Path, newline: str) -> None:
    page.write_text(f"We met Lenovo Group.{newline}", encoding="utf-8", newline="")
    Path("glossary.yaml").write_text("terms:\n  Lenovo Group: 联想集团\n", encoding="utf-8")
    assert run(["translate", str(page), "--engine", "words", "--to", "zh"]) == 0
    lines = Path("page.zh.md").read_bytes().decode().split(newline)
    assert "联想集团" in lines[0]
    assert lines[1:] == ["", NOTE["zh"], ""]


@pytest.mark.parametrize("layout", ["separate", "parallel", "side-by-side"])
def test_our_own_page_with_the_embedded_engine(layout: str, tmp_path: Path) -> None:
    """The README's first command, on the page that it names."""
    out = tmp_path / "out"
    status = run(
        ["translate", str(CONTENT / "liaison-department.md"), "--glossary", str(ROOT / "glossary.yaml"),
         "--layout", layout, "--out", str(out), "--report", str(tmp_path / "report.json")]
    )  # fmt: skip
    units = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["units"]
    left = [unit for unit in units if unit["state"] == "left"]
    assert status == int(bool(left))
    assert len(units) > 20
    assert all(unit["reason"] for unit in left)
    if layout == "separate":
        source = (CONTENT / "liaison-department.md").read_text(encoding="utf-8")
        for lang, view in both(CONTENT / "liaison-department.md", out).items():
            check_view(source, view, lang, left=sum(unit["to"] == lang for unit in left))
        for unit in units:
            sides = (unit["source"], unit["target"]) if unit["to"] == "zh" else (unit["target"], unit["source"])
            assert unit["state"] == "left" or not [d for d in compare(*sides) if d.kind in ("number", "date")]
    else:
        assert len(list(out.glob("liaison-department.*"))) == 1


def test_the_users_page(shared: Path, tmp_path: Path) -> None:
    page = tmp_path / "pages" / "portfolio-page.md"
    page.parent.mkdir()
    shutil.copy(shared / "seed" / "portfolio-page.md", page)
    report = tmp_path / "report.json"
    run(["translate", str(page), "--glossary", str(ROOT / "glossary.yaml"), "--report", str(report)])
    units = json.loads(report.read_text(encoding="utf-8"))["units"]
    left = [unit for unit in units if unit["state"] == "left"]
    assert len(left) <= 3
    assert all(unit["reason"] for unit in left)
    source = page.read_text(encoding="utf-8")
    for lang, view in both(page, page.parent).items():
        check_view(source, view, lang, left=sum(unit["to"] == lang for unit in left))
        assert strong(view) == 6
        assert len(re.findall(r"^\d\. __[^_\n]+__\S", view, re.MULTILINE)) == 3
