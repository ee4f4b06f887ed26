"""`bilingual diff`: missing, partial, moved, contradictory."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visit import EN, PROSE, SUMMARY, ZH, page

from bilingual.cli import run
from bilingual.diff import diff
from bilingual.glossary import Glossary
from bilingual.markdown import parse, read

HEADED = {0: [0, 1, 2], 3: [3, 4, 5, 6], 7: [7, 8, 9]}


def kinds(found) -> list[tuple[str, str | None]]:
    return [(each.kind, each.missing_in) for each in found]


def test_equal_pages_differ_in_nothing():
    assert diff(page(EN, "a.md"), page(ZH, "b.md")) == []
    assert diff(page(EN, "a.md"), page(ZH, "b.md"), units=True) == []
    assert diff(page([text for pair in zip(EN, ZH, strict=True) for text in pair])) == []


@pytest.mark.parametrize("heading", HEADED)
def test_a_missing_section_is_one_finding(heading):
    kept = [text for n, text in enumerate(ZH) if n not in HEADED[heading]]
    found = diff(page(EN, "a.md"), page(kept, "b.md"))
    assert kinds(found) == [("missing", "zh")]
    assert found[0].en and found[0].en.text == EN[heading].strip("# ")
    assert found[0].section == (EN[heading].strip("# "),)


def test_a_missing_paragraph_makes_its_section_partial_and_is_named_with_units():
    kept = [text for n, text in enumerate(EN) if n != 4]
    (found,) = diff(page(kept, "a.md"), page(ZH, "b.md"))
    assert (found.kind, found.missing_in) == ("partial", "en")
    (found,) = diff(page(kept, "a.md"), page(ZH, "b.md"), units=True)
    assert (found.kind, found.missing_in) == ("missing", "en")
    assert found.zh and found.zh.text == ZH[4]


def test_a_moved_section_is_moved_and_not_missing():
    found = diff(page(EN, "a.md"), page([*ZH[7:], *ZH[:7]], "b.md"))
    assert kinds(found) == [("moved", None)]


def test_figures_that_contradict_each_other():
    zh = [text.replace("25人", "52人") for text in ZH]
    (found,) = diff(page(EN, "a.md"), page(zh, "b.md"))
    assert (found.kind, found.missing_in) == ("number", None)
    assert "25" in found.message and "52" in found.message


def test_a_figure_that_one_side_does_not_mention_contradicts_nothing():
    zh = [text.replace("25人的名单", "名单") for text in ZH]
    assert diff(page(EN, "a.md"), page(zh, "b.md")) == []


def test_links_to_different_pages_of_one_host():
    zh = [text.replace("example.org/report", "example.org/summary") for text in ZH]
    assert kinds(diff(page(EN, "a.md"), page(zh, "b.md"))) == [("link", None)]


def test_terms_only_with_a_glossary():
    glossary = Glossary.from_text("terms:\n  thank-you letter: 致谢函\n")
    assert diff(page(EN, "a.md"), page(ZH, "b.md")) == []
    (found,) = diff(page(EN, "a.md"), page(ZH, "b.md"), glossary=glossary)
    assert found.kind == "term" and "致谢函" in found.message


def test_code_and_names_written_alike_are_not_missing():
    en = [*EN, "```sh\npip install bilingual\n```", "bilingual"]
    zh = [*ZH, "```sh\npip install bilingual\n```", "bilingual"]
    assert diff(page(en, "a.md"), page(zh, "b.md"), units=True) == []


def test_header_values():
    one = parse(
        '---\ntitle: "A visit"\ntitle_zh: 参访\nexcerpt: "Three banks, one answer"\n---\n' + "\n\n".join(EN + ZH) + "\n"
    )
    (found,) = diff(one)
    assert (found.kind, found.missing_in, found.en and found.en.start_line) == ("missing", "zh", 4)
    en, zh = (
        parse("---\ntitle: A visit by 25 people\n---\nText.\n", "a.md"),
        parse("---\ntitle: 52人参访\n---\n文字。\n", "b.md"),
    )
    assert kinds(diff(en, zh)) == [("number", None)]


def test_a_summary_beside_details():
    found = diff(page(SUMMARY))
    assert ("missing", "en") not in kinds(found)
    details = [each for each in found if (each.kind, each.missing_in) == ("partial", "en")]
    assert len(details) == 2
    assert all(each.en and each.zh for each in details)


@settings(max_examples=50, deadline=None)
@given(st.sets(st.sampled_from(PROSE), max_size=4))
def test_what_is_deleted_is_reported_and_nothing_else(gone: set[int]):
    kept = [text for n, text in enumerate(ZH) if n not in gone]
    found = diff(page(EN, "a.md"), page(kept, "b.md"), units=True)
    lines = {each.en.start_line for each in found if each.en}
    assert lines == {1 + 2 * n for n in gone}
    assert set(kinds(found)) <= {("missing", "zh")}


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([1, 2, 4, 5, 8, 9]), st.randoms(use_true_random=False))
def test_a_paragraph_moved_far_is_moved(which: int, rng: random.Random):
    rest = [text for n, text in enumerate(ZH) if n != which]
    places = [at for at in range(len(rest) + 1) if abs(at - which) > 2]
    at = rng.choice(places)
    found = diff(page(EN, "a.md"), page([*rest[:at], ZH[which], *rest[at:]], "b.md"), units=True)
    assert kinds(found) == [("moved", None)]
    assert found[0].en and found[0].zh
    assert found[0].en.start_line == 1 + 2 * which or found[0].zh.start_line == 1 + 2 * at


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([1, 2, 4, 5, 8, 9]), st.integers(0, len(ZH)))
def test_a_text_that_stands_twice_has_one_counterpart(which: int, at: int):
    doubled = [*ZH[:at], ZH[which], *ZH[at:]]
    found = diff(page(EN, "a.md"), page(doubled, "b.md"), units=True)
    assert kinds(found) == [("missing", "en")]
    assert found[0].zh
    assert found[0].zh.start_line in (1 + 2 * at, 1 + 2 * (which + (at <= which)))


# The command line


def write(folder: Path, name: str, blocks: list[str]) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return str(path)


def test_text_shows_both_sides_of_a_contradiction(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    en = write(tmp_path, "visit.en.md", EN)
    write(tmp_path, "visit.zh.md", [text.replace("25人", "52人") for text in ZH])
    assert run(["diff", en]) == 1
    out = capsys.readouterr().out
    assert "25 against 52" in out
    assert "list of 25 names" in out and "52人的名单" in out
    assert "How we planned the visit" in out
    assert "\x1b[" not in out


def test_json_names_lines_and_sides(tmp_path, capsys):
    en = write(tmp_path, "en/visit.md", EN)
    write(tmp_path, "zh/visit.md", ZH[:3] + ZH[6:])
    assert run(["diff", en, "--units", "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == 1
    assert [(f["kind"], f["missing_in"], f["en"]["start_line"], f["zh"]) for f in answer["findings"]] == [
        ("missing", "zh", 7, None), ("missing", "zh", 9, None), ("missing", "zh", 11, None),
    ]  # fmt: skip
    assert answer["summary"] == {"missing": 3}


def test_exit_0_where_nothing_differs(tmp_path, capsys):
    assert run(["diff", write(tmp_path, "a.md", EN), write(tmp_path, "b.md", ZH)]) == 0
    assert "nothing missing" in capsys.readouterr().out


def test_a_folder_of_pairs(tmp_path, capsys):
    write(tmp_path, "one.en.md", EN)
    write(tmp_path, "one.zh.md", ZH)
    write(tmp_path, "two.en.md", EN)
    write(tmp_path, "two.zh.md", ZH[:7])
    assert run(["diff", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "two.en.md" in out and "one.en.md" not in out
    assert "2 pages" in out


def test_two_pages_of_one_language_are_refused(tmp_path, capsys):
    assert run(["diff", write(tmp_path, "a.md", EN), write(tmp_path, "b.md", EN)]) == 2
    assert "both pages are in English" in capsys.readouterr().err


def test_github_and_sarif(tmp_path, capsys):
    en, zh = write(tmp_path, "a.md", EN), write(tmp_path, "b.md", ZH[:7])
    assert run(["diff", en, zh, "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::warning file=")
    assert run(["diff", en, zh, "--format", "sarif"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 15


def test_since_gates_on_what_a_change_touched(tmp_path, capsys):
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    en, zh = write(tmp_path, "a.en.md", EN), write(tmp_path, "a.zh.md", [t.replace("25人", "52人") for t in ZH])
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    assert run(["diff", en, zh, "--since", "HEAD"]) == 0
    write(tmp_path, "a.zh.md", [t.replace("25人", "53人") for t in ZH])
    assert run(["diff", en, zh, "--since", "HEAD"]) == 1
    assert "25 against 53" in capsys.readouterr().out
    assert run(["diff", en, zh, "--since", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_users_page(shared):
    """The lines that its author must hear of, and no others that claim something to be missing."""
    found = diff(read(str(shared / "seed" / "portfolio-page.md")))
    missing = sorted(
        (f.en.start_line, f.en.end_line) for f in found if f.kind == "missing" and f.missing_in == "zh" and f.en
    )
    assert missing == [(2, 2), (3, 3), (8, 10), (13, 22), (39, 39)]
    assert not [f for f in found if f.kind == "missing" and f.missing_in == "en"]
    (number,) = [f for f in found if f.kind in ("number", "date", "link")]
    assert number.en and number.zh and (number.en.start_line, number.zh.start_line) == (37, 76)
    assert not [f for f in found if f.kind == "moved"]
    partial = {f.zh.start_line for f in found if f.kind == "partial" and f.missing_in == "en" and f.zh}
    assert partial == {40, 59}
