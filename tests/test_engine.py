"""The embedded engine itself: whatever it is given, it answers."""

from __future__ import annotations

import pytest

from bilingual import engines
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
