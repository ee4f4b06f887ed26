"""Layouts: what a reader of both languages finds on the page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest

from bilingual.job import translate_files
from bilingual.layouts import Row, load
from bilingual.markdown import parse
from bilingual.passages import passages
from bilingual.pipeline import Pipeline
from bilingual.sources import Options
from bilingual.testing import FakeEngine

TITLES = {"en": "A title", "zh": "一个标题"}


def side_by_side(
    *rows: Row, titles: dict[str, str] = TITLES, header: str = "---\ntitle: A title\n---", **more: object
) -> str:
    return load("side-by-side").render(rows, titles=titles, header=header, **{"note": None, **more})  # type: ignore[arg-type]


def parallel(*rows: Row, titles: dict[str, str] = TITLES, header: str = "", **more: object) -> str:
    return load("parallel").render(rows, titles=titles, header=header, **{"note": None, **more})  # type: ignore[arg-type]


class Tree(HTMLParser):
    """Reads an HTML page: ids, links, headings, what is open where; fails on tags that do not fit."""

    VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})

    def __init__(self, html: str):
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.said: list[tuple[str | None, str]] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append((tag, values.get("lang") or (self.open[-1][1] if self.open else None)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] != "style":
            self.said.append((self.open[-1][1], data.strip()))

    def language_of(self, text: str) -> str | None:
        return next(lang for lang, said in self.said if text in said)


def body(html: str) -> str:
    return html[html.index("<main") : html.index("</main>") + 7]


class TestSideBySide:
    def test_each_text_is_marked_with_its_language(self) -> None:
        tree = Tree(side_by_side(Row("Hello **you**.", "**你**好。", "paragraph")))
        assert tree.language_of("Hello") == "en"
        assert tree.language_of("好。") == "zh-Hans"
        assert tree.language_of("A title") == "en"

    def test_the_page_needs_nothing_from_elsewhere(self) -> None:
        html = side_by_side(Row("One", "一", "paragraph"))
        assert not re.search(r"<script|<link|@import|url\(|https?://", html)

    def test_a_heading_stands_in_the_outline_once_and_no_level_is_left_out(self) -> None:
        rows = [
            Row("# Part", "# 部分", "heading", 1),
            Row("#### Deep", "#### 深", "heading", 4),
            Row("**Bold line**", "**粗体行**", "heading", 7),
            Row("# Next", "# 下一部分", "heading", 1),
        ]
        assert Tree(side_by_side(*rows)).headings == [1, 2, 3, 4, 2]

    def test_the_heading_a_page_begins_with_is_its_title_where_the_header_has_none(self) -> None:
        html = side_by_side(
            Row("# Real title", "# 真标题", "heading", 1), titles={"en": "page", "zh": "page"}, header=""
        )
        assert "<title>Real title · 真标题</title>" in html
        assert Tree(html).headings == [1]

    def test_a_title_of_the_header_is_not_said_again(self) -> None:
        assert Tree(side_by_side(Row("# A title", "# 一个标题", "heading", 1))).headings == [1]

    def test_ids_stand_once_and_links_find_them_in_their_own_language(self) -> None:
        html = side_by_side(
            Row("## Why it works", "## 为什么可行", "heading", 2),
            Row("## Why it works", "## 为什么可行", "heading", 2),
            Row("See [above](#why-it-works).", "见[上文](#为什么可行)。", "paragraph"),
            Row(
                '<span id="x">X</span> and <a href="#x">back</a>',
                '<span id="x">某</span>，<a href="#x">返回</a>',
                "paragraph",
            ),
        )
        tree = Tree(html)
        assert max(Counter(tree.ids).values()) == 1
        assert {link[1:] for link in tree.links} <= set(tree.ids)
        assert "#en-why-it-works" in tree.links
        assert "#zh-why-it-works" in tree.links

    def test_an_id_that_an_author_gave_is_kept_and_not_shown(self) -> None:
        html = side_by_side(
            Row("## Work {#jobs}", "## 工作 {#jobs}", "heading", 2), Row("[Go](#jobs)", "[去](#jobs)", "paragraph")
        )
        assert "{#" not in html
        assert {"#en-jobs", "#zh-jobs"} <= set(Tree(html).links)

    def test_items_are_one_real_list_and_know_their_line(self) -> None:
        html = body(side_by_side(Row("- one\n- two\n  - deep", "- 一\n- 二\n  - 深", "list")))
        tree = Tree(html)
        assert (tree.tags["ul"], tree.tags["li"]) == (4, 6)
        assert html.count("--i:1") == html.count("--i:2") == 2
        assert "--n:2" in html

    def test_lists_of_different_length_are_not_lined_up(self) -> None:
        assert "--n:" not in body(side_by_side(Row("- one\n- two", "- 一", "list")))

    def test_tables_footnotes_tasks_strikethrough_and_references_are_rendered(self) -> None:
        html = side_by_side(
            Row("| A | B |\n|---|---|\n| 1 | ~~2~~ |", "| 甲 | 乙 |\n|---|---|\n| 1 | ~~2~~ |", "table"),
            Row("- [x] done", "- [x] 完成", "list"),
            Row("Fact[^a] and [site][s].", "事实[^a]，[网站][s]。", "paragraph"),
            Row("[^a]: Proof.", "[^a]: 证据。", "footnote"),
            Row("[s]: https://example.org", "[s]: https://example.org", "reference", shared=True),
        )
        tree = Tree(html)
        assert tree.tags["table"] == tree.tags["del"] == 2
        assert tree.links.count("https://example.org") == 2
        assert {link[1:] for link in tree.links if link[0] == "#"} <= set(tree.ids)
        assert tree.language_of("Proof.") == "en"
        assert tree.language_of("证据。") == "zh-Hans"
        assert html.index("证据") > html.index("</main>")

    def test_what_both_share_stands_once(self) -> None:
        code = "```python\nprint('{% raw %}', '{: .x}')\n```"
        html = side_by_side(
            Row(code, code, "code", shared=True),
            Row("![A photo](p.png)\n*At the end*", "![照片](p.png)\n*结束时*", "paragraph"),
        )
        assert Tree(html).tags["pre"] == Tree(html).tags["img"] == 1
        assert "{% raw %}" in html
        assert "{: .x}" in html
        assert 'alt="A photo · 照片"' in html
        assert Tree(html).language_of("结束时") == "zh-Hans"

    @pytest.mark.parametrize(
        ("source", "shown"),
        [
            ("A line.\n{: .lead}", "<p>A line.</p>"),
            ('[Site](/a){:target="_blank"}', '<a href="/a">Site</a>'),
            ("[Site]({{ site.baseurl }}/a)", '<a href="/a">Site</a>'),
            ("![P]({{ '/i.png' | relative_url }})", 'src="/i.png"'),
            ('Before {% include x.html a="b" %} after', "<p>Before  after</p>"),
            ('{{< figure src="/i.png" alt="P" >}}', 'src="/i.png"'),
            ("`{% keep %}`", "<code>{% keep %}</code>"),
            ("<br/>\nText with *stress*.", "<p>Text with <em>stress</em>.</p>"),
            ('<div class="x" markdown="1">\n*in* a box\n</div>', "<em>in</em>"),
            ("> [!NOTE]\n> Mind.", "<strong>Note</strong>"),
            ("::: tip Title\nMind.\n:::", "<strong>Title</strong>"),
            ('!!! warning "Stop"\n    Mind.', "<p>Mind.</p>"),
            ("<b>raw</b> & <i>kept</i>", "<b>raw</b> &amp; <i>kept</i>"),
            ("$a<b$", "a&lt;b"),
            ("她说**真。**她笑了", "她说<strong>真。</strong>她笑了"),
            ("2 ** 3 ** 4", "2 ** 3 ** 4"),
            ("Put <your name> here", "&lt;your name&gt;"),
            ("## Use `x` {#use-x}", "Use <code>x</code>"),
            ("[a]({{ page.unknown }}) b", "b</p>"),
            ("<div>\n<http://localhost:4000/>\n</div>", '<a href="http://localhost:4000/">'),
        ],
    )
    def test_markup_of_site_generators_is_resolved_or_left_out(self, source: str, shown: str) -> None:
        html = body(side_by_side(Row(source, "译文", "paragraph")))
        assert shown in html
        assert not re.search(r"\{:|\{%|:::|!!!|\[!", html.replace("{% keep %}", ""))

    def test_an_authors_slip_in_html_ends_with_its_row(self) -> None:
        html = side_by_side(
            Row('<div align="center">\n\nNever <b>closed', "</div>没有打开</b>", "html"),
            Row("After", "之后", "paragraph"),
        )
        assert Tree(html).language_of("After") == "en"

    def test_blocks_of_code_of_site_generators_are_code(self) -> None:
        liquid = "{% highlight python %}\nprint('{{ x }}')\n{% endhighlight %}"
        hugo = "{{< text bash >}}\n$ cat <x>\n{{< /text >}}"
        html = body(side_by_side(*(Row(text, text, "code", shared=True) for text in (liquid, hugo))))
        assert "<code class=\"language-python\">print('{{ x }}')" in html
        assert "$ cat &lt;x&gt;" in html
        assert "highlight" not in html
        assert "/text" not in html

    def test_liquid_alone_is_no_row(self) -> None:
        assert "row" not in body(
            side_by_side(Row("{% include nav.html %}", "{% include nav.html %}", "html", shared=True))
        )

    def test_chinese_lines_are_joined_without_a_space_and_links_end_before_chinese(self) -> None:
        html = body(side_by_side(Row("x", "第一行\n第二行，见https://example.org/a，完。", "paragraph")))
        assert "第一行第二行" in html
        assert 'href="https://example.org/a"' in html

    def test_lines_of_chinese_code_stay_lines(self) -> None:
        html = body(
            side_by_side(Row("x", "- 看\n\n  ```\n  第一行\n  第二行\n  ```\n\n<pre>\n第三行\n第四行\n</pre>", "list"))
        )
        assert "第一行\n第二行" in html
        assert "第三行\n第四行" in html

    def test_latin_script_that_is_stressed_within_chinese_is_no_chinese(self) -> None:
        tree = Tree(body(side_by_side(Row("x", "一个*slow*的*早晨*。", "paragraph"))))
        assert tree.language_of("slow") == "en"
        assert tree.language_of("早晨") == "zh-Hans"

    def test_titles_and_alts_are_escaped(self) -> None:
        html = side_by_side(
            Row('![a "b" <c>](p.png)', "![甲'乙](p.png)", "paragraph"), titles={"en": "A <b> & c", "zh": "甲"}
        )
        assert "<title>A &lt;b&gt; &amp; c · 甲</title>" in html
        Tree(html)

    def test_what_a_machine_wrote_is_marked_and_the_note_stands_at_the_foot(self) -> None:
        html = side_by_side(Row("One", "一", "paragraph", machine=frozenset({"zh"})), note={"zh": "机器翻译。"})
        assert re.search(r'<div lang="zh-Hans" class="machine"><p>一', html)
        assert not re.search(r'<div lang="en" class="machine"><p>One', html)
        assert html.index("机器翻译。") > html.index("<footer>")

    def test_a_text_without_counterpart_keeps_its_side(self) -> None:
        tree = Tree(body(side_by_side(Row("Only here", "", "paragraph"))))
        assert [lang for lang, _ in tree.said] == ["en"]

    def test_no_rows_make_a_page(self) -> None:
        Tree(side_by_side())


class TestParallel:
    def test_each_text_stands_under_its_counterpart(self) -> None:
        text = parallel(
            Row("## One", "## 一", "heading", 2),
            Row("Hello.", "你好。", "paragraph"),
            header="---\ntitle: A title\n---\n",
        )
        assert text == "---\ntitle: A title\n---\n\n**一个标题**\n\n## One\n\n## 一\n\nHello.\n\n你好。\n"

    def test_what_both_share_stands_once(self) -> None:
        assert parallel(Row("---", "---", "break", shared=True)) == "---\n"

    def test_an_image_stands_once_with_both_texts(self) -> None:
        assert parallel(Row("![Photo](p.png)", "![照片](p.png)", "paragraph")) == "![Photo · 照片](p.png)\n"

    def test_items_have_their_counterpart_under_them(self) -> None:
        text = parallel(Row("1. one\n2. two\n   - deep\n10. ten", "1. 一\n2. 二\n   - 深\n10. 十", "list"))
        assert [(b.kind, b.level, b.units[0].text) for b in parse(text).blocks] == [
            ("list-item", 1, "one"), ("paragraph", 1, "一"), ("list-item", 1, "two"), ("paragraph", 1, "二"),
            ("list-item", 2, "deep"), ("paragraph", 2, "深"), ("list-item", 1, "ten"), ("paragraph", 1, "十"),
        ]  # fmt: skip
        assert mistune.html(text).count("<ol") == 1

    def test_lists_built_differently_stay_two_lists(self) -> None:
        html = str(mistune.html(parallel(Row("- a\n- b", "- 甲", "list"), Row("- c", "- 丙", "list"))))
        assert html.count("<ul>") == 3
        assert html.count("<li>") == 4

    def test_tables_stay_tables(self) -> None:
        text = parallel(Row("| A |\n|---|\n| 1 |", "| 甲 |\n|---|\n| 1 |", "table"))
        assert str(mistune.html(text)).count("<table>") == 2

    def test_footnotes_and_ids_of_the_two_languages_do_not_meet(self) -> None:
        text = parallel(
            Row("## A {#a}", "## 甲 {#a}", "heading", 2),
            Row("Fact[^1], `[^1]`.", "事实[^1]，`[^1]`。", "paragraph"),
            Row("[^1]: Proof.", "[^1]: 证据。", "footnote"),
        )
        assert "## 甲 {#a-zh}" in text
        assert "事实[^1-zh]，`[^1]`。" in text
        assert "[^1-zh]: 证据。" in text

    def test_line_endings_are_the_pages(self) -> None:
        text = parallel(Row("a", "甲", "paragraph"), header="---\r\ntitle: A title\r\n---\r\n")
        assert text.count("\n") == text.count("\r\n")


class TestPassages:
    @pytest.mark.parametrize(
        ("source", "kinds"),
        [
            ("A\n- b\n- c\n\n  d\n\n- e\n\nF", ["paragraph", "list", "paragraph"]),
            ("> a\n>\n> - b\n\n> c", ["quote", "quote"]),
            ("| A |\n|---|\n| 1 |\n\n| B |\n|---|\n| 2 |", ["table", "table"]),
            ("<details>\n<summary>More</summary>\n\nText\n\n- item\n\n</details>\n\nAfter", ["html", "paragraph"]),
            ("<div>\n\nNever closed\n\nAfter", ["html", "paragraph", "paragraph"]),
            ("::: tip\n\nA\n\nB\n\n:::", ["html"]),
            ("{% if x %}\n\nA\n\n{% endif %}\n\nB", ["html", "paragraph"]),
            ("A\n{: .x}\n\n<!-- not\n\nshown -->\n\nB", ["paragraph", "paragraph"]),
            ("- a\n\n  ```\n  x\n\n  y\n  ```\n- b", ["list"]),
            ("[^1]: Note.\n\n    More.\n\nText", ["footnote", "paragraph"]),
            ("Term\n: One\n: Two", ["paragraph"]),
            ("<p>\nOne\n</p>\n<p>Two</p>\n\n<p>Three</p>", ["html", "html"]),
            ("", []),
        ],
    )
    def test_a_passage_closes_what_it_opens(self, source: str, kinds: list[str]) -> None:
        assert [passage.kind for passage in passages(parse(source))] == kinds

    def test_nothing_shown_is_lost(self) -> None:
        source = "---\ntitle: x\n---\n<center>\n\n# A\n</center>\ntail\n\n> q\n\n<hr>\n\n* * *\n- a\n"
        page = parse(source)
        text = "".join(page.text[slice(*passage.span(page))] for passage in passages(page))
        assert "".join(text.split()) == "".join(source.split("---\n")[2].split())


PAGE = """---
title: "A day"
---
<br/>
We visited [the bank](../bank.md), which has **102** members.

我们访问了银行。它有**102**个成员。

- First
- Second

![Photo](p.png)
"""


@pytest.mark.parametrize("layout", ["parallel", "side-by-side"])
def test_a_page_from_file_to_file(layout: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "day.md").write_text(PAGE, encoding="utf-8")
    engine = FakeEngine(
        {"First": "第一", "Second": "第二", "A day": "一天", "Photo": "照片"}, default=lambda text: text
    )
    options = Options(layout=layout, out=tmp_path / "out" / "deep")  # type: ignore[arg-type]
    (result,) = translate_files([tmp_path / "in" / "day.md"], options, lambda: Pipeline(engine))
    text = result.path.read_text(encoding="utf-8")
    assert text.count("第一") == text.count("第二") == 1
    assert "../../in/p.png" in text
    assert text.count("p.png") == 1
    assert "../../bank.md" in text
    assert text.count("102") == 2
    if layout == "side-by-side":
        Tree(text)


def test_what_stays_untranslated_stands_on_its_own_side(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("你好吗？\n\n**再见。**\n", encoding="utf-8")
    engine = FakeEngine({"你好吗？": "How are you?"}, default=lambda text: text)
    options = Options(layout="side-by-side", out=tmp_path / "out")
    (result,) = translate_files([tmp_path / "page.md"], options, lambda: Pipeline(engine))
    assert result.left == 1
    said = Tree(body(result.text)).said
    assert ("en", "How are you?") in said
    assert [lang for lang, text in said if text == "再见。"] == ["zh-Hans"]


EN = """---
title: Two files
---
# Intro

Hello, 3 friends.

- one
- two

| A | B |
|---|---|
| x | y |

The weather was fine all week.

```sh
ls  # list
```

- `ref` to **value**
"""
ZH = """---
title: 两个文件
---
# 简介

你好，3位朋友。

请在两天之前报名。

- 一
- 二

| 甲 | 乙 |
|---|---|
| 子 | 丑 |

```sh
ls  # 列出
```

- `ref` to **value**
"""


@pytest.mark.parametrize("layout", ["parallel", "side-by-side"])
def test_two_files_of_one_page_are_laid_out_as_one(layout: str, tmp_path: Path) -> None:
    paths = [tmp_path / "day.zh.md", tmp_path / "day.en.md"]
    paths[0].write_text(ZH, encoding="utf-8")
    paths[1].write_text(EN, encoding="utf-8")
    engine = FakeEngine(
        {
            "The weather was fine all week.": "整个星期天气都很好。",
            "请在两天之前报名。": "Please sign up two days before.",
        },
        default=lambda text: text,
    )
    (result,) = translate_files(paths, Options(layout=layout, out=tmp_path / "out"), lambda: Pipeline(engine))  # type: ignore[arg-type]
    assert sorted(engine.asked) == ["The weather was fine all week.", "请在两天之前报名。"]
    assert result.path.name == ("day.parallel.md" if layout == "parallel" else "day.side-by-side.html")
    places = [
        result.text.rindex(text)
        for text in ("Intro", "简介", "3 friends", "3位朋友", "Please sign up two days before.", "请在两天之前报名。", "one", "一", "The weather was fine all week.", "整个星期天气都很好。", "# list", "# 列出")
    ]  # fmt: skip
    assert places == sorted(places)
    for text in ("one", "一", "甲", "y", "# list", "# 列出", "整个星期天气都很好。"):
        assert len(re.findall(rf"\b{re.escape(text)}|(?<=\s){re.escape(text)}", result.text.split("<main")[-1])) == 1
    assert result.text.count("value") == 1
    if layout == "side-by-side":
        assert "<title>Two files · 两个文件</title>" in result.text
        Tree(result.text)


def test_half_of_a_page_is_laid_out_with_the_other(tmp_path: Path) -> None:
    (tmp_path / "day.en.md").write_text("Hello.\n", encoding="utf-8")
    (tmp_path / "day.zh.md").write_text("你好。\n", encoding="utf-8")
    engine = FakeEngine({"Hello.": "您好。"})
    options = Options(layout="parallel", out=tmp_path / "out")
    (result,) = translate_files([tmp_path / "day.en.md"], options, lambda: Pipeline(engine))
    assert result.text == "Hello.\n\n你好。\n"


def test_the_rule_between_two_halves_is_in_no_row(tmp_path: Path) -> None:
    halves = "# Cats\n\nCats sleep 16 hours.\n\nThey like fish.\n\n---\n\n# 猫\n\n猫睡16个小时。\n\n它们喜欢鱼。\n"
    (tmp_path / "page.md").write_text(halves, encoding="utf-8")
    options = Options(layout="side-by-side", out=tmp_path / "out")
    (result,) = translate_files([tmp_path / "page.md"], options, lambda: Pipeline(FakeEngine()))
    assert "<hr" not in result.text
    assert Tree(result.text).headings == [1]
    assert "<title>Cats · 猫</title>" in result.text
