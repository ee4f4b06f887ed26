"""Edits, their proof, links that move, and files that are old or new but never half."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bilingual.errors import OutputError
from bilingual.markdown.outline import outline
from bilingual.merge import Edit, apply, guarded, prove, relink, write


def test_edits_change_their_spans_and_nothing_else() -> None:
    assert apply("one two three", [Edit(8, 13, "3"), Edit(0, 3, "1")]) == "1 two 3"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("one two", [Edit(0, 5, ""), Edit(4, 7, "")])


SAME = [
    (
        "<table>\n\n    <td>\n\n      <a href='u'>one</a>\n\n    </td>\n\n</table>\n",
        "<table>\n\n    <td>\n\n      <a href='u'>一</a>\n\n    </td>\n\n</table>\n",
    ),
    ("A [link](u) and *it*.", "它和[链接](u)，*是*。"),
    ("- one\n- two\n", "- 一\n- 二\n"),
    ("| a | b |\n|---|---|\n| c | d |\n", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"),
    ("<div title='a'>x</div>", "<div title='b'>y</div>"),
]
DIFFERENT = [
    ("    x = one\n", "    x = 一\n"),
    ("```\n<b>one</b>\n```\n", "```\n<b>一</b>\n```\n"),
    ("A [link](u).", "链接。"),
    ("A [link](u).", "[链接](v)。"),
    ("Two.", "- 二"),
    ("**Real.** It", "**真。**它"),
    ("[Meituan](A Tech Company)", "[美团](科技公司)"),
    ("`code` x", "代码 x"),
    ("# One", "## 一"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_other_words_have_the_same_outline(before: str, after: str) -> None:
    assert outline(before) == outline(after)


@pytest.mark.parametrize(("before", "after"), DIFFERENT)
def test_other_structure_has_another_outline(before: str, after: str) -> None:
    assert outline(before) != outline(after)


def test_the_proof_finds_the_edit_that_breaks_the_page() -> None:
    text = "---\ntitle: One\n---\nA [link](u).\n\nPlain words.\n\n- item\n"
    start = text.index("Plain")
    good = Edit(text.index("item"), text.index("item") + 4, "条目")
    breaks_header = Edit(text.index("One"), text.index("One") + 3, "[一")
    breaks_block = Edit(start, start + 12, "# 标题")
    assert prove(text, [], [good, breaks_header, breaks_block]) == ([good], [breaks_header, breaks_block])


def test_new_text_never_opens_a_block() -> None:
    for text, expected in {
        "1. 一": "1\\. 一",
        "- x": "\\- x",
        "# x": "\\# x",
        "+30 人": "+30 人",
        "2022年": "2022年",
    }.items():
        assert guarded("word\n", Edit(0, 4, text)).text == expected
    assert guarded("> word\n", Edit(2, 6, "# x")).text == "\\# x"
    assert guarded("a word\n", Edit(2, 6, "# x")).text == "# x"


def test_relative_links_follow_a_page_that_moves(tmp_path: Path) -> None:
    text = (
        "![a](img/a.png) [b](../b.md#x) [c](http://x.y) [d](#top) [e](/abs) `[f](f.md)`\n\n<img src='g.png'>\n\n[h]: h.md\n\n"
        "```\n[i](i.md)\n```\n"
    )
    moved = relink(text, tmp_path / "site" / "pages", tmp_path / "out")
    assert moved == (
        "![a](../site/pages/img/a.png) [b](../site/b.md#x) [c](http://x.y) [d](#top) [e](/abs) `[f](f.md)`\n\n"
        "<img src='../site/pages/g.png'>\n\n[h]: ../site/pages/h.md\n\n```\n[i](i.md)\n```\n"
    )
    assert relink(text, tmp_path, tmp_path) == text


def test_writing_says_whether_bytes_changed(tmp_path: Path) -> None:
    path = tmp_path / "new" / "page.md"
    assert write(path, "中文\r\n")
    assert path.read_bytes() == "中文\r\n".encode()
    assert not write(path, "中文\r\n")
    assert [p.name for p in path.parent.iterdir()] == ["page.md"]


def test_a_page_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("a")
    path.chmod(0o640)
    write(path, "b")
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.md"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.md"]


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "page.md", "x")
