"""`translate` on a page in two files: each gets what only the other says, and keeps what it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from visit import EN, ZH

from bilingual.job import translate_files
from bilingual.pipeline import Pipeline
from bilingual.sources import Options
from bilingual.testing import FakeEngine

ONLY_ENGLISH = "The bank gave every student a notebook and a pen."
ONLY_CHINESE = "回程的地铁上大家都睡着了。"
ANSWERS = {
    ONLY_ENGLISH: "银行送给每个学生一个笔记本和一支笔。",
    ONLY_CHINESE: "On the subway home everybody fell asleep.",
}


@pytest.fixture
def halves(tmp_path: Path) -> tuple[Path, Path]:
    en, zh = tmp_path / "visit.en.md", tmp_path / "visit.zh.md"
    en.write_text("---\ntitle: A visit\n---\n" + "\n\n".join([*EN[:6], ONLY_ENGLISH, *EN[6:]]) + "\n", encoding="utf-8")
    zh.write_text(
        "---\ntitle: 一次参访\n---\n" + "\n\n".join([*ZH[:9], ONLY_CHINESE, *ZH[9:]]) + "\n", encoding="utf-8"
    )
    return en, zh


def run(paths: list[Path], **options: object):
    pipeline = Pipeline(FakeEngine(ANSWERS))
    return translate_files(paths, Options(note=False, **options), lambda: pipeline)  # type: ignore[arg-type]


@pytest.mark.parametrize("named", [[0], [1], [0, 1]], ids=["the English half", "the Chinese half", "both"])
def test_each_half_gets_what_only_the_other_says(halves, tmp_path, named):
    results = run([halves[n] for n in named], out=tmp_path / "out")
    assert [(r.path.name, r.state, r.translated, r.left) for r in results] == [
        ("visit.en.md", "written", 1, 0), ("visit.zh.md", "written", 1, 0),
    ]  # fmt: skip
    en = halves[0].read_text(encoding="utf-8").replace(EN[8], f"{EN[8]}\n\n{ANSWERS[ONLY_CHINESE]}")
    zh = halves[1].read_text(encoding="utf-8").replace(ZH[5], f"{ZH[5]}\n\n{ANSWERS[ONLY_ENGLISH]}")
    assert (tmp_path / "out" / "visit.en.md").read_text(encoding="utf-8") == en
    assert (tmp_path / "out" / "visit.zh.md").read_text(encoding="utf-8") == zh


def test_the_halves_themselves_are_their_authors(halves):
    before = [half.read_bytes() for half in halves]
    results = run([halves[0]])
    assert [result.state for result in results] == ["kept", "kept"]
    assert "bilingual build" in results[0].reason
    assert [half.read_bytes() for half in halves] == before
    assert [result.state for result in run([halves[0]], force=True)] == ["written", "written"]
    assert ANSWERS[ONLY_ENGLISH] in halves[1].read_text(encoding="utf-8")
    assert [result.state for result in run([halves[0]])] == ["unchanged", "unchanged"]


def test_a_page_that_we_made_is_no_half(tmp_path):
    page = tmp_path / "visit.en.md"
    page.write_text(f"{ONLY_ENGLISH}\n", encoding="utf-8")
    run([page], to=("zh",))
    page.write_text(f"{ONLY_ENGLISH} {ONLY_ENGLISH}\n", encoding="utf-8")
    (result,) = run([page], to=("zh",))
    assert result.state == "written"
    assert result.path.read_text(encoding="utf-8") == ANSWERS[ONLY_ENGLISH] * 2 + "\n"


def test_a_second_run_asks_no_engine(halves, tmp_path):
    run([halves[0]], out=tmp_path / "out")

    def refuse() -> Pipeline:
        raise AssertionError("nothing has changed")

    results = translate_files([halves[0]], Options(note=False, out=tmp_path / "out"), refuse)
    assert [result.state for result in results] == ["unchanged", "unchanged"]
