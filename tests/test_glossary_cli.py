"""`bilingual glossary`: lint, extract, import and export."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bilingual.cli import run
from bilingual.formats import csv, tbx
from bilingual.glossary import Glossary

GLOSSARY = """\
terms:
  - concept: harbour
    en: {preferred: Harbour Investment Bank, abbreviation: HIB, case: true}
    zh: {preferred: 港湾投资银行, abbreviation: 港投行, admitted: [港湾行], deprecated: [海港投资银行, 海港银行]}
    note: full form first
  - concept: linden
    en: {preferred: Linden, ambiguous: true}
    translate: false
"""


def inside(glossary: Glossary) -> list[object]:
    return [
        (
            c.id,
            c.translate,
            c.note,
            [(t.surface, t.lang, t.status, t.abbreviation, t.case, t.ambiguous) for t in (*c.en, *c.zh)],
        )
        for c in glossary.concepts
    ]


@pytest.mark.parametrize("room", [csv, tbx], ids=["csv", "tbx"])
def test_formats_give_back_what_they_were_given(room: object) -> None:
    glossary = Glossary.from_text(GLOSSARY)
    again = Glossary(room.read(room.write(glossary.concepts)))  # type: ignore[attr-defined]
    assert inside(again) == inside(glossary)


@pytest.mark.parametrize(
    "table",
    [
        "en,zh\nHarbour Bank,港湾银行\n",
        "\ufeffEnglish;Chinese\r\nHarbour Bank;港湾银行\r\n",
        "港湾银行\tHarbour Bank\n",
        "中文,英文\n港湾银行,Harbour Bank\n\n",
    ],
)
def test_tables_as_spreadsheets_write_them(table: str) -> None:
    (concept,) = csv.read(table)
    assert (concept.en[0].surface, concept.zh[0].surface) == ("Harbour Bank", "港湾银行")


def test_a_bar_within_a_term_is_no_separator() -> None:
    glossary = Glossary.from_text("terms:\n- {en: {preferred: a|b, admitted: [c, d]}, zh: 甲}\n")
    assert inside(Glossary(csv.read(csv.write(glossary.concepts)))) == inside(glossary)


def test_the_second_edition_of_tbx_is_read() -> None:
    text = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en">
    <text><body><termEntry id="x1"><langSet xml:lang="en-US"><tig><term>harbour</term></tig></langSet>
    <langSet xml:lang="zh-CN"><tig><term>港口</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>港湾</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
    <langSet xml:lang="de"><tig><term>Hafen</term></tig></langSet></termEntry></body></text></martif>"""
    (concept,) = tbx.read(text)
    assert [(t.surface, t.status) for t in (*concept.en, *concept.zh)] == [
        ("harbour", "preferred"), ("港口", "preferred"), ("港湾", "deprecated"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("t.csv", "", "t.csv:1: the table is empty"),
        ("t.csv", "a,b\n1,2\n", "t.csv:1: the table needs the columns `en` and `zh`"),
        ("t.csv", "en,zh,pos\nA,甲,noun\n", "t.csv:1: unknown column 'pos'"),
        ("t.csv", "en,zh\nA,\n", "t.csv:2: a row needs a term in `en` and one in `zh`"),
        ("t.csv", 'en,zh\n"A,甲\n', "no valid CSV"),
        ("t.tbx", "<tbx>", "t.tbx:1:6: no valid XML"),
        ("t.tbx", "<html/>", "is no TBX"),
        ("t.tbx", "<tbx/>", "no entry holds a term"),
        ("t.odt", "x", "give --format csv"),
    ],
)
def test_what_cannot_be_imported(
    name: str,
    text: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    assert run(["glossary", "import", name, "--out", "glossary.yaml"]) == 2
    assert message in capsys.readouterr().err
    assert not Path("glossary.yaml").exists()


def test_import_does_not_overwrite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("en,zh\nHarbour,港湾\n", encoding="utf-8")
    Path("glossary.yaml").write_text("mine", encoding="utf-8")
    assert run(["glossary", "import", "t.csv", "--out", "glossary.yaml"]) == 2
    assert "--force" in capsys.readouterr().err
    assert Path("glossary.yaml").read_text(encoding="utf-8") == "mine"
    assert run(["glossary", "import", "t.csv", "--out", "glossary.yaml", "--force"]) == 0
    assert Path("glossary.yaml").read_text(encoding="utf-8") == "terms:\n  Harbour: 港湾\n"


def test_export_takes_the_format_from_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    assert run(["glossary", "export", "--out", "g.tbx"]) == 0
    assert ET.parse("g.tbx").getroot().tag.endswith("}tbx")


def test_lint_exit_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["glossary", "lint"]) == 2
    Path("glossary.yaml").write_text("terms:\n  Bank: 银行\n", encoding="utf-8")
    assert run(["glossary", "lint"]) == 0
    Path("glossary.yaml").write_text("terms:\n  Bank: 银行\n  Shore: 银行\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["glossary", "lint"]) == 1
    assert capsys.readouterr().out.startswith("glossary.yaml:3:10: glossary-lint: '银行' stands for two concepts")
    Path("glossary.yaml").write_text("terms: [\n", encoding="utf-8")
    assert run(["glossary", "lint"]) == 2


def test_lint_errors_do_not_stop_a_translation(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_text("terms:\n- {en: Bank, zh: 银行, colour: red}\n- {en: Bank, zh: 河岸}\n", encoding="utf-8")
    assert len(Glossary.load(path).concepts) == 2


def test_extract_brings_the_languages_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    en = [
        "The service mesh of the harbour is new.",
        "Every port has a service mesh.",
        "No mesh is older than that of Ardley.",
    ]
    zh = ["港口的服务网格是新的。", "每个端口都有服务网格。", "没有比阿德利更老的网。"]
    Path("page.en.md").write_text("\n\n".join(en) + "\n", encoding="utf-8")
    Path("page.zh.md").write_text("\n\n".join(zh) + "\n", encoding="utf-8")
    assert run(["glossary", "extract", "page.en.md"]) == 0
    assert "2\tservice mesh\t服务网格\n" in capsys.readouterr().out
    Path("glossary.yaml").write_text("terms:\n  service mesh: 服务网格\n", encoding="utf-8")
    assert run(["glossary", "extract", "page.en.md"]) == 0
    assert "服务网格" not in capsys.readouterr().out
