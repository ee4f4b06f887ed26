"""The embedded engine itself: whatever it is given, it answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bilingual import engines
from bilingual.engines import Hypothesis, ctranslate
from bilingual.engines.packages import ModelPackage
from bilingual.engines.spacing import apart, together
from bilingual.model import Lang
from bilingual.pipeline import Pipeline


@pytest.mark.parametrize("to", ["en", "zh"])
@pytest.mark.parametrize("text", ["[" * 2_000, "𠀀" * 900, "x" * 5_000, "?", "⟦1⟧", "\u200b", "好 word " * 50])
def test_every_segment_gets_an_answer(text: str, to: Lang) -> None:
    answers = engines.load("embedded").translate([text, "one", text], to, hypotheses=4)
    assert len(answers) == 3
    assert answers[0] == answers[2]
    assert all(hypotheses for hypotheses in answers)


def test_nothing_is_asked_for_nothing() -> None:
    assert engines.load("embedded").translate([], "zh") == []


def test_what_is_too_long_for_the_model_is_left_whole() -> None:
    text = "the " + "[" * 3_000 + " bank we saw"
    [done] = Pipeline("embedded").translate([text], "zh")
    assert (done.text, done.state) == (text, "left") or "[" * 3_000 in done.text


@pytest.mark.parametrize(
    ("written", "spaced", "closed"),
    [
        ("用Python写脚本", "用 Python 写脚本", "用Python写脚本"),
        ("会用Python、 SQL，Excel", "会用 Python、 SQL， Excel", "会用Python、SQL，Excel"),
        ("在 2016 年加入 AIIB 后", "在2016年加入 AIIB 后", "在2016年加入AIIB后"),
        ("Guosen Securities实习", "Guosen Securities 实习", "Guosen Securities实习"),
        ("看⟦1⟧Python⟦/1⟧文档", "看⟦1⟧Python⟦/1⟧文档", "看⟦1⟧Python⟦/1⟧文档"),
        ("The 联络部 of CCG", "The 联络部 of CCG", "The联络部of CCG"),
    ],
)
def test_latin_words_in_chinese_stand_apart_for_a_model_and_together_for_us(
    written: str, spaced: str, closed: str
) -> None:
    assert (apart(written), together(written)) == (spaced, closed)


class Echo:
    """In place of a loaded model: it answers with what it was asked."""

    def __init__(self, package: ModelPackage):
        self.package = package

    def translate(self, segments: Sequence[str], *_: Any) -> list[list[Hypothesis]]:
        return [[Hypothesis(segment, 0.0)] for segment in segments]


@pytest.mark.parametrize(("spaced", "asked"), [(True, "用 Python 写"), (False, "用Python写")])
def test_a_model_is_asked_in_the_spacing_that_it_was_trained_with(
    spaced: bool, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctranslate, "_Model", Echo)
    package = ModelPackage(Path("m"), "m", {"en": "", "zh": ""}, spaced=spaced)
    engine = ctranslate.CTranslate("m", [package])
    assert engine.translate(["用Python写"], "en")[0][0].text == asked
    answer = engine.translate(["写 Python 的人"], "zh")[0][0].text
    assert answer == ("写Python的人" if spaced else "写 Python 的人")
