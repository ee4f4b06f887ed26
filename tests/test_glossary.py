"""The glossary: what is read, what is found in texts, what lint says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bilingual.errors import GlossaryError
from bilingual.glossary import Glossary
from bilingual.glossary.lint import lint
from bilingual.glossary.load import contents
from bilingual.glossary.match import holds
from bilingual.glossary.write import as_yaml
from bilingual.model import Lang

FULL = """\
terms:
  - concept: harbour
    en: {preferred: Harbour Investment Bank, abbreviation: HIB}
    zh: {preferred: 港湾投资银行, abbreviation: 港投行, deprecated: [海港投资银行]}
    note: full form at first mention
  - concept: policy
    en: {preferred: policy, admitted: [guideline]}
    zh: 政策
  - concept: linden
    en: {preferred: Linden, case: true}
    translate: false
"""


def found(glossary: str, text: str, lang: Lang, *, traditional: bool = False) -> list[str]:
    matches = Glossary.from_text(glossary, traditional=traditional).find(text, lang)
    return [text[match.start : match.end] for match in matches]


def short(*pairs: str) -> str:
    return "terms:\n" + "".join(f"  {pair}\n" for pair in pairs)


@pytest.mark.parametrize(
    ("pairs", "lang", "text", "wanted"),
    [
        (["harbour: 港口"], "en", "Harbours, the harbour's HARBOUR", ["Harbour", "harbour", "HARBOUR"]),
        (["add: 添加"], "en", "an add-on, adder, madd, add1, add", ["add"]),
        (["policy: 政策"], "en", "policies of a policymaker", ["policies"]),
        (["bus: 总线"], "en", "two buses", ["bus"]),
        (["IT: 信息技术"], "en", "it is IT, not It", ["IT"]),
        (["Harbour Bank: 港湾银行", "Bank: 银行"], "en", "the Harbour Bank and a Bank", ["Harbour Bank", "Bank"]),
        (["Harbour Bank: 港湾银行"], "en", "the Harbour\nBank of\nyore", ["Harbour\nBank"]),
        (["union's hall: 工会堂"], "en", "the union’s hall", ["union’s hall"]),
        (["A: 港湾银行", "B: 港湾"], "zh", "港湾银行在港湾边", ["港湾银行", "港湾"]),
        (["A: 港湾投资银行"], "zh", "在港湾\n投资银行里", ["港湾\n投资银行"]),
        (["A: Pod 组"], "zh", "一个Pod组，一个 Pod 组，APod组", ["Pod组", "Pod 组"]),
        (["A: 第3组"], "zh", "第３组和第3组", ["第３组", "第3组"]),
        (["A: ＡＢＣ银行"], "zh", "ABC银行", ["ABC银行"]),
        (["C++: 西加加"], "en", "C++ and C", ["C++"]),
        (["a.*b: 点"], "en", "a.*b but not axxb", ["a.*b"]),
        (["1: 一"], "en", "⟦1⟧ is 1", ["1"]),
        (["no: 否", "on: 开"], "en", "no, on", ["no", "on"]),
        (["Bank: 银行"], "en", "B⟦1⟧ank", []),
    ],
)
def test_terms_are_found(pairs: list[str], lang: Lang, text: str, wanted: list[str]) -> None:
    assert found(short(*pairs), text, lang) == wanted


def test_a_form_of_another_case_does_not_hide_the_exact_one() -> None:
    glossary = Glossary.from_text(
        "terms:\n  - {en: turkey, zh: 火鸡}\n  - {en: {preferred: Turkey, case: true}, zh: 土耳其}\n"
    )
    assert [match.concept.zh[0].surface for match in glossary.find("turkey in Turkey", "en")] == ["火鸡", "土耳其"]


def test_traditional_texts_hold_simplified_terms_only_where_configured() -> None:
    assert found(short("A: 国际银行"), "國際銀行", "zh", traditional=True) == ["國際銀行"]
    assert found(short("A: 国际银行"), "國際銀行", "zh") == []


def test_full_form_for_full_form_and_abbreviation_for_abbreviation() -> None:
    glossary = Glossary.from_text(FULL)
    targets = [glossary.target(m, "zh") for m in glossary.find("The Harbour Investment Bank (HIB)", "en")]
    assert targets == ["港湾投资银行", "港投行"]
    targets = [glossary.target(m, "en") for m in glossary.find("海港投资银行与港投行、Linden", "zh")]
    assert targets == ["Harbour Investment Bank", "HIB", "Linden"]


@pytest.mark.parametrize(
    ("text", "form", "there"),
    [
        ("the World Banks of old", "world bank", True),
        ("a worldbank", "bank", False),
        ("all policies", "policy", True),
        ("一个 Pod组", "Pod 组", True),
        ("港湾\n银行", "港湾银行", True),
        ("", "x", False),
    ],
)
def test_holds(text: str, form: str, there: bool) -> None:
    assert holds(text, form) is there


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, None, "empty"),
        ("# only a comment\n", 1, None, "empty"),
        ("- a\n- b\n", 1, 1, "needs a key `terms`"),
        ("terms:\n", 1, 7, "holds no terms"),
        ("terms: {}\n", 1, 8, "holds no terms"),
        ("terms:\n  Harbour:港湾\n", 2, 3, "put a space after each colon"),
        ("term:\n  a: 一\n", 1, 1, "unknown key 'term'"),
        ("Harbour: 港湾\n", 1, 1, "stand under one key, `terms`"),
        ("terms:\n  a: [一\n", 3, 1, "no valid YAML"),
        ("terms:\n  a: 一\n b: 二\n", 3, 2, "no valid YAML"),
        ("terms:\n\t- a\n", 2, 1, "no valid YAML"),
        ("terms:\n  a: \x07\n", 2, None, "no valid YAML"),
        ("terms: " + "[" * 2000, 1, None, "brackets"),
        ("terms:\n  - 12\n", 2, 5, "a mapping with `concept`"),
        ("terms:\n  a: {}\n", 2, 6, "one Chinese term"),
    ],
)
def test_what_is_no_glossary_is_refused_with_its_place(text: str, line: int, column: int | None, message: str) -> None:
    with pytest.raises(GlossaryError, match=message) as raised:
        Glossary.from_text(text, "g.yaml")
    assert (raised.value.path, raised.value.line, raised.value.column) == ("g.yaml", line, column)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "g.yaml"
    bad.write_bytes(b"terms:\n  a: \xff\n")
    with pytest.raises(GlossaryError, match="UTF-8") as raised:
        Glossary.load(bad)
    assert raised.value.line == 2


def test_a_wrong_entry_is_left_out_and_listed() -> None:
    glossary = Glossary.from_text("terms:\n  - {en: Bank, zh: 银行}\n  - {en: Union, prefered: 1}\n")
    assert [concept.id for concept in glossary.concepts] == ["Bank"]
    assert [(p.start_line, p.start_column) for p in glossary.problems] == [(3, 17), (3, 5)]


LINT = [
    ("unknown key", "- {en: {prefered: Bank, preferred: Bank}, zh: 银行}", 9, "did you mean 'preferred'"),
    ("key twice", "- {en: A, zh: 银行, en: B}", 19, "stands here twice"),
    ("flag", "- {en: {preferred: A, case: maybe}, zh: 银行}", 29, "true or false"),
    ("list for a term", "- {en: [A], zh: 银行}", 8, "one term, or a mapping"),
    ("nested", "- {en: {preferred: [A]}, zh: 银行}", 20, "one text"),
    ("one side", "- {en: A}", 3, "needs `zh` too"),
    ("empty", "- {en: '', zh: 银行}", 8, "a term is empty"),
    ("spaces", "- {en: ' A  B', zh: 银行}", 8, "write 'A B'"),
    ("invisible", "- {en: A, zh: 银\u200b行}", 15, "U\\+200B"),
    ("English is Chinese", "- {en: 银行, zh: 银行}", 8, "on the English side is Chinese"),
    ("Chinese is English", "- {en: Bank, zh: Banque}", 18, "holds no Chinese"),
    ("markup", "- {en: '**Bank**', zh: 银行}", 8, "is markup"),
    ("signs only", "- {en: '.*', zh: 银行}", 8, "no letter and no digit"),
    ("inline code", "- {en: 'A⟦1⟧', zh: 银行}", 8, "inline code"),
    ("twice in one", "- {en: {preferred: A, admitted: [A]}, zh: 银行}", 34, "twice in one concept"),
    ("shadowed", "- {en: {preferred: Bank, admitted: [bank]}, zh: 银行}", 37, "shadowed"),
    ("contradiction", "- {en: Bank, zh: {preferred: 银行, deprecated: [银行]}}", 47, "preferred and deprecated in one"),
]


@pytest.mark.parametrize(("entry", "column", "message"), [case[1:] for case in LINT], ids=[case[0] for case in LINT])
def test_lint_says_what_is_wrong_with_an_entry(entry: str, column: int, message: str) -> None:
    concepts, problems = contents(f"terms:\n{entry}\n- {{en: Zebra, zh: 斑马}}\n", "g.yaml")
    findings = lint(concepts, "g.yaml", problems)
    assert [(f.path, f.start_line, f.start_column) for f in findings] == [("g.yaml", 2, column)]
    assert re.search(message, findings[0].message)


@pytest.mark.parametrize(
    ("entries", "line", "message"),
    [
        (["{concept: a, en: A, zh: 甲}", "{concept: a, en: B, zh: 乙}"], 3, "'a' stands at line 2 already"),
        (["{en: Bank, zh: 银行}", "{en: Bank, zh: 河岸}"], 3, "stands for two concepts"),
        (["{en: Bank, zh: 银行}", "{en: bank, zh: 银行}"], 3, "duplicate of line 2"),
        (["{en: Bank, zh: 银行}", "{en: Shore, zh: {preferred: 岸, deprecated: [银行]}}"], 3, "deprecated by 'Shore'"),
        (
            ["{en: {preferred: new, deprecated: [old]}, zh: 新}", "{en: {preferred: old, deprecated: [new]}, zh: 旧}"],
            2,
            "round in a circle: old → new → old",
        ),
    ],
)
def test_lint_says_how_entries_contradict_each_other(entries: list[str], line: int, message: str) -> None:
    concepts, problems = contents("terms:\n" + "".join(f"- {entry}\n" for entry in entries), "g.yaml")
    findings = lint(concepts, "g.yaml", problems)
    assert any(f.start_line == line and message in f.message for f in findings), findings


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        short("Harbour Bank: 港湾银行", "no: 否", "on: 开", "C++: 西加加", "Linden (Europe): 椴树（欧洲）"),
        "terms:\n- {concept: hib, en: HIB, zh: {preferred: 港湾银行, admitted: [HIB]}}\n",  # a loan is no wrong script
        "terms:\n- {en: {preferred: it}, zh: 它}\n- {en: {preferred: IT, case: true}, zh: 信息技术}\n",
    ],
)
def test_lint_has_nothing_against_a_good_glossary(text: str) -> None:
    concepts, problems = contents(text, "g.yaml")
    assert lint(concepts, "g.yaml", problems) == []


def test_what_is_written_reads_back() -> None:
    text = short("Harbour Bank: 港湾银行", "no: 否", '"a: b # c": 点', '"- x": 减', '"12": 十二')
    for source in (FULL, text):
        concepts = Glossary.from_text(source).concepts
        again = Glossary.from_text(as_yaml(concepts)).concepts
        bare = [[(t.surface, t.status, t.abbreviation, t.case) for t in (*c.en, *c.zh)] for c in concepts]
        assert bare == [[(t.surface, t.status, t.abbreviation, t.case) for t in (*c.en, *c.zh)] for c in again]
        assert [(c.id, c.translate, c.note) for c in concepts] == [(c.id, c.translate, c.note) for c in again]


def test_a_hundred_thousand_terms_are_read_and_found() -> None:
    text = short(*(f"term number {n}: 词条第{n}号" for n in range(100_000)))
    glossary = Glossary.from_text(text)
    assert [m.concept.id for m in glossary.find("a term number 99999 here", "en")] == ["term number 99999"]
    assert [m.concept.id for m in glossary.find("这里有词条第31号", "zh")] == ["term number 31"]
