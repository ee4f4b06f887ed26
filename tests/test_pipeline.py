"""From text to proved target: what rules carry, what the engine is asked, and what is tried when its answer is bad."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.engines import Abilities
from bilingual.errors import EngineError
from bilingual.glossary import Glossary
from bilingual.memory import Memory
from bilingual.pipeline import Pipeline
from bilingual.testing import FakeEngine


def glossary(tmp_path: Path, text: str) -> Glossary:
    path = tmp_path / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return Glossary.load(path)


@pytest.mark.parametrize(
    ("text", "to", "target"),
    [
        ("September 2022 – July 2023", "zh", "2022年9月—2023年7月"),
        ("jane@example.org", "zh", "jane@example.org"),
        ("我们", "zh", "我们"),
        ("40+", "en", "40+"),
        ("⟦1⟧", "en", "⟦1⟧"),
        ("", "en", ""),
    ],
)
def test_what_a_rule_knows_no_engine_is_asked(text: str, to: str, target: str) -> None:
    engine = FakeEngine()
    [done] = Pipeline(engine).translate([text], to)  # type: ignore[arg-type]
    assert (done.text, done.state, done.origin) == (target, "translated", "rule")
    assert engine.calls == []


def test_sentences_are_asked_once_in_one_batch_and_joined_by_the_targets_rule() -> None:
    engine = FakeEngine({"It works.": "好用。", "We like it.": "我们喜欢。"})
    done = Pipeline(engine).translate(["It works. We like it.", "It works."], "zh")
    assert [target.text for target in done] == ["好用。我们喜欢。", "好用。"]
    assert engine.calls == [("zh", ["It works.", "We like it."])]


@pytest.mark.parametrize(
    ("text", "to", "answers", "target"),
    [
        ("1. First point", "zh", {"First point": "第一点"}, "1. 第一点"),
        ("(We did it)", "zh", {"We did it": "我们做到了"}, "（我们做到了）"),
        ("（我们做到了）", "en", {"我们做到了": "We did it"}, "(We did it)"),
        ("一、深度化", "en", {"深度化": "Depth"}, "1. Depth"),
        ("⟦1⟧Deepening: ⟦/1⟧My team did it.", "zh", {"Deepening:": "深度化：", "My team did it.": "我的团队做到了。"}, "⟦1⟧深度化：⟦/1⟧我的团队做到了。"),
        ("The Big Bank (BB) is old.", "zh", {"The Big Bank (BB) is old.": "大银行（大银行）很老。"}, "大银行很老。"),
        ("大银行（大行）很老。", "en", {"大银行（大行）很老。": "The Big Bank (Big Bank) is old."}, "The Big Bank is old."),
        ("No stop here", "zh", {"No stop here": "这里没有句号。"}, "这里没有句号"),
        ("我们做到了。", "en", {"我们做到了。": "we did it"}, "We did it."),
        ("Hello, world!", "zh", {"Hello, world!": "你好,世界!"}, "你好，世界！"),
        ("他说\n我们赢了", "en", {"他说我们赢了": "He says we won"}, "He says we won"),
    ],
)  # fmt: skip
def test_what_stands_around_a_sentence_is_carried_by_rule(
    text: str, to: str, answers: dict[str, str], target: str
) -> None:
    [done] = Pipeline(FakeEngine(answers)).translate([text], to)  # type: ignore[arg-type]
    assert done.text == target
    assert done.state == "translated"


def test_of_two_languages_only_one_is_asked_for() -> None:
    engine = FakeEngine({"We went there and it was fun.": "我们去了那里。", "很有意思。": "It was fun."})
    text = "我们去了博物馆，很有意思。 We went there and it was fun. 很好。"
    assert Pipeline(engine).translate([text], "zh")[0].text == "我们去了博物馆，很有意思。我们去了那里。很好。"
    assert Pipeline(engine).translate(["We went. 很有意思。"], "en")[0].text == "We went. It was fun."


def test_the_second_hypothesis_is_taken_where_the_first_is_wrong() -> None:
    engine = FakeEngine({"Run ⟦1⟧ now.": ["现在运行。", "现在运行⟦1⟧。"]})
    [done] = Pipeline(engine).translate(["Run ⟦1⟧ now."], "zh")
    assert done.text == "现在运行⟦1⟧。"
    assert len(engine.calls) == 1


def test_a_number_that_is_lost_is_put_by_rule() -> None:
    engine = FakeEngine(
        {"We met 1,200 people in May 2023.": "我们见了很多人。", "We met ⟦1⟧ people in ⟦2⟧.": "我们在⟦2⟧见了⟦1⟧人。"}
    )
    [done] = Pipeline(engine).translate(["We met 1,200 people in May 2023."], "zh")
    assert done.text == "我们在2023年5月见了1200人。"


def test_a_date_put_by_rule_gets_its_preposition() -> None:
    engine = FakeEngine({"我们于10月底签约。": "We signed.", "我们于⟦1⟧签约。": "We signed ⟦1⟧."})
    [done] = Pipeline(engine).translate(["我们于10月底签约。"], "en")
    assert done.text == "We signed in late October."


def test_a_code_that_is_lost_is_never_shown_to_the_engine_again() -> None:
    engine = FakeEngine(
        {
            "We visited ⟦1⟧the bank⟦/1⟧ today.": "我们今天参观。",
            "We visited ⟦1⟧ today.": "我们今天参观了⟦1⟧。",
            "the bank": "银行",
        }
    )
    [done] = Pipeline(engine).translate(["We visited ⟦1⟧the bank⟦/1⟧ today."], "zh")
    assert done.text == "我们今天参观了⟦1⟧银行⟦/1⟧。"


def test_a_word_left_over_is_asked_for_by_itself() -> None:
    engine = FakeEngine({"拓宽学生的视野。": "Broaden the 视野 of students.", "视野": "Horizons."})
    [done] = Pipeline(engine).translate(["拓宽学生的视野。"], "en")
    assert done.text.casefold() == "broaden the horizons of students."


def test_figures_that_every_answer_loses_are_put_between_the_words() -> None:
    engine = FakeEngine({"We met": "我们见了", "people in": "人，在", "for": "为"}, default=lambda _: "我们见了很多人")
    [done] = Pipeline(engine).translate(["We met 1,200 people in May 2023"], "zh")
    assert done.text == "我们见了1200人，在2023年5月"


def test_a_stammer_is_no_better_than_a_word_left_over() -> None:
    engine = FakeEngine({"My team did it.": "My团队做到了。", "My": "我的我的我的我"})
    [done] = Pipeline(engine).translate(["My team did it."], "zh")
    assert (done.text, done.state) == ("My团队做到了。", "translated")


def test_what_nothing_helps_is_left_whole_with_its_reason() -> None:
    engine = FakeEngine()  # gives every segment back as it came
    text = "We went home early. ⟦1⟧It rained⟦/1⟧ all day."
    [done] = Pipeline(engine).translate([text], "zh")
    assert (done.text, done.state) == (text, "left")
    assert "no Chinese in it" in done.reason


def test_an_engine_that_cannot_carry_codes_sees_none() -> None:
    engine = FakeEngine(
        {"We visited": "我们参观了", "the bank": "银行", "today.": "今天。"},
        abilities=Abilities(frozenset({"zh"})),
        default=lambda segment: segment.replace("⟦", "").replace("⟧", ""),
    )
    [done] = Pipeline(engine).translate(["We visited ⟦1⟧the bank⟦/1⟧ today."], "zh")
    assert done.text == "我们参观了⟦1⟧银行⟦/1⟧今天。"


def test_engines_are_asked_in_half_width_letters() -> None:
    engine = FakeEngine({"UC浏览器有4.5分，很好。": "The UC browser has 4.5 points, very good."})
    [done] = Pipeline(engine).translate(["ＵＣ浏览器有４．５分，很好。"], "en")
    assert done.text == "The UC browser has 4.5 points, very good."


def test_a_term_that_the_engine_misses_is_forced(tmp_path: Path) -> None:
    terms = glossary(tmp_path, "terms:\n  Lenovo Group: 联想集团\n")
    engine = FakeEngine({"We visited Lenovo Group.": "我们参观了莱诺。", "We visited ⟦1⟧.": "我们参观了⟦1⟧。"})
    [done] = Pipeline(engine, glossary=terms).translate(["We visited Lenovo Group."], "zh")
    assert done.text == "我们参观了联想集团。"
    assert done.terms_missed == ()


def test_a_term_that_cannot_be_forced_is_on_the_report(tmp_path: Path) -> None:
    terms = glossary(tmp_path, "terms:\n  Lenovo Group: 联想集团\n")
    engine = FakeEngine(default=lambda _: "我们参观了⟦1⟧莱诺⟦/1⟧。")
    [done] = Pipeline(engine, glossary=terms).translate(["We visited ⟦1⟧Lenovo Group⟦/1⟧."], "zh")
    assert done.state == "translated"
    assert done.terms_missed == ("联想集团",)
    assert "联想集团" in done.reason


def test_what_is_remembered_is_not_asked_again(tmp_path: Path) -> None:
    engine = FakeEngine({"It works.": "好用。"})
    for _ in range(2):
        memory = Memory(tmp_path / "memory.sqlite")
        assert Pipeline(engine, memory=memory).translate(["It works."], "zh")[0].text == "好用。"
        memory.close()
    assert engine.asked == ["It works."]


def test_another_glossary_asks_again(tmp_path: Path) -> None:
    engine = FakeEngine(default=lambda _: "联想集团很好。")
    memory = Memory(tmp_path / "memory.sqlite")
    Pipeline(engine, memory=memory).translate(["Lenovo is good."], "zh")
    terms = glossary(tmp_path, "terms:\n  Lenovo: 联想集团\n")
    Pipeline(engine, memory=memory, glossary=terms).translate(["Lenovo is good."], "zh")
    memory.close()
    assert len(engine.calls) == 2


def test_a_written_term_does_not_run_into_latin_script_beside_it(tmp_path: Path) -> None:
    engine = FakeEngine(abilities=Abilities(frozenset({"en"}), terms="source"))
    terms = glossary(tmp_path, "terms:\n  shareholder: 股东\n  cloud computing: 云计算\n  big data: 大数据\n")
    Pipeline(engine, glossary=terms, fallback=False).translate(["老股东IDG投了A股云计算大数据项目。"], "en")
    assert engine.asked == ["老shareholder IDG投了A股cloud computing big data项目。"]


def test_raw_answers_are_neither_checked_nor_mended() -> None:
    engine = FakeEngine({"Run ⟦1⟧.": "运行,"})
    [done, empty] = Pipeline(engine, fallback=False).translate(["Run ⟦1⟧.", " "], "zh")
    assert (done.text, empty.text) == ("运行,", " ")


def test_raw_answers_are_those_to_each_sentence() -> None:
    engine = FakeEngine({"It rains.": "下雨了。", "⟦1⟧We stay. We read.⟦/1⟧": "⟦1⟧我们留下看书。⟦/1⟧"})
    [done] = Pipeline(engine, fallback=False).translate(["It rains. ⟦1⟧We stay. We read.⟦/1⟧"], "zh")
    assert done.text == "下雨了。⟦1⟧我们留下看书。⟦/1⟧"


def test_an_engine_of_one_direction_says_so() -> None:
    engine = FakeEngine(abilities=Abilities(frozenset({"zh"})))
    with pytest.raises(EngineError, match="'fake' does not translate into English"):
        Pipeline(engine).translate(["你好吗"], "en")
