"""What is wrong with a target is found, and what is right is let through."""

from __future__ import annotations

import pytest

from bilingual.model import Lang
from bilingual.verify import verify

GOOD: list[tuple[str, str, Lang]] = [
    ("We visited Lenovo with 40+ participants.", "我们参观了联想，40余人参加。", "zh"),
    ("Run ⟦1⟧ in Python.", "在Python中运行⟦1⟧。", "zh"),
    ("The ⟦1⟧AIIB⟦/1⟧ is a bank.", "⟦1⟧亚投行⟦/1⟧是一家银行。", "zh"),
    ("University of Toronto", "多伦多大学（University of Toronto）", "zh"),
    ("我们很好，很好，真的。", "We are well, very well indeed.", "en"),
    ("好的", "OK", "en"),
    ("第十四期：Natural and efficient speech", "第十四期：自然而高效的语音", "zh"),
    ("爸爸", "Papa", "en"),
    ("哈哈哈哈！", "Ha ha ha ha!", "en"),
    ("见图①", "See figure ①", "en"),
]


@pytest.mark.parametrize(("source", "target", "to"), GOOD)
def test_a_good_target_passes(source: str, target: str, to: Lang) -> None:
    assert verify(source, target, to) == []


BAD: list[tuple[str, str, Lang, str, str]] = [
    ("We visited Lenovo.", " ", "zh", "empty", "the engine gave nothing"),
    ("Run ⟦1⟧ now.", "现在运行。", "zh", "codes", "⟦1⟧ lost"),
    ("Run ⟦1⟧ now.", "现在⟦1⟧运行⟦1⟧。", "zh", "codes", "⟦1⟧ twice"),
    ("Run it now.", "现在⟦1⟧运行。", "zh", "codes", "⟦1⟧ made up"),
    ("⟦1⟧Run⟦/1⟧ it now.", "现在⟦/1⟧运行⟦1⟧。", "zh", "codes", "⟦/1⟧ out of order"),
    ("with 40 participants", "有80人参加", "zh", "number", "40 participants"),
    ("in September 2022", "2023年9月", "zh", "number", "September 2022"),
    ("image", "图像图像", "zh", "loop", "'图像' twice"),
    ("地图", "Map map", "en", "loop", "twice"),
    ("photo", "照片照片照片", "zh", "loop", "'照片' again and again"),
    ("Hello there", "你好" + "在那边的某一个地方" * 3, "zh", "loop", "again and again"),
    ("We went home early and slept.", "We went home early and slept.", "zh", "left-over", "no Chinese"),
    ("During my term I did it.", "During my term我做到了。", "zh", "left-over", "'During my term' is not Chinese"),
    ("拓宽学生的视野", "Broaden the 视野 of students", "en", "left-over", "'视野' is not English"),
    ("好", "This is a very good thing that everyone should know about here", "en", "length", "times as long"),
    ("这是一个很长的句子，里面说了很多事情，谁也不能用一个词说完它。", "Yes", "en", "length", "times as long"),
    ("多元化", "Diverse ⿻ events", "en", "symbol", "'⿻' is not in its source"),
    ("多元化", "Diverse ⁇ events", "en", "symbol", "'⁇'"),
]


@pytest.mark.parametrize(("source", "target", "to", "kind", "message"), BAD)
def test_a_bad_target_is_refused_and_told_why(source: str, target: str, to: Lang, kind: str, message: str) -> None:
    faults = {fault.kind: fault for fault in verify(source, target, to)}
    assert kind in faults
    assert faults[kind].fatal
    if kind != "number":
        assert message in faults[kind].message


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [("My department did it", "My部门做到了", "My"), ("a visit to Lenovo", "组织visit联想", "visit")],
)
def test_a_word_left_over_is_a_blemish(source: str, target: str, message: str) -> None:
    [fault] = verify(source, target, "zh")
    assert (fault.kind, fault.message, fault.fatal) == ("word", message, False)


def test_a_glossary_may_keep_a_word() -> None:
    assert verify("a visit to it", "组织visit", "zh", keep=["visit"]) == []
