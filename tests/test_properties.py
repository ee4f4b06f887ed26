"""What holds for every page, tried on pages that are made up: well-formed Markdown, and rows of signs."""

from __future__ import annotations

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from bilingual.cli.parse import rewrite
from bilingual.errors import PageError
from bilingual.inline import restore
from bilingual.markdown import parse
from bilingual.markdown.outline import outline
from bilingual.merge import Edit, apply, prove
from bilingual.model import Page
from bilingual.pipeline import Pipeline
from bilingual.testing import WordEngine
from bilingual.text import SYMBOL
from bilingual.translate import views

tried = settings(max_examples=120, deadline=None, derandomize=True)

_WORDS = [
    "we",
    "visited",
    "the",
    "bank",
    "in",
    "2023",
    "我们",
    "参观了",
    "银行",
    "，",
    "。",
    "40+",
    "five",
    "五个",
    "GPT-4",
]
_MARKUP = [
    "*so*", "**很好**", "`make all`", "[the report](http://x.y/a_(b))", "![图](i.png)", "$a < b$", "<b>bold</b>", "<br/>",
    "{{ site.url }}", "a@b.org", "https://x.y/z", "&amp;", "[^1]", "~~old~~", "[only](some words)", "**真。**她", "2 * 3",
    "__x: __y", r"\*", "⟦1⟧", "⟦/2⟧", '"quoted"', "（注）", "snake_case", "😀", "\u3000",
]  # fmt: skip
words = st.lists(st.sampled_from([*_WORDS, *_MARKUP]), min_size=1, max_size=12)
line = st.builds(lambda parts, glue: glue.join(parts), words, st.sampled_from([" ", " ", ""]))
blocks = st.one_of(
    line,
    line.map("## {}".format),
    line.map("**{}**".format),
    st.lists(line, min_size=1, max_size=3).map("\n".join),
    st.lists(line, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {text}" for text in lines)),
    st.lists(line, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{n}. {text}" for n, text in enumerate(lines, 1))
    ),
    st.tuples(line, line).map(lambda pair: f"- {pair[0]}\n  - {pair[1]}\n\n    {pair[0]}"),
    st.lists(line, min_size=1, max_size=2).map(lambda lines: "\n".join(f"> {text}" for text in lines)),
    st.tuples(line, line).map(
        lambda cells: "| {} | {} |\n|---|---|\n| x | 说明 |".format(*(c.replace("|", "") for c in cells))
    ),
    line.map("```\n{}\n```".format),
    line.map("<div>\n<p>{}</p>\n</div>".format),
    line.map("<!-- {} -->".format),
    line.map("[^1]: {}".format),
    st.just("---"),
)
header = st.sampled_from(
    [
        "",
        "",
        "---\ntitle: We visited the bank\ntags: [a, b]\n---\n",
        "---\ntitle: 'It''s 银行'\nexcerpt: \"a \\\"b\\\" <br/>\n  c\"\n---\n",
    ]
)
newline = st.sampled_from(["\n", "\n", "\r\n"])
pages = st.builds(
    lambda head, parts, gap, end, new: (head + gap.join(parts) + end).replace("\n", new),
    header, st.lists(blocks, max_size=6), st.sampled_from(["\n\n", "\n", "\n\n\n"]), st.sampled_from(["", "\n"]), newline,
)  # fmt: skip
signs = st.text(st.sampled_from("ab 你\n\t\r*_`~[]()!<>#-+=|:$\\{}%&\"'/.1⟦⟧［］\ufeff\u2028"), max_size=80)


def parsed(text: str) -> Page:
    """A page; one that is refused, for a header that is none, is no case."""
    try:
        return parse(text, "page.md")
    except PageError:
        reject()


@tried
@given(st.one_of(pages, signs))
def test_every_page_comes_back_whole(text: str) -> None:
    assert rewrite(parsed(text)) == text


@tried
@given(pages)
def test_only_units_are_wrapped(text: str) -> None:
    page = parsed(text)
    wrapped = rewrite(page, "［", "］")
    assert wrapped.replace("［", "").replace("］", "") == text
    assert wrapped.count("［") == len(page.units)
    assert all(unit.start < unit.end for unit in page.units)
    assert all(one.end <= other.start for one, other in zip(page.units, page.units[1:], strict=False))


@tried
@given(pages)
def test_putting_every_unit_back_is_a_proved_edit(text: str) -> None:
    page = parsed(text)
    edits = [Edit(unit.start, unit.end, restore(unit, unit.text), n) for n, unit in enumerate(page.units)]
    assert apply(text, edits) == text
    assert prove(text, [], edits) == (edits, [])


@tried
@given(pages)
def test_a_view_changes_words_and_nothing_else(text: str) -> None:
    page = parsed(text)
    found = views([page], ["en", "zh"], Pipeline(WordEngine()), {})[0]
    for lang, view in found.items():
        again = parse(view.text, "page.md")
        assert outline(view.text) == outline(text)
        assert list(again.header) == list(page.header)
        assert [(b.kind, b.level, b.marker) for b in again.blocks] == [(b.kind, b.level, b.marker) for b in page.blocks]
        assert len(view.outcomes) >= len(view.edits)
        assert all(outcome.reason for outcome in view.left)
        for outcome in view.outcomes:
            assert sorted(SYMBOL.findall(outcome.source)) == sorted(SYMBOL.findall(outcome.target))
        if not view.outcomes:
            assert view.text == text
        if "\r\n" in text:
            assert "\n" not in view.text.replace("\r\n", "")
        assert lang in ("en", "zh")
