"""The parser: which blocks and units a page has, and that nothing is lost on the way."""

from __future__ import annotations

import pytest

from bilingual.cli.parse import rewrite
from bilingual.errors import PageError
from bilingual.markdown import decode, parse


def shape(text: str) -> list[tuple[str, int, str, list[str]]]:
    return [(b.kind, b.level, b.lang, [u.text for u in b.units]) for b in parse(text).blocks]


BLOCKS = {
    "heading without its marks": ("## Hello ##\n", [("heading", 2, "en", ["Hello"])]),
    "heading without a space, as people write it": ("##标题\n", [("heading", 2, "zh", ["标题"])]),
    "heading with an attribute list": ("## 开始 {#start}\n", [("heading", 2, "zh", ["开始"])]),
    "setext heading": ("项目\n======\n", [("heading", 1, "zh", ["项目"])]),
    "bold line is a pseudo-heading": ("**1. 国际化**  \n\n正文。\n", [("heading", 7, "zh", ["1. 国际化"]), ("paragraph", 0, "zh", ["正文。"])]),
    "bold within a paragraph is none": ("**Note** this.\n", [("paragraph", 0, "en", ["⟦1⟧Note⟦/1⟧ this."])]),
    "line break splits units": ("**2022**\n<br/>During that year.\n", [("paragraph", 0, "en", ["During that year."])]),
    "two spaces break a line": ("One.  \nTwo.\n", [("paragraph", 0, "en", ["One.", "Two."])]),
    "soft break stays in the unit": ("One\ntwo.\n", [("paragraph", 0, "en", ["One\ntwo."])]),
    "nested list": (
        "- 甲\n  - 乙\n\n    丙\n- [x] done\n",
        [("list-item", 1, "zh", ["甲"]), ("list-item", 2, "zh", ["乙"]), ("paragraph", 2, "zh", ["丙"]), ("list-item", 1, "en", ["done"])],
    ),
    "numbered list after a paragraph": ("Things:\n1. one\n2. two\n", [("paragraph", 0, "en", ["Things:"]), ("list-item", 1, "en", ["one"]), ("list-item", 1, "en", ["two"])]),
    "quote": ("> 引文\n> 第二行\n", [("quote", 1, "zh", ["引文\n第二行"])]),
    "table": (
        "| Name | 说明 |\n|---|---|\n| `x|y` | a \\| b |\n",
        [("table-cell", 1, "en", ["Name"]), ("table-cell", 2, "zh", ["说明"]), ("table-cell", 1, "none", []), ("table-cell", 2, "en", ["a ⟦1⟧ b"])],
    ),
    "code is no text": ("```py\nhello = 1\n```\n    also code\n", [("code", 0, "none", []), ("code", 0, "none", [])]),
    "maths is no text": ("$$\na + b\n$$\n", [("math", 0, "none", [])]),
    "html prose": ("<div>\n<h3>Hi there</h3>\n<p>你好 <b>世界</b></p>\n</div>\n", [("heading", 3, "en", ["Hi there"]), ("html", 0, "zh", ["你好 ⟦1⟧世界⟦/1⟧"])]),
    "script is no text": ("<script>\nvar words = 1;\n</script>\n", [("html", 0, "none", [])]),
    "liquid line": ("{% include base_path %}\n\nText.\n", [("html", 0, "none", []), ("paragraph", 0, "en", ["Text."])]),
    "shortcodes around text": ("{{< note >}}\nMind this.\n{{< /note >}}\n", [("html", 0, "none", []), ("paragraph", 0, "en", ["Mind this."]), ("html", 0, "none", [])]),
    "footnote": ("[^a]: Some words.\n", [("footnote", 0, "en", ["Some words."])]),
    "reference": ("[a]: http://x.y 'T'\n", [("reference", 0, "none", [])]),
    "heading underlined with one dash": ("Photos\n-\nText.\n", [("heading", 2, "en", ["Photos"]), ("paragraph", 0, "en", ["Text."])]),
    "maths set apart within a paragraph": ("Take $a$ in\n$$b$$\nand go on.\n", [("paragraph", 0, "en", ["Take ⟦1⟧ in", "and go on."])]),
    "a LaTeX environment is no text": (
        "设方程\n\\begin{equation}\nx = y\n\\end{equation}\n成立\n",
        [("paragraph", 0, "zh", ["设方程", "成立"])],
    ),
    "an item ends a quote, whatever its number": (
        "3. three\n  > deep\n4. four\n",
        [("list-item", 1, "en", ["three"]), ("quote", 1, "en", ["deep"]), ("list-item", 1, "en", ["four"])],
    ),
    "definition": ("Term\n: What it is.\n", [("paragraph", 0, "en", ["Term"]), ("definition", 0, "en", ["What it is."])]),
    "container fence": (":::warning Mind the gap\nText.\n:::\n", [("html", 0, "en", ["Mind the gap"]), ("paragraph", 0, "en", ["Text."]), ("html", 0, "none", [])]),
    "admonition": ('!!! note "小心"\n    内容。\n', [("html", 0, "zh", ["小心"]), ("paragraph", 0, "zh", ["内容。"])]),
    "kana is neither language": ("これは日本語です。\n", [("paragraph", 0, "none", ["これは日本語です。"])]),
    "a name within a Chinese sentence": ("使用 React Router 开发\n", [("paragraph", 0, "zh", ["使用 React Router 开发"])]),
    "both languages in one paragraph": (
        "我们去了博物馆，很有意思。 We went to the museum and it was very nice.\n",
        [("paragraph", 0, "mixed", ["我们去了博物馆，很有意思。 We went to the museum and it was very nice."])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name: str) -> None:
    text, expected = BLOCKS[name]
    assert shape(text) == expected
    assert rewrite(parse(text)) == text


def test_text_in_comments_is_parsed_and_marked() -> None:
    page = parse("<!--\n## Objectives\n-->\n## 教程目标\n")
    assert [(b.kind, b.lang, b.in_comment) for b in page.blocks] == [("heading", "en", True), ("heading", "zh", False)]


def test_a_commented_header_may_come_before_the_real_one() -> None:
    page = parse("<!--\n---\ntitle: Secrets\n---\n-->\n---\ntitle: 机密\n---\n正文\n")
    assert page.header == {"title": "机密"}
    assert [(b.kind, b.in_comment, [u.text for u in b.units]) for b in page.blocks] == [
        ("front-matter", True, ["Secrets"]), ("front-matter", False, ["机密"]), ("paragraph", False, ["正文"]),
    ]  # fmt: skip


def test_header_values_keep_their_quotes_and_markup() -> None:
    text = (
        "---\ntitle: \"A \\\"big\\\" day\" # note\nexcerpt: 'It''s <br/><img src=''/a.png''>'\nheader:\n  caption: Photo by me\n"
        "date: 2024-01-01\ntags: [title, x]\n---\n"
    )
    page = parse(text)
    assert [(u.key, u.form, u.text) for u in page.units] == [
        ("title", "yaml-double", 'A "big" day'), ("excerpt", "yaml-single", "It's"), ("header.caption", "yaml-plain", "Photo by me"),
    ]  # fmt: skip
    assert rewrite(page) == text


def test_sections_know_their_heading() -> None:
    page = parse("a\n\n# One\n\nb\n\n**Two**\n\nc\n\n# Three\n")
    assert [block.section for block in page.blocks] == [-1, -1, 1, 1, 3, -1]


def test_language_attributes_are_hints() -> None:
    page = parse('<div lang="zh-CN">\n\nGitHub\n\n</div>\n\nGitHub\n')
    assert [b.lang_hint for b in page.blocks if b.units] == ["zh", None]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"---\ntitle: x\n\ntext\n", "never closed"),
        (b"---\n- a\n- b\n---\ntext\n", "no mapping"),
        (b"caf\xe9 au lait\n", "byte 3"),
        ("中文".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\xff", "binary"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PageError, match=message):
        parse(data, "page.md")


def test_a_broken_header_is_kept_as_it_is() -> None:
    text = "---\ntitle: a: b: c\n\tbad\n---\nText.\n"
    page = parse(text)
    assert page.header == {}
    assert [b.kind for b in page.blocks] == ["front-matter", "paragraph"]
    assert rewrite(page) == text


def test_bytes_and_columns_count_what_they_say() -> None:
    page = parse("\ufeff标题 title\n\n正文 😀 end\n".encode(), "p.md")
    unit = page.units[-1]
    assert (
        page.text[unit.start : unit.end].encode()
        == page.text.encode()[page.byte_offset(unit.start) : page.byte_offset(unit.end)]
    )
    assert (page.line(unit.start), page.column(unit.end)) == (3, 9)
    assert decode(page.text.encode()) == page.text


def test_every_page_of_the_evaluation_sets_comes_back_whole(shared: object) -> None:
    from pathlib import Path

    pages = [p for p in Path(str(shared)).rglob("*.md") if p.parent.name != "notes"]
    differing = [p for p in pages if rewrite(parse(p.read_bytes(), str(p))).encode() != p.read_bytes()]
    assert len(pages) > 100
    assert differing == []
