"""`build`: what moves follows, what persons write stays, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sites import Small, kinds, word

from bilingual.ledger.po import load

PAGE = """---
title: Home page
---
# Work

The first paragraph has **bold words** and [a link](https://example.org).

- red apple
- green pear

```py
print(1)
```

## More

The second paragraph.

| Name | Value |
|---|---|
| speed | 80 |
"""


@pytest.fixture
def site(tmp_path: Path) -> Small:
    small = Small(tmp_path, {"page.md": PAGE})
    small.build()
    return small


def test_a_page_without_a_counterpart_gets_one(site: Small) -> None:
    made = site.read("page.zh.md")
    assert f"title: {word('Home page')}\n" in made
    assert f"- {word('red apple')}\n- {word('green pear')}\n" in made
    assert "](https://example.org)" in made
    assert "```py\nprint(1)\n```" in made
    assert "| 80 |" in made
    assert site.read("page.md") == PAGE


def test_a_second_run_asks_nothing_and_changes_no_byte(site: Small) -> None:
    before = site.files()
    report = site.build()
    assert (report.changed, report.notes, report.unchanged, site.engine.asked) == ([], [], 1, [])
    assert site.files() == before


def test_a_second_run_without_the_state_file_changes_no_byte_either(site: Small) -> None:
    before = site.files()
    (site.root / ".bilingual" / "state.json").unlink()
    assert site.build().unchanged == 0
    assert site.files() == before
    assert site.engine.asked == []


def test_a_changed_sentence_is_translated_anew_and_nothing_else(site: Small) -> None:
    before = site.read("page.zh.md")
    site.edit("page.md", "The second paragraph.", "The other paragraph.")
    site.build()
    assert site.engine.asked[0] == "The other paragraph."
    assert not any("bold" in segment or "apple" in segment for segment in site.engine.asked)
    expected = before.replace(word("The second paragraph."), word("The other paragraph."))
    assert site.read("page.zh.md") == expected


def test_a_changed_link_follows(site: Small) -> None:
    site.edit("page.md", "https://example.org", "https://example.com/new")
    site.build()
    assert "](https://example.com/new)" in site.read("page.zh.md")


def test_new_blocks_come_in_at_their_place(site: Small) -> None:
    site.edit("page.md", "- green pear\n", "- green pear\n- blue plum\n")
    site.edit("page.md", "## More\n", "## New part\n\nIt has text.\n\n1. one thing\n2. other things\n\n## More\n")
    site.edit("page.md", "| speed | 80 |\n", "| speed | 80 |\n| weight | 5 |\n")
    site.build()
    made = site.read("page.zh.md")
    assert f"- {word('green pear')}\n- {word('blue plum')}\n\n```" in made
    part = f"```\n\n## {word('New part')}\n\n{word('It has text.')}\n\n1. {word('one thing')}\n2. {word('other things')}\n\n##"
    assert part in made
    assert made.endswith(f"| 80 |\n| {word('weight')} | 5 |\n")
    assert kinds(site.build()) == []


def test_changed_code_follows_and_changed_cells_of_figures_do(site: Small) -> None:
    site.edit("page.md", "print(1)", "print(2)")
    site.edit("page.md", "| 80 |", "| 90 |")
    site.build()
    assert "print(2)" in site.read("page.zh.md")
    assert "| 90 |" in site.read("page.zh.md")


def test_code_that_a_person_changed_is_kept(site: Small) -> None:
    site.edit("page.zh.md", "print(1)", "print('一')")
    assert kinds(site.build()) in ([], ["removed"])
    before = site.read("page.zh.md")
    site.edit("page.md", "print(1)", "print(2)")
    site.build()
    assert site.read("page.zh.md") == before


def test_the_story_of_a_persons_edit(site: Small) -> None:
    """Translate, edit the Chinese by hand, change English elsewhere and under the edit, run again."""
    by_hand = "我亲手写的第二段。"
    site.edit("page.zh.md", word("The second paragraph."), by_hand)
    assert kinds(site.build()) == []
    site.edit("page.md", "- red apple", "- yellow apple")
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    report = site.build()
    made = site.read("page.zh.md")
    assert f"- {word('yellow apple')}\n" in made  # renewed
    assert by_hand in made  # kept
    assert kinds(report) == ["stale"]  # marked
    (note,) = report.notes
    assert note.line == made[: made.index(by_hand)].count("\n") + 1
    assert word("The second paragraph, longer.") in note.message
    assert kinds(site.build()) == ["stale"]
    assert site.engine.asked == []
    site.build(accept=True)
    assert word("The second paragraph, longer.") in site.read("page.zh.md")
    assert kinds(site.build()) == []


def test_an_answer_to_a_stale_mark_clears_it(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    assert kinds(site.build()) == ["stale"]
    site.edit("page.zh.md", "我写的。", "我写的，更长了。")
    assert kinds(site.build()) == []
    assert "我写的，更长了。" in site.read("page.zh.md")


def test_a_source_put_back_as_it_was_is_stale_no_more(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    assert kinds(site.build()) == ["stale"]
    site.edit("page.md", "The second paragraph, longer.", "The second paragraph.")
    assert kinds(site.build()) == []


def test_keep_lets_a_text_in_doubt_stand(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    site.build()
    before = site.read("page.zh.md")
    assert kinds(site.build(keep=True)) == []
    assert site.read("page.zh.md") == before
    assert kinds(site.build()) == []


def test_both_sides_moved_is_a_conflict_and_nothing_is_written(site: Small) -> None:
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    before = site.read("page.zh.md"), site.read("page.md")
    assert kinds(site.build()) == ["conflict"]
    assert (site.read("page.zh.md"), site.read("page.md")) == before
    assert kinds(site.build()) == ["conflict"]


def test_a_deleted_source_keeps_its_target(site: Small) -> None:
    site.edit("page.md", "The second paragraph.\n\n", "")
    before = site.read("page.zh.md")
    report = site.build()
    assert kinds(report) == ["deleted"]
    assert site.read("page.zh.md") == before
    assert "The second" not in site.read("page.md")
    assert kinds(site.build()) == ["deleted"]
    site.edit("page.zh.md", f"{word('The second paragraph.')}\n\n", "")
    assert kinds(site.build()) == []


def test_a_deleted_target_is_not_made_again(site: Small) -> None:
    site.edit("page.zh.md", f"{word('The second paragraph.')}\n\n", "")
    before = site.read("page.zh.md")
    assert kinds(site.build()) == ["removed"]
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    assert kinds(site.build()) == []
    assert site.read("page.zh.md") == before


def test_what_a_person_adds_to_the_translation_comes_back_into_the_source(site: Small) -> None:
    site.edit("page.zh.md", "```py", "这一段是新的。\n\n```py")
    site.build()
    assert f"- green pear\n\n{word('这一段是新的。', 'en')}\n\n```py" in site.read("page.md")
    assert kinds(site.build()) == []
    site.edit("page.zh.md", "这一段是新的。", "这一段更新了。")
    site.build()
    assert word("这一段更新了。", "en") in site.read("page.md")


def test_a_moved_section_follows_by_content(site: Small) -> None:
    """Its translation is kept, not made again."""
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    text = site.read("page.md")
    part = "## More\n\nThe second paragraph.\n\n"
    site.write("page.md", text.replace(part, "").replace("# Work\n", f"# Work\n\n{part}"))
    assert kinds(site.build()) == []
    assert site.engine.asked == []
    assert "我写的。" in site.read("page.zh.md")


def test_a_split_paragraph_under_a_persons_text_is_no_change(site: Small) -> None:
    site.write("page.md", "# Head\n\nOne sentence here. Another sentence there.\n")
    (site.root / "page.zh.md").unlink()
    site.build()
    site.edit("page.zh.md", word("One sentence here."), "人写的。")
    site.build()
    before = site.read("page.zh.md")
    site.write("page.md", "# Head\n\nOne sentence here.\n\nAnother sentence there.\n")
    assert kinds(site.build()) == []
    assert site.read("page.zh.md") == before


def test_a_renamed_page_is_followed_by_its_counterpart(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    before = site.read("page.zh.md")
    (site.root / "page.md").rename(site.root / "about.md")
    report = site.build()
    assert [new.name for _, new in report.renamed] == ["about.md"]
    assert site.read("about.zh.md") == before
    assert not (site.root / "page.zh.md").exists()
    assert site.engine.asked == []
    assert sorted(p.name for p in site.root.rglob("*.po")) == ["about.md.po"]


def test_a_page_moved_to_another_folder_takes_its_links_along(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.md": "# Head\n\nSee [the plan](docs/plan.txt).\n", "docs/plan.txt": "x"})
    site.build()
    (tmp_path / "sub").mkdir()
    (tmp_path / "page.md").unlink()
    site.write("sub/page.md", "# Head\n\nSee [the plan](../docs/plan.txt).\n")
    site.build()
    assert "](../docs/plan.txt)" in site.read("sub/page.zh.md")
    assert not (tmp_path / "page.zh.md").exists()


def test_a_deleted_counterpart_is_made_again_from_the_ledger(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    before = site.read("page.zh.md")
    (site.root / "page.zh.md").unlink()
    site.build()
    assert site.engine.asked == []
    assert site.read("page.zh.md") == before


def test_a_note_of_translation_is_no_text(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.zh.md": "# 标题\n\n文字。\n\n*本页部分内容由机器译自英文。*\n"})
    site.build(note=True)
    made = site.read("page.en.md")
    assert "机器" not in made
    assert made.endswith("*Parts of this page were translated from Chinese by machine.*\n")
    before = site.files()
    assert kinds(site.build(note=True)) == []
    assert site.files() == before


def test_a_page_that_says_it_is_in_another_language_is_passed_over(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.md": "---\nlang: zh\n---\n# Head\n\nAll of this is English.\n"})
    report = site.build()
    assert [path.name for path, _ in report.skipped] == ["page.md"]
    assert [path.name for path in site.root.glob("*.md")] == ["page.md"]


def test_a_deleted_source_page_keeps_its_counterpart_and_is_not_made_again(site: Small) -> None:
    before = site.read("page.zh.md")
    (site.root / "page.md").unlink()
    report = site.build()
    assert [(path.name, why) for path, why in report.skipped] == [
        ("page.zh.md", "its source page.md was deleted; it is kept")
    ]
    assert [path.name for path in site.root.glob("*.md")] == ["page.zh.md"]
    assert site.read("page.zh.md") == before
    site.write("page.md", PAGE)
    site.build()
    assert site.engine.asked == []
    assert site.read("page.zh.md") == before


PAIR_EN = (
    "# Work\n\nThe first paragraph about the year 2019.\n\nOnly English says this in 2020.\n\n## End\n\nLast words.\n"
)
PAIR_ZH = "# 工作\n\n关于2019年的第一段。\n\n## 结尾\n\n最后的话。\n"


def test_of_two_pages_each_gets_what_it_lacks(tmp_path: Path) -> None:
    site = Small(tmp_path, {"a.en.md": PAIR_EN, "a.zh.md": PAIR_ZH})
    site.build()
    new = word("Only English says this in 2020.")
    assert site.read("a.zh.md") == PAIR_ZH.replace("第一段。\n", f"第一段。\n\n{new}\n")
    assert site.read("a.en.md") == PAIR_EN
    assert kinds(site.build()) == []


def test_between_two_persons_the_side_that_moved_makes_the_other_stale(tmp_path: Path) -> None:
    site = Small(tmp_path, {"a.en.md": PAIR_EN.replace("Only English says this in 2020.\n\n", ""), "a.zh.md": PAIR_ZH})
    assert kinds(site.build()) == []
    site.edit("a.zh.md", "最后的话。", "最后的几句话。")
    report = site.build()
    assert kinds(report) == ["stale"]
    assert report.notes[0].path.endswith("a.en.md")
    assert "Last words." in site.read("a.en.md")
    site.build(accept=True)
    assert word("最后的几句话。", "en") in site.read("a.en.md")
    assert kinds(site.build()) == []


def test_an_entry_of_several_texts_cannot_be_written_from_the_ledger(tmp_path: Path) -> None:
    en = "# Work\n\nIn 2019 we went to Paris.\n\nIn 2020 we went to Berlin, London and Oslo.\n\n## End\n\nLast words.\n"
    zh = "# 工作\n\n2019年我们去了巴黎（Paris）。2020年我们去了柏林（Berlin）、伦敦（London）和奥斯陆（Oslo）。\n\n## 结尾\n\n最后的话。\n"
    site = Small(tmp_path, {"a.en.md": en, "a.zh.md": zh})
    site.build()
    path = tmp_path / ".bilingual" / "en-zh" / "a.en.md.po"
    before = site.read("a.zh.md")
    text = path.read_text(encoding="utf-8")
    assert "Paris.\\n" in text, "the two sentences are linked as one"
    path.write_text(text.replace("年我们去了巴黎", "年我们到了巴黎"), encoding="utf-8")
    assert kinds(site.build()) == ["refused"]
    assert site.read("a.zh.md") == before


MIXED = """# Student life

I was a member of the students' union for two years and led its projects.

Only in English: ten people came to the talk.

## 学生生活

我在学生会工作了两年，并负责其项目。

只有中文：我们还参观了两家公司。
"""


def test_a_page_in_both_languages_gets_two_views_that_follow_it(tmp_path: Path) -> None:
    site = Small(tmp_path, {"life.md": MIXED})
    site.build()
    zh = site.read("life.zh.md")
    assert "只有中文：我们还参观了两家公司。" in zh
    assert word("Only in English: ten people came to the talk.") in zh or "Only in English" not in zh
    before = site.files()
    site.build()
    assert site.files() == before
    site.edit("life.md", "我们还参观了两家公司。", "我们还参观了三家公司。")
    site.build()
    assert "只有中文：我们还参观了三家公司。" in site.read("life.zh.md")
    assert site.read("life.md").count("三家公司") == 1


def test_a_page_in_both_languages_beside_a_persons_page_is_half_of_a_pair(tmp_path: Path) -> None:
    zh = "# 学生生活\n\n我在学生会工作了两年，并负责其项目。\n"
    site = Small(tmp_path, {"life.md": MIXED, "life.zh.md": zh})
    site.build()
    assert not (tmp_path / "life.en.md").exists()
    assert zh.strip() in site.read("life.zh.md")
    assert site.read("life.zh.md").count("我在学生会工作了两年") == 1


def test_views_that_a_person_wrote_are_left_alone(tmp_path: Path) -> None:
    pages = {"life.md": MIXED, "life.en.md": PAIR_EN, "life.zh.md": PAIR_ZH}
    site = Small(tmp_path, pages)
    report = site.build()
    assert [path.name for path, _ in report.skipped] == ["life.md"]
    assert (site.read("life.md"), site.read("life.en.md")) == (MIXED, PAIR_EN)


def test_a_persons_edit_of_a_view_is_kept(tmp_path: Path) -> None:
    site = Small(tmp_path, {"life.md": MIXED})
    site.build()
    site.edit("life.zh.md", "我们还参观了两家公司", "我们参观了两家公司")
    before, page = site.read("life.zh.md"), site.read("life.md")
    assert kinds(site.build()) == []
    assert (site.read("life.zh.md"), site.read("life.md")) == (before, page)


def test_crlf_pages_stay_crlf(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.md": PAGE.replace("\n", "\r\n")})
    site.build()
    site.edit("page.md", "- green pear\r\n", "- green pear\r\n- blue plum\r\n\r\nMore text.\r\n")
    site.build()
    made = site.read("page.zh.md")
    assert made.count("\n") == made.count("\r\n")
    assert f"- {word('blue plum')}\r\n\r\n{word('More text.')}\r\n" in made
    assert kinds(site.build()) == []


@pytest.mark.parametrize(
    ("mark", "place"),
    [("<!-- bilingual: lock -->\n", "## "), ("<!-- bilingual: lock -->\n\n", word("The second paragraph."))],
)
def test_locked_texts_are_not_written(site: Small, mark: str, place: str) -> None:
    text = site.read("page.zh.md")
    at = text.index("\n", text.index(place)) + 1 if place == "## " else text.index(place)
    site.write("page.zh.md", text[:at] + "\n" * (place == "## ") + mark + text[at:])
    site.build()
    before = site.read("page.zh.md")
    site.edit("page.md", "The second paragraph.", "The second paragraph, longer.")
    assert kinds(site.build()) == ["locked"]
    assert site.read("page.zh.md") == before


def test_an_edit_of_the_ledger_comes_into_the_page(site: Small) -> None:
    path = site.root / ".bilingual" / "en-zh" / "page.md.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'msgstr "{word("green pear")}"', 'msgstr "青梨"'), encoding="utf-8")
    site.build()
    assert "- 青梨\n" in site.read("page.zh.md")
    entry = next(e for e in load(path, "zh").entries if e.target == "青梨")
    assert (entry.origin, entry.state) == ("person", "reviewed")
    before = site.files()
    site.build()
    assert site.files() == before
    site.edit("page.md", "- green pear", "- ripe pear")
    assert kinds(site.build()) == ["stale"]
    assert "- 青梨\n" in site.read("page.zh.md")


def test_an_edit_of_the_ledger_and_of_the_page_loses_neither(site: Small) -> None:
    path = site.root / ".bilingual" / "en-zh" / "page.md.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'msgstr "{word("green pear")}"', 'msgstr "青梨"'), encoding="utf-8")
    site.edit("page.zh.md", f"- {word('green pear')}", "- 绿梨")
    assert kinds(site.build()) == ["conflict"]
    assert "- 绿梨\n" in site.read("page.zh.md")
    assert "青梨" in path.read_text(encoding="utf-8")
    site.build(accept=True)
    assert "- 青梨\n" in site.read("page.zh.md")


def test_a_ledger_edit_with_a_lost_code_is_refused_and_not_forgotten(site: Small) -> None:
    path = site.root / ".bilingual" / "en-zh" / "page.md.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("⟦/2⟧", "⟦/7⟧", 2), encoding="utf-8")
    before = site.read("page.zh.md")
    for _ in range(2):
        assert kinds(site.build()) == ["refused"]
        assert site.read("page.zh.md") == before


def test_two_builds_at_once(site: Small) -> None:
    from bilingual.build.lock import only_run
    from bilingual.errors import OutputError

    with only_run(site.where.folder), pytest.raises(OutputError, match="another build is running"):
        site.build()
    site.build()


def test_a_page_edited_while_build_runs_is_left_alone(site: Small) -> None:
    site.edit("page.md", "The second paragraph.", "The other paragraph.")
    translate = site.engine.translate

    def meanwhile(segments, to, **options):  # type: ignore[no-untyped-def]
        site.edit("page.zh.md", "# ", "# 人")
        return translate(segments, to, **options)

    site.engine.translate = meanwhile  # type: ignore[method-assign]
    with pytest.raises(AssertionError, match="changed while build ran"):
        site.build()
    site.engine.translate = translate  # type: ignore[method-assign]
    assert "# 人" in site.read("page.zh.md")
    site.build()
    assert "# 人" in site.read("page.zh.md")
    assert word("The other paragraph.") in site.read("page.zh.md")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    site = Small(tmp_path, {"page.md": PAGE})
    before = site.files()
    report = site.build(dry_run=True)
    assert site.files() == before
    assert not (tmp_path / ".bilingual").exists()
    assert [change.path.name for change in report.changed] == ["page.zh.md"]
    assert report.words > 10
    assert site.engine.asked == []


@pytest.mark.parametrize(
    ("damage", "line", "message"),
    [
        (lambda text: text.replace('msgid "red', 'msgid red', 1), True, "no valid PO file"),
        (lambda text: text.replace("\nmsgctxt", "\n<<<<<<< HEAD\nmsgctxt", 1), True, "git's conflict marks"),
        (lambda text: text.replace("Ledger: 1", "Ledger: 9"), False, "newer version"),
        (lambda _: "", False, "restore the file from git"),
    ],
)  # fmt: skip
def test_a_damaged_ledger_stops_its_page_only(site: Small, damage, line: bool, message: str) -> None:  # type: ignore[no-untyped-def]
    path = site.root / ".bilingual" / "en-zh" / "page.md.po"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    site.edit("page.md", "The second", "The other")
    site.write("other.md", "# Other page\n\nWith text.\n")
    before = site.files()
    command = [sys.executable, "-m", "bilingual", "build", "--dry-run", str(site.root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=site.root, check=False)
    assert done.returncode == 2
    place = ":[0-9]+: " if line else ": "
    assert __import__("re").search(rf"page\.md\.po{place}.*{message}", done.stderr), done.stderr
    assert "other.zh.md" in done.stdout
    assert site.files() == before


def test_a_lost_ledger_loses_no_text(site: Small) -> None:
    site.edit("page.zh.md", word("The second paragraph."), "我写的。")
    site.build()
    before = site.read("page.zh.md")
    (site.root / ".bilingual" / "en-zh" / "page.md.po").unlink()
    site.build()
    assert site.read("page.zh.md") == before
    assert site.read("page.md") == PAGE


def test_in_folders_of_languages_links_go_where_they_should(tmp_path: Path) -> None:
    pages = {
        "en/one.md": "# One\n\nSee [the plan](plan.txt) and [two](two.md).\n\n![a photo](photo.png)\n",
        "en/two.md": "# Two\n\nSome words.\n",
    }
    site = Small(tmp_path, pages)
    site.write("en/plan.txt", "x")
    site.build()
    made = site.read("zh/one.md")
    assert "](../en/plan.txt)" in made
    assert "](two.md)" in made
    assert "](../en/photo.png)" in made
    before = site.files()
    assert kinds(site.build()) == []
    assert site.files() == before
    site.edit("en/one.md", "See [the plan](plan.txt)", "See here [the plan](plan.txt)")
    site.edit("en/one.md", "![a photo]", "Look at [this](plan.txt).\n\n![a photo]")
    assert kinds(site.build()) == []
    assert site.read("zh/one.md").count("](../en/plan.txt)") == 2


@pytest.mark.parametrize(
    ("settings", "header", "made"),
    [
        (
            "title: x\n",
            "---\ntitle: A\npermalink: /about/\n---\n",
            "---\nlang: zh\ntitle: {}\npermalink: /zh/about/\n---\n",
        ),
        (
            "title: x\n",
            "---\nlang: en\npermalink: '/en/about/'\n---\n",
            "---\nlang: zh\npermalink: '/zh/about/'\n---\n",
        ),
        ("plugins: [polyglot]\n", "---\nlang: en-US\npermalink: /a/\n---\n", "---\nlang: zh-CN\npermalink: /a/\n---\n"),
        (None, "---\npermalink: /about/\n---\n", "---\npermalink: /about/\n---\n"),
    ],
)
def test_in_a_jekyll_site_a_new_page_has_its_own_language_and_address(
    tmp_path: Path, settings: str | None, header: str, made: str
) -> None:
    site = Small(tmp_path, {"about.md": f"{header}\nSome words here.\n"})
    if settings is not None:
        site.write("_config.yml", settings)
    site.build()
    text = site.read("about.zh.md")
    assert text[: text.index("---\n", 4) + 4] == made.format(word("A"))
    assert kinds(site.build()) == []


def test_what_translate_wrote_is_no_persons(tmp_path: Path) -> None:
    from bilingual.job import Options as TranslateOptions
    from bilingual.job import translate_files
    from bilingual.pipeline import Pipeline

    site = Small(tmp_path, {"page.md": PAGE})
    options = TranslateOptions(to=("zh",), note=False)
    translate_files([tmp_path / "page.md"], options, lambda: Pipeline(site.engine))
    before = site.read("page.zh.md")
    assert kinds(site.build()) == []
    assert (site.read("page.zh.md"), site.engine.asked) == (before, [])
    site.edit("page.md", "The second paragraph.", "The other paragraph.")
    assert kinds(site.build()) == []
    assert word("The other paragraph.") in site.read("page.zh.md")


def test_one_page_named_does_not_make_the_run_forget_the_others(tmp_path: Path) -> None:
    from sites import ORIGIN

    from bilingual.build import Options, build
    from bilingual.build.survey import Wishes
    from bilingual.pipeline import Pipeline

    site = Small(tmp_path, {"one.md": "# One word\n", "two.md": "# Two words\n"})
    site.build()
    site.edit("one.md", "One word", "One other word")
    options = Options(Wishes(origin=ORIGIN), note=False)
    build(site.where, [tmp_path / "one.md"], options, lambda: Pipeline(site.engine))
    assert site.build().unchanged == 2


def test_texts_of_their_own_at_one_place_are_not_doubled(tmp_path: Path) -> None:
    """Alignment may have missed that they say the same; only --accept puts each into the other page."""
    en = "# Work\n\nIn 2019 we went to Paris.\n\nSee `make all`, `make check`, `make clean` and https://a.org/1 in 1871, 1872, 1873 and 1874.\n\n## End 7\n\nLast 8 words.\n"
    zh = "# 工作\n\n2019年我们去了巴黎（Paris）。\n\n1955年的`git push`、`git pull`、`git log`与https://b.org/9、1956、1957、1958完全无关。\n\n## 结尾7\n\n最后的8个字。\n"
    site = Small(tmp_path, {"a.en.md": en, "a.zh.md": zh})
    assert kinds(site.build()) == ["unsure", "unsure"]
    assert (site.read("a.en.md"), site.read("a.zh.md")) == (en, zh)
    assert kinds(site.build()) == ["unsure", "unsure"]
    site.build(accept=True)
    assert "1955" in site.read("a.en.md")
    assert "1871" in site.read("a.zh.md")
    assert kinds(site.build()) == []
