"""`bilingual check`: what each rule finds and lets pass, how findings are silenced, mended and limited to a change."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.checks import GROUPS, RULES
from bilingual.cli import run

GLOSSARY = """\
terms:
  - concept: harbour
    en: {preferred: Harbour Investment Bank, abbreviation: HIB, deprecated: [Port Bank]}
    zh: {preferred: 港湾投资银行, abbreviation: 港投行, deprecated: [海港银行, 港湾投资银行公司]}
  - concept: council
    en: {preferred: student council, admitted: [student board]}
    zh: {preferred: 学生会, admitted: [学生委员会]}
  - concept: inquiry
    en: {preferred: inquiry, deprecated: [question]}
    zh: 询问
  - concept: linden
    en: Linden
    translate: false
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")


def page(text: str, name: str = "page.md") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


class Checked:
    def __init__(self, status: int, out: str, err: str):
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def call(*arguments: str) -> Checked:
        capsys.readouterr()
        status = run(["check", *arguments])
        return Checked(status, *capsys.readouterr())

    return call


DEPRECATED = [
    ("Chinese", "我们去了海港银行。\n", "page.md:1:5: deprecated-form: write 港湾投资银行 instead of 海港银行"),
    ("longer than the preferred", "在港湾投资银行公司。\n", "page.md:1:2: deprecated-form: write 港湾投资银行 instead of 港湾投资银行公司"),
    ("English", "We saw the Port Bank's hall.\n", "page.md:1:12: deprecated-form: write Harbour Investment Bank instead of Port Bank"),
    ("over a line break", "In *the* Port\nBank.\n", "page.md:1:10: deprecated-form: write Harbour Investment Bank instead of Port Bank"),
    ("over a line break in Chinese", "> 去海港\n> 银行。\n", "page.md:1:4: deprecated-form: write 港湾投资银行 instead of 海港银行"),
    ("in a header", "---\ntitle: 海港银行\n---\n", "page.md:2:8: deprecated-form: write 港湾投资银行 instead of 海港银行"),
    ("in a link", "去[海港银行](https://example.org)\n", "page.md:1:3: deprecated-form: write 港湾投资银行 instead of 海港银行"),
    ("in a table", "| a | b |\n|---|---|\n| x | 海港银行 |\n", "page.md:3:7: deprecated-form: write 港湾投资银行 instead of 海港银行"),
    ("English within Chinese", "我们去 Port Bank 参观。\n", "page.md:1:5: deprecated-form: write Harbour Investment Bank instead of Port Bank"),
    ("at a sentence's beginning", "Question one.\n", "page.md:1:1: deprecated-form: write Inquiry instead of Question"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), [case[1:] for case in DEPRECATED], ids=[case[0] for case in DEPRECATED])
def test_deprecated_form(text: str, line: str, check) -> None:  # type: ignore[no-untyped-def]
    page(text)
    checked = check("page.md", "--rule", "deprecated-form")
    assert (checked.status, checked.lines) == (1, [line])


@pytest.mark.parametrize(
    "text",
    [
        "去港湾投资银行。\n",
        "`海港银行`\n",
        "```\n海港银行\n```\n",
        "[行](https://example.org/海港银行)\n",
        "A Port Banker.\n",
        "questionable\n",
        "",
    ],
)
def test_what_is_no_deprecated_form(text: str, check) -> None:  # type: ignore[no-untyped-def]
    page(text)
    assert check("page.md").status == 0


def test_fix_mends_what_is_safe_and_touches_nothing_else(check) -> None:  # type: ignore[no-untyped-def]
    source = "\ufeff# 海港银行\r\n\r\nA question,\r\nan  old one, in Port\r\nBank.  \r\n\r\n- 去**海港银行**\t\r\n\r\n`海港银行`"
    page(source)
    checked = check("page.md", "--fix", "--rule", "deprecated-form")
    wanted = source.replace("# 海港银行", "# 港湾投资银行").replace("**海港银行**", "**港湾投资银行**")
    wanted = wanted.replace("Port\r\nBank", "Harbour Investment Bank")
    assert Path("page.md").read_bytes().decode() == wanted
    assert checked.lines == [
        "page.md:3:3: deprecated-form: write inquiry instead of question"
    ]  # "a" would have to be "an"
    assert (checked.status, "mended 3 in page.md" in checked.err) == (1, True)


def test_a_fix_is_no_false_plural(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n- {en: {preferred: facility, deprecated: [service]}, zh: 设施}\n- {en: {preferred: item, deprecated: [dish]}, zh: 项}\n",
        encoding="utf-8",
    )
    page("The services of a service: dishes, a dish.\n")
    assert check("page.md", "--fix").status == 1
    assert Path("page.md").read_text(encoding="utf-8") == "The services of a facility: dishes, a dish.\n"


def test_a_fix_that_would_change_the_structure_is_left(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n- {en: {preferred: '1. one', deprecated: [unit]}, zh: 一}\n", encoding="utf-8"
    )
    page("unit\n")
    assert check("page.md", "--fix").status == 1
    assert Path("page.md").read_text(encoding="utf-8") == "unit\n"


def test_term_missing_in_a_pair(check) -> None:  # type: ignore[no-untyped-def]
    page(
        "# Visits\n\nThe student council visited the Harbour Investment Bank in May.\n\nHIB has a garden.\n",
        "visit.en.md",
    )
    page("# 参观\n\n学生会五月参观了一家银行。\n\n港湾投资银行有花园。\n", "visit.zh.md")
    for name in ("visit.en.md", "visit.zh.md"):  # either half finds the other
        assert check(name).lines == [
            "visit.en.md:3:33: term-missing: the Chinese of this, visit.zh.md:3, lacks Harbour Investment Bank; write 港湾投资银行 there"
        ]


def test_term_missing_in_one_page(check) -> None:  # type: ignore[no-untyped-def]
    page(
        "In 2023 we thanked HIB for the tea.\n\n2023年我们感谢银行的茶。\n\nThe garden of Linden is open.\n\nLinden 的花园开放了。\n"
    )
    assert check("page.md").lines == [
        "page.md:1:20: term-missing: the Chinese of this, line 3, lacks HIB; write 港投行 there"
    ]


WORDS = [
    ("the English word is kept", "We ran 12 tests with the new provider last week.", "上周我们用新的 provider 做了12次测试。", 1),
    ("a piece of the Chinese is there", "We ran 12 tests with the new provider last week.", "上周我们用新的提供商做了12次测试。", 1),
    ("in a heading nothing can be left out", "# The 12 providers of today", "# 今天的12家", 1),
    ("left out in good prose", "We ran 12 tests with the new provider last week.", "上周我们做了12次测试。", 0),
    ("as an identifier", "We ran 12 tests with the lazy provider last week.", "上周我们用 `LazyProvider` 做了12次测试。", 0),
    ("part of a name", "We read the Provider Handbook of 2012 last week.", "上周我们读了2012年的 Provider Handbook。", 0),
    ("inflected", "We tested the 12 lazily-loaded parts last week.", "上周我们测试了12个惰性加载部分。", 0),
    ("a Chinese verb", "We verified 12 keys of the club last week.", "上周我们验证了俱乐部的12把钥匙。", 0),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "count"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS])
def test_a_common_word_is_missed_only_where_it_was_meant(en: str, zh: str, count: int, check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n  provider: 提供者\n  lazy provider: 惰性提供者\n  lazy loading: 惰性加载\n  authentication: 验证\n",
        encoding="utf-8",
    )
    page(f"{en}\n\n{zh}\n")
    assert len(check("page.md", "--rule", "term-missing").lines) == count


def test_a_summary_need_not_name_everything(check) -> None:  # type: ignore[no-untyped-def]
    page("The student council visited the Harbour Investment Bank.\n", "a.en.md")
    page("# 校园\n\n学校有一座花园，花园里有树。\n", "b.zh.md")
    assert check("a.en.md", "b.zh.md").status == 0


def test_ambiguous_terms_are_not_asked_for(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n- {en: {preferred: watch, ambiguous: true}, zh: 手表}\n", encoding="utf-8"
    )
    page("Watch the garden grow.\n\n看花园生长。\n")
    assert check("page.md").status == 0


def test_term_inconsistent_in_a_page_and_over_a_site(check) -> None:  # type: ignore[no-untyped-def]
    page("The student council met.\n\nThe student board met. The student board sang.\n", "a.md")
    page("学生委员会开会。\n", "b.md")
    page("学生会开会。\n", "c.md")
    assert check().lines == [
        "a.md:3:5: term-inconsistent: student board here, student council at line 1: two names for one thing; write student council",
        "b.md:1:1: term-inconsistent: 学生委员会 here, 学生会 at c.md:1: two names for one thing; write 学生会",
    ]
    assert check("b.md").status == 0


def test_a_short_word_is_a_second_name_only_where_the_linked_text_says_so(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n- {en: authentication, zh: {preferred: 认证, admitted: [验证]}}\n", encoding="utf-8"
    )
    page(
        "The 12 steps of authentication are new.\n\n认证的12个步骤是新的。\n\nVerify that 31 keys are there.\n\n请验证有31把钥匙。\n\n"
        "For authentication you need 45 keys.\n\n验证需要45把钥匙。\n"
    )
    assert [line.split(":")[1] for line in check("page.md").lines] == ["11"]


def test_abbreviation_first_is_off_until_asked_for(check) -> None:  # type: ignore[no-untyped-def]
    text = "# HIB\n\nHIB is old. HIB is grey.\n\n港湾投资银行（港投行）很老。港投行是灰色的。\n"
    page(text)
    found = [
        "page.md:3:1: abbreviation-first: HIB before its full form; write Harbour Investment Bank (HIB) at first mention"
    ]
    assert check("page.md").lines == []
    assert check("page.md", "--rule", "abbreviation-first").lines == found
    Path("bilingual.toml").write_text("[rules]\nabbreviation-first = true\n", encoding="utf-8")
    assert check("page.md").lines == found


def test_glossary_lint(check) -> None:  # type: ignore[no-untyped-def]
    page("Nothing here.\n")
    Path("glossary.yaml").write_text(GLOSSARY + "  - {en: Shore, zh: 询问}\n", encoding="utf-8")
    wanted = [
        "glossary.yaml:14:21: glossary-lint: '询问' stands for two concepts: 'inquiry' at line 10 has it too, so this one is shadowed"
    ]
    assert check("page.md").lines == wanted
    assert check("glossary.yaml").lines == wanted
    assert check("page.md", "--rule", "term-missing").status == 0


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("<!-- bilingual: ignore deprecated-form -->\n\n", 1),
        ("<!-- bilingual: ignore -->\n", 1),
        ("<!-- bilingual: ignore term-missing, deprecated-form -->\n", 1),
        ("<!-- bilingual: ignore term-missing -->\n\n", 2),
        ("<!-- bilingual: ignore-page deprecated-form -->\n\n", 0),
        ("<!-- bilingual: ignored -->\n\n", 2),
    ],
)
def test_a_comment_silences_the_block_that_follows(comment: str, left: int, check) -> None:  # type: ignore[no-untyped-def]
    page(f"{comment}去海港银行，\n花园。\n\n再去海港银行。\n")
    assert len(check("page.md").lines) == left


def test_a_comment_within_a_block_silences_that_block(check) -> None:  # type: ignore[no-untyped-def]
    page("- 去海港银行 <!-- bilingual: ignore deprecated-form -->\n- 再去海港银行\n")
    assert [line.split(":")[1] for line in check("page.md").lines] == ["2"]


def test_settings_by_rule_and_by_path(check) -> None:  # type: ignore[no-untyped-def]
    for name in ("new/a.md", "old/b.md", "old/notes/c.md", "drafts/d.md"):
        page("去海港银行。\n", name)
    Path("bilingual.toml").write_text(
        'exclude = ["drafts"]\n[rules]\ndeprecated-form = "warning"\n[paths."old/*"]\ndeprecated-form = "note"\n'
        '[paths."old/notes"]\ndeprecated-form = false\n',
        encoding="utf-8",
    )
    findings = json.loads(check("--format", "json").out)["findings"]
    assert [(f["path"], f["severity"]) for f in findings] == [("new/a.md", "warning"), ("old/b.md", "note")]
    assert len(check("old/notes/c.md", "--rule", "deprecated-form").lines) == 1  # asked for by name
    assert check("old/notes/c.md", "--rule", "terms").lines == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rule", "deprecated-from", "page.md"], "unknown rule 'deprecated-from'; did you mean 'deprecated-form'?"),
        (["nowhere.md"], "nowhere.md: no such file"),
        (["--glossary", "nowhere.yaml", "page.md"], "nowhere.yaml: no such glossary"),
        (["bad.md"], "bad.md:2: invalid UTF-8"),
        (["empty"], "no pages in empty"),
        (["--since", "HEAD", "page.md"], "no git repository"),
        (["--since", "HEAD", "--staged", "page.md"], "give one of them"),
    ],
)
def test_what_cannot_be_checked(arguments: list[str], message: str, check) -> None:  # type: ignore[no-untyped-def]
    page("One.\n")
    Path("bad.md").write_bytes(b"a\n\xff\n")
    Path("empty").mkdir()
    checked = check(*arguments)
    assert (checked.status, checked.out) == (2, "")
    assert message in checked.err


def test_without_a_glossary_nothing_is_proved(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").unlink()
    page("One.\n")
    checked = check("page.md")
    assert (checked.status, checked.err) == (
        2, "bilingual: no glossary to check by; name one with --glossary, or write glossary.yaml here\n",
    )  # fmt: skip


def test_an_unknown_rule_in_the_settings_is_told(check) -> None:  # type: ignore[no-untyped-def]
    page("One.\n")
    Path("bilingual.toml").write_text('[rules]\nterm-missed = "off"\n', encoding="utf-8")
    checked = check("page.md")
    assert checked.status == 2
    assert "bilingual.toml" in checked.err
    assert "did you mean 'term-missing'?" in checked.err


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


EN = [
    "# Visits in 2023",
    "The Harbour Investment Bank was founded in 1921.",
    "Its garden has 80 trees and a library of 4,000 books.",
    "It is open to students on Saturdays.",
]
ZH = [
    "# 2023年的参观",
    "这家银行成立于1921年。",
    "海港银行的花园有80棵树，还有一座藏书4000册的图书馆。",
    "每周六向学生开放。",
]


def write_pages(en: list[str], zh: list[str]) -> None:
    page("\n\n".join(en) + "\n", "a.en.md")
    page("\n\n".join(zh) + "\n", "a.zh.md")


@pytest.fixture
def repository() -> None:
    git("init", "-b", "main")
    write_pages(EN, ZH)
    git("add", ".")
    git("commit", "-m", "one")


OLD = [
    "a.en.md:3:5: term-missing: the Chinese of this, a.zh.md:3, lacks Harbour Investment Bank; write 港湾投资银行 there",
    "a.zh.md:5:1: deprecated-form: write 港湾投资银行 instead of 海港银行",
    "a.zh.md:5:1: term-missing: the English of this, a.en.md:5, lacks 海港银行; write Harbour Investment Bank there",
]


@pytest.mark.usefixtures("repository")
def test_since_tells_what_a_change_touched(check) -> None:  # type: ignore[no-untyped-def]
    assert check().lines == OLD
    assert check("--since", "HEAD").lines == []
    write_pages([EN[0], "The Harbour Investment Bank was founded in May 1921.", *EN[2:]], ZH)
    assert check("--since", "HEAD").lines == [OLD[0]]
    git("commit", "-am", "two")
    assert check("--since", "HEAD").lines == []
    assert check("--since", "HEAD~1").lines == [OLD[0]]
    page("海港银行\n", "new.md")
    assert [line.split(":")[0] for line in check("--since", "HEAD").lines] == ["new.md"]


@pytest.mark.usefixtures("repository")
def test_since_counts_the_glossary(check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(GLOSSARY.replace("[海港银行, ", "[海港银行, 花园, "), encoding="utf-8")
    assert check("--since", "HEAD", "--rule", "deprecated-form").lines == [
        OLD[1],  # of the entry that has changed
        "a.zh.md:5:6: deprecated-form: write 港湾投资银行 instead of 花园",
    ]


@pytest.mark.usefixtures("repository")
def test_staged_gates_on_what_is_staged(check) -> None:  # type: ignore[no-untyped-def]
    assert check("--staged", "a.en.md", "a.zh.md").lines == OLD  # `pre-commit run --all-files`: all counts
    write_pages([*EN[:3], "It is open to all students on Saturdays."], ZH)
    git("add", "a.en.md")
    assert check("--staged", "a.en.md").lines == []
    write_pages([EN[0], "The Harbour Investment Bank was founded in May 1921.", *EN[2:]], ZH)
    git("add", "a.en.md")
    assert check("--staged", "a.en.md").lines == [OLD[0]]


def test_every_rule_is_documented_and_has_its_module() -> None:
    root = Path(__file__).resolve().parents[1]
    headings = re.findall(r"^## `([\w-]+)`", (root / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(RULES)
    assert not set(GROUPS) & set(RULES)
    for rule in RULES.values():
        assert rule.home == rule.id.replace("-", "_")
        assert (root / "bilingual" / "checks" / f"{rule.home}.py").exists()


def test_list_shows_every_rule(check) -> None:  # type: ignore[no-untyped-def]
    assert [line.split()[0] for line in check("--list").lines] == list(RULES)


def test_a_check_with_findings_loads_nothing_heavy() -> None:
    page("去海港银行。The student council.\n\n学生会。\n")
    heavy = ["numpy", "jieba", "ctranslate2", "sentencepiece", "rapidfuzz", "rich"]
    program = f"import sys; from bilingual.cli import run; run(['check']); print(*(set({heavy}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_the_users_page(shared: Path, check) -> None:  # type: ignore[no-untyped-def]
    Path("glossary.yaml").write_text(
        "terms:\n- {en: Guosen Securities, zh: {preferred: 国信证券, deprecated: [国信证券公司]}}\n"
        "- en: {preferred: Asian Infrastructure Investment Bank, abbreviation: AIIB}\n"
        "  zh: {preferred: 亚洲基础设施投资银行, abbreviation: 亚投行}\n"
        "- en: {preferred: Center for China and Globalization, abbreviation: CCG}\n"
        "  zh: {preferred: 全球化智库, deprecated: [全球化研究中心]}\n",
        encoding="utf-8",
    )
    source = (shared / "seed" / "portfolio-page.md").read_bytes()
    Path("page.md").write_bytes(source)
    lines = check("page.md", "--rule", "deprecated-form").lines
    assert [line.split(":")[1] for line in lines] == ["40", "61", "63", "64"]
    assert check("page.md", "--fix").status == 0
    assert check("page.md").lines == []
    before, after = source.decode().splitlines(), Path("page.md").read_bytes().decode().splitlines()
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b] == [40, 61, 63, 64]


def test_a_comment_that_silences_is_no_text_to_translate() -> None:
    from bilingual.markdown import parse

    text = "# One\n\n<!-- bilingual: ignore deprecated-form -->\n\nTwo.\n\n<!-- Three. -->\n"
    assert [unit.text for unit in parse(text).units] == ["One", "Two.", "Three."]
