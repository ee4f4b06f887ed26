"""`lines`: a filter that gives back as many lines as it got, and says what it could not do."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bilingual import engines
from bilingual.cli import run


class _Input:
    def __init__(self, data: bytes):
        self.buffer = io.BytesIO(data)


def lines(
    data: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a run."""
    monkeypatch.setitem(engines.ENGINES, "words", "bilingual.testing:WordEngine")
    monkeypatch.setattr(sys, "stdin", _Input(data.encode()))
    status = run(["lines", "--engine", "words", *arguments])
    told = capfdbinary.readouterr()
    return status, told.out.decode(), told.err.decode()


@pytest.mark.parametrize("data", ["", "\n", "one\n", "one", "one\n\n two \n\t\n", "one\r\ntwo\r\n", "\ufeffone\n"])
def test_as_many_lines_come_out_as_went_in(
    data: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, out, err = lines(data, ["--to", "zh"], monkeypatch, capfdbinary)
    assert (status, err) == (0, "")
    assert out.count("\n") == data.count("\n")
    assert out.count("\r") == data.count("\r")
    assert [line == "" for line in out.split("\n")] == [line == "" for line in data.split("\n")]
    for given, made in zip(data.split("\n"), out.split("\n"), strict=True):
        assert given[: len(given) - len(given.lstrip())] == made[: len(made) - len(made.lstrip())]


def test_rules_and_codes(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _, out, _ = lines("September 2022 – July 2023\n⟦1⟧Run⟦/1⟧ ⟦2⟧!\n", ["--to", "zh"], monkeypatch, capfdbinary)
    date, codes = out.splitlines()
    assert date == "2022年9月—2023年7月"
    assert [part in codes for part in ("⟦1⟧", "⟦/1⟧", "⟦2⟧")] == [True] * 3


def test_what_is_left_and_what_lacks_a_term_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("bilingual.testing.WordEngine._answer", lambda _self, text, _to: text)
    (tmp_path / "glossary.yaml").write_text("terms:\n  the bank: 银行\n", encoding="utf-8")
    report = tmp_path / "report.json"
    arguments = ["--to", "zh", "--glossary", str(tmp_path / "glossary.yaml"), "--report", str(report)]
    status, out, err = lines("我们\nwe went home early\n", arguments, monkeypatch, capfdbinary)
    assert status == 1
    assert out == "我们\nwe went home early\n"
    assert err.startswith("-:2: left untranslated: ")
    units = json.loads(report.read_text(encoding="utf-8"))["units"]
    assert [(unit["start_line"], unit["state"]) for unit in units] == [(1, "translated"), (2, "left")]
    assert units[1]["reason"]


def test_without_fallbacks_the_first_answer_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("bilingual.testing.WordEngine._answer", lambda _self, text, _to: text)
    assert lines("we went home early\n", ["--to", "zh", "--no-fallback"], monkeypatch, capfdbinary) == (
        0,
        "we went home early\n",
        "",
    )


def test_a_direction_is_wanted(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    status, out, err = lines("one\n", [], monkeypatch, capfdbinary)
    assert (status, out) == (2, "")
    assert "--to" in err
