"""Inline codes: markup leaves the text and comes back, whatever the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.cli.parse import rewrite
from bilingual.errors import PageError
from bilingual.inline import restore, source_offset
from bilingual.markdown import parse
from bilingual.model import Unit

ENCODED = {
    "emphasis and code": ("a *b* **c** `d`", "a ⟦1⟧b⟦/1⟧ ⟦2⟧c⟦/2⟧ ⟦3⟧"),
    "emphasis that is none stays as it is": ("__Deep: __My work", "⟦1⟧Deep: ⟦2⟧My work"),
    "asterisk as a sign": ("5 * 3 apples", "5 ⟦1⟧ 3 apples"),
    "underscore inside a word is text": ("the snake_case name", "the snake_case name"),
    "link around all of the unit stays outside": ("[A page](http://x.y)", "A page"),
    "link in a sentence": ("See [the page](<a b> 'T') now", "See ⟦1⟧the page⟦/1⟧ now"),
    "what only looks like a link": (
        "at [Meituan](A Tech Company) today",
        "at ⟦1⟧Meituan⟦/1⟧⟦2⟧A Tech Company⟦/2⟧ today",
    ),
    "image text is text": ("see ![a dog](d.png) here", "see ⟦1⟧a dog⟦/1⟧ here"),
    "alt attribute": ("see <img src='d.png' alt='a dog'> here", "see ⟦1⟧a dog⟦/1⟧ here"),
    "bare address": ("go to https://x.y/a_(b)。好", "go to ⟦1⟧。好"),
    "e-mail": ("write to me@x.org please", "write to ⟦1⟧ please"),
    "e-mail after Chinese": ("邮箱me@x.org。", "邮箱⟦1⟧。"),
    "maths": ("when $a < b$ holds, pay $5 or $10", "when ⟦1⟧ holds, pay $5 or $10"),
    "maths closed with a space": ("取 $a < b $ 时成立", "取 ⟦1⟧ 时成立"),
    "a LaTeX environment": (r"see \begin{x}a\end{x} here", "see ⟦1⟧ here"),
    "an environment without an end": (r"see \begin{x} here", r"see \begin{x} here"),
    "liquid": ("at {{ site.url }} now", "at ⟦1⟧ now"),
    "entity": ("R&amp;D team", "R⟦1⟧D team"),
    "tags with nothing in them stay outside": ('<a id="top"></a> Up <i class="x"></i>', "Up"),
    "code as a tag": ("press <kbd>Ctrl</kbd> or <code>make <b>x</b></code> here", "press ⟦1⟧ or ⟦2⟧ here"),
    "tags": ("a <b>bold</b> <kbd>x", "a ⟦1⟧bold⟦/1⟧ ⟦2⟧x"),
    "crossing markup comes apart": ("*a _b* c_ d", "⟦1⟧a ⟦2⟧b⟦/1⟧ c⟦3⟧ d"),
    "symbols of our own": ("the sign ⟦1⟧ here", "the sign ⟦1⟧1⟦2⟧ here"),
    "footnote mark": ("as said[^1] before", "as said⟦1⟧ before"),
    "escape": (r"a \* b", "a ⟦1⟧ b"),
    "nested": ("x **[y](z) *w*** v", "x ⟦1⟧⟦2⟧y⟦/2⟧ ⟦3⟧w⟦/3⟧⟦/1⟧ v"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_markup_becomes_inline_codes(name: str) -> None:
    source, expected = ENCODED[name]
    (unit,) = parse(source + "\n").units
    assert unit.text == expected
    assert restore(unit, unit.text) == source[unit.start : unit.end]


def unit_of(source: str) -> Unit:
    return parse(source + "\n").units[0]


def test_new_words_go_where_the_codes_say() -> None:
    unit = unit_of("I met *Li* at [CCG](http://c.cn).")
    assert restore(unit, "我在⟦2⟧全球化智库⟦/2⟧遇见⟦1⟧李⟦/1⟧。") == "我在[全球化智库](http://c.cn)遇见*李*。"


def test_new_words_never_become_markup() -> None:
    assert restore(unit_of("Plain words"), "a*b*c <b>d") == r"a\*b\*c &lt;b>d"


def test_what_is_no_link_never_becomes_one() -> None:
    unit = unit_of("at [Meituan](A Tech Company) today")
    text = restore(unit, "今天在⟦1⟧美团⟦/1⟧⟦2⟧科技公司⟦/2⟧")
    assert "link" not in str(__import__("mistune").create_markdown(renderer=None)(text))


def test_unknown_codes_are_an_error() -> None:
    with pytest.raises(ValueError, match="no inline code 2"):
        restore(unit_of("a *b* c"), "⟦2⟧")


def test_offsets_lead_back_to_the_page() -> None:
    source = "> see *the\n> dog* run"
    unit = unit_of(source)
    for word in ("see", "the", "dog", "run"):
        at = source_offset(unit, unit.text.index(word))
        assert source[at : at + 3] == word


@pytest.mark.parametrize("text", ["a`  \n`", "run `cat a   \n b` now", "see <!-- one  \ntwo --> this"])
def test_two_spaces_before_a_lines_end_break_no_code(text: str) -> None:
    page = parse(text)
    assert [len(block.units) for block in page.blocks] == [1]
    assert rewrite(page) == text


PIECES = st.sampled_from(
    ["a", "word ", "你好", "。", "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "](u)", "![", "<", ">", "<b>", "</b>", "<br>", "<div>",
     "</div>", "<!--", "-->", "&amp;", "\\", "$", "$$", "{{", "}}", "{%", "%}", "~~", "⟦", "⟧", "⟦1⟧", "|", "---", "- ", "1. ", "# ", "> ",
     "    ", "\t", "\n", "\n\n", "\r\n", "```\n", ":::", ": ", "[^1]", "[^1]: ", "http://x.y/z", "a@b.co", "\ufeff", "\0", "😀", "title: x\n",
     "'", '"', "''", "+++\n", "!!! note\n", "<script>", "日本の", "　"]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=600, deadline=None)
@given(PAGES)
def test_any_page_comes_back_byte_for_byte(text: str) -> None:
    try:
        page = parse(text)
    except PageError:  # a header that is refused
        return
    assert rewrite(page) == text
    ends = [0]
    for block in page.blocks:
        assert ends[-1] <= block.start <= block.end
        assert all(block.start <= unit.start < unit.end <= block.end for unit in block.units)
        ends.append(block.end)
    wrapped = rewrite(page, "［", "］")
    assert re.sub("[［］]", "", wrapped) == text


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("see [the page] here", "见⟦1⟧这一页⟦/1⟧", "见[这一页][the page]"),
        ("see [the *page*][] here", "见⟦1⟧这⟦2⟧页⟦/2⟧⟦/1⟧", "见[这*页*][the *page*]"),
        ("see [the page][p] here", "见⟦1⟧这一页⟦/1⟧", "见[这一页][p]"),
    ],
)
def test_a_link_whose_words_are_its_reference_keeps_it(source: str, target: str, expected: str) -> None:
    unit = parse(source + "\n\n[the page]: http://x.y\n[the *page*]: http://x.y\n[p]: http://x.y\n").units[0]
    assert restore(unit, target) == expected
    assert restore(unit, unit.text) == source
