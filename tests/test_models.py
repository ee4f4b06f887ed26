"""Models that are installed, removed, and exported for Argos Translate."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.codes import MARK, sentences
from bilingual import cli
from bilingual.engines import load, names
from bilingual.engines.packages import EMBEDDED, read
from bilingual.engines.spacing import apart, together
from bilingual.engines.store import export_argos

SENTENCES = {
    "zh": [
        "The library opens at nine in the morning.",
        "We organized a visit to the ⟦1⟧headquarters⟦/1⟧ of the bank in September 2022.",
        "My favourite subject is history.",
        "She wrote the report and I drew the maps.",
        "Click ⟦1⟧Save⟦/1⟧ to keep your changes.",
        "More than 40 students took part.",
        "The meeting was moved to Friday because of the rain.",
        "This page describes my work in the student union.",
        "A small town with a large harbour",
        "Where can I find the documentation?",
    ],
    "en": [
        "图书馆早上九点开门。",
        "2022年9月，我们组织参观了银行⟦1⟧总部⟦/1⟧。",
        "我最喜欢的科目是历史。",
        "她写报告，我画地图。",
        "点击⟦1⟧保存⟦/1⟧以保留更改。",
        "四十多名学生参加了活动。",
        "由于下雨，会议改到星期五。",
        "本页介绍我在学生会的工作。",
        "一座有大港口的小城",
        "在哪里可以找到文档？",
    ],
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


class Done(NamedTuple):
    status: int
    said: str


def bilingual(*arguments: str) -> Done:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.run(list(arguments))
    return Done(status, out.getvalue() + err.getvalue())


def test_what_is_exported_can_be_installed_used_and_removed(tmp_path: Path) -> None:
    exported = export_argos(read(EMBEDDED), tmp_path / "out")
    assert [path.suffix for path in exported] == [".argosmodel"] * 2
    for path in exported:
        done = bilingual("models", "install", str(path))
        assert done.status == 0, done.said
    assert {path.stem for path in exported} <= set(names())
    assert all(path.stem in bilingual("models", "list").said for path in exported)
    one_way = {next(iter(load(path.stem).abilities.to)): path.stem for path in exported}
    for to in ("en", "zh"):
        ours = load("embedded").translate(SENTENCES[to], to)  # type: ignore[arg-type]
        assert load(one_way[to]).translate(SENTENCES[to], to) == ours  # type: ignore[arg-type]
    done = bilingual("models", "remove", one_way["en"])
    assert done.status == 0, done.said
    assert one_way["en"] not in names()
    assert one_way["zh"] in names()


def test_an_installed_model_is_not_overwritten(tmp_path: Path) -> None:
    exported = export_argos(read(EMBEDDED), tmp_path / "out")[0]
    assert bilingual("models", "install", str(exported)).status == 0
    again = bilingual("models", "install", str(exported))
    assert again.status == 2
    assert f"models remove {exported.stem}" in again.said


@pytest.mark.parametrize("kind", ["text", "two", "outside", "other", "built-in", "nothing"])
def test_what_is_no_model_is_refused_and_leaves_nothing(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "bad.argosmodel"
    if kind == "text":
        source.write_text("no archive")
    elif kind == "built-in":
        source = tmp_path / "embedded"
        shutil.copytree(EMBEDDED, source)
    elif kind != "nothing":
        with zipfile.ZipFile(source, "w") as packed:
            packed.writestr("../evil/metadata.json" if kind == "outside" else "one/metadata.json", "{}")
            if kind == "two":
                packed.writestr("two/metadata.json", "{}")
    done = bilingual("models", "install", str(source))
    assert done.status == 2
    assert str(source) in done.said
    assert [path for path in tmp_path.rglob("*") if path.name == "evil"] == []
    kept = tmp_path / "data" / "bilingual" / "models"
    assert not kept.exists() or list(kept.iterdir()) == []


def test_removing_what_is_not_there_says_what_is(tmp_path: Path) -> None:
    bilingual("models", "install", str(export_argos(read(EMBEDDED), tmp_path)[0]))
    done = bilingual("models", "remove", "nobody")
    assert done.status == 2
    assert "translate-zh_en" in done.said


@pytest.mark.skipif(find_spec("argostranslate") is None, reason="argostranslate is not installed (the extra `argos`)")
def test_argos_own_package_and_tokenizer_translate_as_ours_does(tmp_path: Path) -> None:
    import ctranslate2
    from argostranslate.package import Package

    for path in export_argos(read(EMBEDDED), tmp_path):
        with zipfile.ZipFile(path) as packed:
            packed.extractall(tmp_path)
        package = Package(tmp_path / path.stem)
        to = package.to_code
        assert package.target_prefix == f"__{to}__"
        assert "model" in (package.get_readme() or "model")
        texts = [*SENTENCES[to], *(MARK.sub(r"\2", each[to == "en"]) for each in sentences()[::2])]
        translator = ctranslate2.Translator(str(package.package_path / "model"), device="cpu")
        answers = translator.translate_batch(
            [package.tokenizer.encode(apart(sentence)) for sentence in texts],  # our engine does that by itself
            target_prefix=[[package.target_prefix]] * len(texts),
            replace_unknowns=True,
            **read(EMBEDDED).decoding,
        )
        got = [package.tokenizer.decode(answer.hypotheses[0]) for answer in answers]
        got = [text.removeprefix(package.target_prefix).strip() for text in got]
        got = [together(text) for text in got] if to == "zh" else got
        ours = load("embedded").translate(texts, to)
        assert got == [hypotheses[0].text for hypotheses in ours]


def test_the_export_is_one_folder_in_argos_layout(tmp_path: Path) -> None:
    done = bilingual("models", "export", "--to", "argos", str(tmp_path / "out"))
    assert done.status == 0, done.said
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 2
    for path in files:
        with zipfile.ZipFile(path) as packed:
            inside = {name.removeprefix(f"{path.stem}/") for name in packed.namelist()}
            metadata = json.loads(packed.read(f"{path.stem}/metadata.json"))
        assert {"metadata.json", "sentencepiece.model", "model/model.bin", "model/config.json"} <= inside
        assert {metadata["from_code"], metadata["to_code"]} == {"en", "zh"}
        assert metadata["bilingual"]["target_prefixes"] == {metadata["to_code"]: metadata["target_prefix"]}
