"""The glossary in translation: written into the source, verified, forced on a miss, and every miss on the report."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bilingual.cli import run
from bilingual.engines import Abilities
from bilingual.glossary import Glossary
from bilingual.pipeline import Pipeline
from bilingual.pipeline.terms import required, written, written_beside
from bilingual.testing import FakeEngine

TAUGHT = Abilities(frozenset({"en", "zh"}), codes=True, hypotheses=4, terms="source")
TERMS = """\
terms:
  - {en: {preferred: Harbour Bank, abbreviation: HB}, zh: {preferred: 港湾银行, abbreviation: 港行, admitted: [港湾的银行]}}
  - {en: student council, zh: 学生会}
  - {en: {preferred: Linden}, translate: false}
"""


def glossary() -> Glossary:
    return Glossary.from_text(TERMS)


def test_terms_are_written_into_the_source_of_an_engine_that_was_taught_so() -> None:
    engine = FakeEngine(
        {"We saw 港湾银行 (港行) with the 学生会 of Linden.": "我们与Linden学生会参观了港湾银行（港行）。"},
        abilities=TAUGHT,
    )
    [done] = Pipeline(engine, glossary=glossary()).translate(
        ["We saw Harbour Bank (HB) with the student council of Linden."], "zh"
    )
    assert (done.text, done.terms_missed) == ("我们与Linden学生会参观了港湾银行（港行）。", ())
    assert len(engine.asked) == 1


def test_only_the_term_that_was_missed_is_masked_then() -> None:
    engine = FakeEngine(
        {
            "The 学生会 saw 港湾银行.": ["学生会参观了海边的银行。", "校会参观了银行。"],
            "The 学生会 saw ⟦1⟧.": "学生会参观了⟦1⟧。",
        },
        abilities=TAUGHT,
    )
    [done] = Pipeline(engine, glossary=glossary()).translate(["The student council saw Harbour Bank."], "zh")
    assert (done.text, done.terms_missed) == ("学生会参观了港湾银行。", ())


def test_a_later_hypothesis_that_holds_the_term_is_taken_first() -> None:
    engine = FakeEngine({"We saw Harbour Bank.": ["我们看了海边银行。", "我们看了港湾的银行。"]})
    [done] = Pipeline(engine, glossary=glossary()).translate(["We saw Harbour Bank."], "zh")
    assert done.text == "我们看了港湾的银行。"
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("source", "to", "answers", "wanted"),
    [
        ("Later we saw the Harbour Bank.", "zh", {"Later we saw the": "后来我们参观了。"}, "后来我们参观了港湾银行。"),
        ("后来我们参观了港湾银行。", "en", {"后来我们参观了": "Later we saw."}, "Later we saw Harbour Bank."),
        ("The Harbour Bank is old, and we saw it.", "zh", {"is old,": "很老，", "and we saw it.": "我们看了它。"}, "港湾银行很老，我们看了它。"),
    ],
)  # fmt: skip
def test_at_last_the_clause_is_cut_at_the_term(source: str, to: str, answers: dict[str, str], wanted: str) -> None:
    engine = FakeEngine(answers, default=lambda _: "什么" if to == "zh" else "Whatever")
    [done] = Pipeline(engine, glossary=glossary()).translate([source], to)  # type: ignore[arg-type]
    assert (done.text, done.terms_missed) == (wanted, ())


@pytest.mark.parametrize(
    ("target", "holds"),
    [("港湾银行", True), ("港湾的银行", True), ("港行", True), ("港湾 银行", False), ("银行", False)],
)
def test_any_form_that_the_glossary_allows_will_do(target: str, holds: bool) -> None:
    engine = FakeEngine(default=lambda _: f"我们⟦1⟧{target}⟦/1⟧。")
    [done] = Pipeline(engine, glossary=glossary()).translate(["We ⟦1⟧Harbour Bank⟦/1⟧."], "zh")
    assert (done.terms_missed == ()) is holds


def test_plural_possessive_case_and_hyphen_are_no_misses() -> None:
    engine = FakeEngine(default=lambda _: "The STUDENT COUNCILS' hall and a Harbour Bank-owned one stand.")
    [done] = Pipeline(engine, glossary=glossary()).translate(["学生会的厅和港湾银行的厅都在。"], "en")
    assert done.terms_missed == ()


def test_what_is_left_untranslated_lacks_all_its_terms() -> None:
    engine = FakeEngine(default=lambda text: "好。" if text == "Good." else "")
    [done] = Pipeline(engine, glossary=glossary()).translate(
        ["The student council met. We saw Harbour Bank in Linden."], "zh"
    )
    assert done.state == "left"
    assert done.terms_missed == ("学生会", "港湾银行", "Linden")


def test_every_miss_is_on_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines that drop codes and terms at random: a term is in the target or on the report, without exception."""
    monkeypatch.chdir(tmp_path)
    rng = random.Random(7)
    sources = [
        " ".join(rng.choice(["We saw", "He met", "the hall of"]) + " " + rng.choice(["Harbour Bank", "the student council", "HB", "a tree"]) for _ in range(rng.randint(1, 3))) + "."
        for _ in range(200)
    ]  # fmt: skip
    forms = ["港湾银行", "港行", "学生会", "⟦1⟧", "⟦2⟧", "", "树"]
    engine = FakeEngine(
        default=lambda _: "我们看了" + "和".join(rng.choice(forms) for _ in range(3)) + "。", abilities=TAUGHT
    )
    terms = glossary()
    silent, on_report, held = [], 0, 0
    for source, target in zip(sources, Pipeline(engine, glossary=terms).translate(sources, "zh"), strict=True):
        for term in required(source, terms, "zh"):
            if any(form in target.text for form in term.accepted):
                held += 1
            elif term.target in target.terms_missed:
                on_report += 1
            else:
                silent.append((source, target))
    assert silent == []
    assert held > 100


def test_lines_lists_what_is_missed_and_exits_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    import io
    import sys

    monkeypatch.chdir(tmp_path)
    Path("g.yaml").write_text(TERMS, encoding="utf-8")
    monkeypatch.setattr("bilingual.engines.load", lambda _: FakeEngine(default=lambda _: "我们⟦1⟧行⟦/1⟧。"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("We ⟦1⟧Harbour Bank⟦/1⟧.\n".encode())))
    assert run(["lines", "--to", "zh", "--glossary", "g.yaml", "--report", "r.json", "--no-memory"]) == 1
    assert "without the glossary's 港湾银行" in capfdbinary.readouterr().err.decode()
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["units"][0]["terms_missed"] == ["港湾银行"]


def test_written_beside_says_where_the_kept_terms_stand() -> None:
    text = "The student council saw Harbour Bank in Linden."
    terms = required(text, glossary(), "zh")
    assert written(text, terms) == "The 学生会 saw 港湾银行 in Linden."
    made, (kept,) = written_beside(text, terms, [terms[1]])
    assert made == "The 学生会 saw Harbour Bank in Linden."
    assert made[kept.start : kept.end] == "Harbour Bank"


def test_jieba_is_asked_about_ambiguous_forms_only() -> None:
    ambiguous = Glossary.from_text(
        "terms:\n- {en: peace, zh: {preferred: 和平, ambiguous: true}}\n- {en: hall, zh: 厅}\n"
    )
    assert [term.source for term in required("和平的厅", ambiguous, "en")] == ["和平", "厅"]
    assert [term.source for term in required("红色和平等的厅", ambiguous, "en")] == ["厅"]


def test_entries_that_cannot_be_understood_are_told_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bilingual.engines.load", lambda _: FakeEngine(default=lambda _: "我们看了港湾银行。"))
    Path("glossary.yaml").write_text(
        "terms:\n- {en: Harbour Bank, zh: 港湾银行}\n- {en: Union, prefered: 工会}\n", encoding="utf-8"
    )
    Path("page.md").write_text("We saw Harbour Bank.\n", encoding="utf-8")
    assert run(["translate", "page.md", "--to", "zh", "--stdout"]) == 0
    told = capsys.readouterr()
    assert "港湾银行" in told.out
    assert "glossary.yaml:3:15: unknown key 'prefered'; 'preferred' stands under `en` or `zh`" in told.err
