"""The views of a page: everything once, in one language, and nothing else touched."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from bilingual.align import align
from bilingual.markdown import parse
from bilingual.model import Lang
from bilingual.translate import View, views


class _Target(NamedTuple):
    text: str
    state: str = "translated"
    reason: str = ""
    origin: str = "fake"
    score: float = 0.0
    terms_missed: tuple[str, ...] = ()


class _Pipeline:
    """Answers from a table; what is not in it is left."""

    def __init__(self, table: dict[str, str]):
        self.table = table

    def translate(self, texts: list[str], _to: Lang, **_: object) -> list[_Target]:
        return [_Target(self.table[t]) if t in self.table else _Target(t, "left", "unknown") for t in texts]


def view(text: str, to: Lang, table: dict[str, str], links: dict[int, tuple[int, ...]] | None = None) -> View:
    page = parse(text, "page.md")
    return views([page], [to], _Pipeline(table), {"page.md": links or {}})[0][to]  # type: ignore[arg-type]


CASES: dict[str, tuple[str, Lang, dict[str, str], dict[int, tuple[int, ...]], str]] = {
    "what has no counterpart is translated in place": (
        "# Hello\r\n\r\n你好。\r\n", "zh", {"Hello": "你好"}, {}, "# 你好\r\n\r\n你好。\r\n",
    ),
    "what has one is read at its place": (
        "# One\n\n# 一\n\nFirst.\n\n第一。\n\nLast.\n", "zh", {"Last.": "最后。"}, {0: (1,), 1: (0,), 2: (3,), 3: (2,)}, "# 一\n\n第一。\n\n最后。\n",
    ),
    "items of a tight list": (
        "- one\n- 一\n- two\n", "zh", {"two": "二"}, {0: (1,), 1: (0,)}, "- 一\n- 二\n",
    ),
    "an item whose counterpart is its second paragraph keeps its marker": (
        "* One thing.\n\n  一件事。\n\n* Two.\n\n  二。\n", "zh", {}, {0: (1,), 1: (0,), 2: (3,), 3: (2,)}, "* 一件事。\n\n* 二。\n",
    ),
    "an item with items under it stays for their sake": (
        "- one\n  - 子项\n\n一\n", "zh", {"one": "一个"}, {0: (2,), 2: (0,)}, "- 一个\n  - 子项\n\n一\n",
    ),
    "a table whose every word stands in another": (
        "| A | B |\n|---|---|\n| 9 | C |\n\n| 甲 | 乙 |\n|---|---|\n| 9 | 丙 |\n\n完。\n", "zh", {}, {0: (4,), 1: (5,), 3: (7,), 4: (0,), 5: (1,), 7: (3,)},
        "| 甲 | 乙 |\n|---|---|\n| 9 | 丙 |\n\n完。\n",
    ),
    "a table that says more than the other": (
        "| A | B |\n|---|---|\n\n| 甲 | 乙 |\n|---|---|\n", "zh", {"A": "戊", "B": "丁"}, {0: (2,), 2: (0,)}, "| 甲 | 丁 |\n|---|---|\n\n| 甲 | 乙 |\n|---|---|\n",
    ),
    "a table of words beside their counterparts": (
        "| English | 中文 |\n|---|---|\n| Hello | 你好 |\n", "en", {"中文": "Chinese", "你好": "Hi"}, {0: (1,), 1: (0,), 2: (3,), 3: (2,)},
        "| English | 中文 |\n|---|---|\n| Hello | 你好 |\n",
    ),
    "an original in a comment comes out of it": (
        "<!--\n## Goals\n-->\n## 目标\n", "en", {}, {0: (1,), 1: (0,)}, "<!--\n## Goals\n-->\n## Goals\n",
    ),
    "comments are not translated": ("<!-- note to self -->\n好。\n", "zh", {}, {}, "<!-- note to self -->\n好。\n"),
    "header values, quotes kept": (
        "---\ntitle: 'It''s'\nalt: Dog # x\ndate: 2024\n---\n", "zh", {"It's": "它'的", "Dog": "狗: 大"}, {}, "---\ntitle: '它''的'\nalt: \"狗: 大\" # x\ndate: 2024\n---\n",
    ),
    "a header key that names its language gives the value": (
        "---\ntitle: Days\ntitle_zh: 日子\n---\n", "zh", {"Days": "天"}, {}, "---\ntitle: 日子\ntitle_zh: 日子\n---\n",
    ),
    "html goes with its tags": (
        "<div>\n<p>One.</p>\n<p>一。</p>\n</div>\n", "zh", {}, {0: (1,), 1: (0,)}, "<div>\n<p>一。</p>\n</div>\n",
    ),
    "quotes": ("> One.\n>\n> 一。\n", "zh", {}, {0: (1,), 1: (0,)}, "> 一。\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_view(name: str) -> None:
    text, to, table, links, expected = CASES[name]
    made = view(text, to, table, links)
    assert made.text == expected
    assert made.left == []


def test_what_cannot_be_translated_is_left_and_told() -> None:
    made = view("Good.\n\nBad.\n", "zh", {"Good.": "好。"})
    assert made.text == "好。\n\nBad.\n"
    assert [(o.start_line, o.reason) for o in made.left] == [(3, "unknown")]


def test_a_target_that_would_change_the_structure_is_not_used() -> None:
    made = view("See [it](u) now.\n\nGood.\n", "zh", {"See ⟦1⟧it⟦/1⟧ now.": "现在看", "Good.": "好。"})
    assert made.text == "See [it](u) now.\n\n好。\n"
    assert [o.reason for o in made.left] == ["the translation would change the page's structure"]


def test_what_two_halves_both_hold_is_read_once() -> None:
    source = (
        "## Install\n\nRun this command in your shell:\n\n```sh\nmake install\n```\n\nThen start the server and wait.\n\n---\n\n"
        "## 安装\n\n在终端里运行这条命令：\n\n```sh\nmake install\n```\n\n然后启动服务器，等待片刻。\n\n---\n"
    )
    page = parse(source, "page.md")
    ((both),) = views([page], ("en", "zh"), _Pipeline({}), {"page.md": align(page).counterparts()})  # type: ignore[arg-type]
    for lang, heading in (("en", "## Install"), ("zh", "## 安装")):
        view = both[lang]
        assert not view.outcomes
        assert view.text.startswith(heading)
        assert view.text.count("make install") == 1
