"""What persons translated before: found word for word, offered where it is alike, in and out as TMX."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import ORIGIN, Small, word

from bilingual.build import Options, build
from bilingual.build.survey import Wishes
from bilingual.cli import run
from bilingual.errors import OutputError
from bilingual.formats import tmx
from bilingual.fuzzy import FuzzyMemory
from bilingual.pipeline import Pipeline
from bilingual.testing import FakeEngine

PAIRS = [
    ("The students visited three companies in Beijing.", "学生们参访了北京的三家公司。"),
    ("The library opens at nine o'clock.", "图书馆九点开门。"),
    ("See ⟦1⟧the plan⟦/1⟧ AND the map.", "请看⟦1⟧计划⟦/1⟧和地图。"),
]


@pytest.fixture
def memory(tmp_path: Path) -> FuzzyMemory:
    found = FuzzyMemory(tmp_path / "pairs.sqlite")
    assert found.add(PAIRS) == 3
    return found


def test_a_text_is_remembered_once(memory: FuzzyMemory) -> None:
    assert memory.add(PAIRS) == 0
    assert list(memory.all()) == PAIRS


def test_word_for_word_in_both_directions(memory: FuzzyMemory) -> None:
    en, zh = PAIRS[0]
    assert memory.exact([en, "Nothing like it."], "zh") == {en: zh}
    assert memory.exact([zh], "en") == {zh: en}


@pytest.mark.parametrize(
    ("text", "to", "target"),
    [
        ("The students visited four companies in Beijing.", "zh", PAIRS[0][1]),
        ("学生们参访了北京的四家公司。", "en", PAIRS[0][0]),
        ('See ⟦1⟧the plan⟦/1⟧ and "the map" OR not.', "zh", PAIRS[2][1]),
        ("A wholly different sentence about rivers.", "zh", None),
        ("。", "en", None),
    ],
)
def test_what_is_alike(memory: FuzzyMemory, text: str, to: str, target: str | None) -> None:
    found = memory.find(text, to)  # type: ignore[arg-type]
    assert (found and found.target) == target


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "pairs.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match="cannot be used"):
        FuzzyMemory(tmp_path / "pairs.sqlite").add(PAIRS)


def test_a_text_that_a_person_translated_elsewhere_is_taken(tmp_path: Path) -> None:
    memory = FuzzyMemory(tmp_path / "pairs.sqlite")
    site = Small(tmp_path / "site", {"one.md": "# Work\n\nThe library opens.\n"})

    def run_build() -> None:
        options = Options(Wishes(origin=ORIGIN), note=False)
        build(site.where, [site.root], options, lambda: Pipeline(site.engine), recall=memory)

    run_build()
    site.edit("one.zh.md", word("The library opens."), "图书馆开门了。")
    site.write("two.md", "# Other\n\nThe library opens.\n")
    run_build()
    assert "图书馆开门了。" in site.read("two.zh.md")


def test_what_the_engine_leaves_is_offered_where_something_is_alike(tmp_path: Path) -> None:
    memory = FuzzyMemory(tmp_path / "pairs.sqlite")
    memory.add(PAIRS)
    text = "The students visited four companies in Beijing."
    site = Small(tmp_path / "site", {"one.md": f"{text}\n"})
    engine = FakeEngine(default=lambda segment: segment)  # never translates

    def run_build(accept: bool = False) -> list[str]:
        options = Options(Wishes(accept=accept, origin="fake 1"), note=False)
        report = build(site.where, [site.root], options, lambda: Pipeline(engine), recall=memory)
        return [f"{note.kind}: {note.message}" for note in report.notes]

    (told,) = run_build()
    assert told.startswith("left: ")
    assert told.endswith(f"offered: {PAIRS[0][1]}")
    assert site.read("one.zh.md") == f"{text}\n"
    assert run_build() == [told]
    assert run_build(accept=True) == []
    assert site.read("one.zh.md") == f"{PAIRS[0][1]}\n"


def test_tmx_in_and_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.tmx"
    path.write_text(tmx.write(tmx.TranslationUnit(en, zh) for en, zh in PAIRS), encoding="utf-8")
    assert run(["memory", "import", str(path)]) == 0
    assert "3 pairs, 3 of them new" in capsys.readouterr().out
    assert run(["memory", "export", str(tmp_path / "out.tmx")]) == 0
    assert tmx.read((tmp_path / "out.tmx").read_text(encoding="utf-8")) == PAIRS
    path.write_text("<tmx>", encoding="utf-8")
    assert run(["memory", "import", str(path)]) == 2
    assert f"{path}:1:" in capsys.readouterr().err
