"""Where new blocks go: whatever they stand in, the other page gets them at the same place and nothing around changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from sites import Small, kinds

BASE = """# Head

First words.

> Quoted words.
>
> More quoted words.

1. one thing
   - deep thing
2. other thing

   Its second part.

| Name | Value |
|:---|---:|
| speed | 80 |

<div class="box">
<p>Words in a box.</p>
</div>

Term
: What it means.

Text with a note.[^1]

[^1]: The note.

Last words.
"""

CASES = {
    "at the top": ("# Head\n", "New words.\n\n# Head\n"),
    "at the end": ("Last words.\n", "Last words.\n\nNew words.\n"),
    "in a quote": ("> More quoted words.\n", "> More quoted words.\n>\n> New words.\n"),
    "a quote": ("First words.\n", "First words.\n\n> New words.\n"),
    "in a nested list": ("   - deep thing\n", "   - deep thing\n   - new thing\n"),
    "an item between": ("2. other thing\n", "2. new thing\n3. other thing\n"),
    "a part of an item": ("   Its second part.\n", "   Its second part.\n\n   Its new part.\n"),
    "a row": ("| speed | 80 |\n", "| speed | 80 |\n| new | 7 |\n"),
    "a row with an empty cell": ("| speed | 80 |\n", "| speed | 80 |\n| new |  |\n"),
    "a table": ("Last words.\n", "| New | 1 |\n|---|---|\n| words | 2 |\n\nLast words.\n"),
    "in a box": ("<p>Words in a box.</p>\n", "<p>Words in a box.</p>\n<p>New words.</p>\n"),
    "a box": ("Term\n", "<div>\n<p>New words.</p>\n</div>\n\nTerm\n"),
    "code with words": ("Last words.\n", "New words:\n\n```sh\nls\n```\n\nLast words.\n"),
    "a picture": ("Last words.\n", "![new picture](a.png)\n\nLast words.\n"),
    "maths": ("Last words.\n", "New words:\n\n$$\nx = 1\n$$\n\nLast words.\n"),
    "a section": ("Last words.\n", "## New part\n\n- new thing\n  1. new deep thing\n\n***\n\nLast words.\n"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_block_comes_in_at_its_place(case: str, newline: str, tmp_path: Path) -> None:
    old, new = (text.replace("\n", newline) for text in CASES[case])
    site = Small(tmp_path / "site", {"page.md": BASE.replace("\n", newline)})
    assert kinds(site.build()) == []
    before = site.read("page.zh.md")
    site.edit("page.md", old, new)
    assert kinds(site.build()) == []
    made = site.read("page.zh.md")
    steps = difflib.SequenceMatcher(None, before.splitlines(True), made.splitlines(True), autojunk=False).get_opcodes()
    assert {step[0] for step in steps} <= {"equal", "insert"}, "a line that stood was changed"
    # Put into a fresh translation the page would be the same, line for line.
    fresh = Small(tmp_path / "fresh", {"page.md": site.read("page.md")})
    fresh.build()
    mine, theirs = made.splitlines(), fresh.read("page.zh.md").splitlines()
    if case != "an item between":  # the numbers of the items behind it stay as they were
        assert mine == theirs
    again = site.files()
    assert kinds(site.build()) == []
    assert site.files() == again
