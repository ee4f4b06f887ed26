"""The ledger as a PO file: it comes back as it went, and the tools of the trade can read and edit it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import Small, kinds, word

from bilingual.ledger import Entry, Ledger, Shared, key
from bilingual.ledger.po import dump, load

PAGE = '# Head\n\nGreen "pear" and \\ backslash.\nSecond line.\n\n- red apple\n- red apple\n\n## Part\n\n- red apple\n'
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\"'), min_size=1, max_size=30)
KEYS = st.lists(st.integers(0, 9).map(lambda n: key(str(n))), max_size=2).map(tuple)


@pytest.fixture
def site(tmp_path: Path) -> Small:
    small = Small(tmp_path, {"page.md": PAGE})
    small.build()
    return small


def ledger_of(site: Small) -> Path:
    return site.root / ".bilingual" / "en-zh" / "page.md.po"


entries = st.builds(
    Entry, st.just("zh"), TEXT, TEXT, KEYS, KEYS, st.none() | KEYS, st.sampled_from(["", "A > B"]),
    st.sampled_from(["author", "embedded 12ab"]), st.sampled_from(["translated", "reviewed", "final"]),
)  # fmt: skip
doubtful = st.builds(
    lambda entry, doubt, previous, draft: Entry(
        **{**entry.__dict__, "doubt": doubt, "previous": previous, "draft": draft, "drafted_by": "embedded 12ab"}
    ),
    entries, st.sampled_from(["stale", "conflict"]), TEXT, TEXT.map(str.strip).filter(bool),  # as units are
)  # fmt: skip


@given(
    st.lists(entries | doubtful, max_size=4),
    st.lists(st.builds(Shared, st.integers(0, 3), KEYS.map(lambda k: k[0] if k else "-"), st.just("-")), max_size=3),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, found: list[Entry], shared: list[Shared]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "page.po"
    ledger = Ledger(path, "zh", "page.md", "page.zh.md", found, shared)
    text = dump(ledger)
    path.write_bytes(text.encode("utf-8"))
    again = load(path, "zh")
    assert again.entries == found
    assert again.shared == shared
    assert dump(again) == text


def test_an_edit_with_polib_comes_into_the_page(site: Small) -> None:
    file = polib.pofile(str(ledger_of(site)))
    entry = next(e for e in file if e.msgid == "Part")
    entry.msgstr = "部分"
    file.save()
    assert kinds(site.build()) == []
    assert "## 部分\n" in site.read("page.zh.md")
    before = site.files()
    site.build()
    assert site.files() == before


def test_taking_the_fuzzy_flag_off_says_that_the_text_still_holds(site: Small) -> None:
    site.edit("page.zh.md", f"## {word('Part')}", "## 部分")
    site.build()
    site.edit("page.md", "## Part", "## Parts")
    assert kinds(site.build()) == ["stale"]
    file = polib.pofile(str(ledger_of(site)))
    entry = next(e for e in file if e.msgid == "Parts")
    assert (entry.fuzzy, entry.previous_msgid, entry.msgstr) == (True, "Part", "部分")
    entry.flags.remove("fuzzy")
    file.save()
    assert kinds(site.build()) == []
    assert "## 部分\n" in site.read("page.zh.md")


def test_an_emptied_msgstr_asks_for_a_new_translation(site: Small) -> None:
    site.edit("page.zh.md", f"## {word('Part')}", "## 部分")
    site.build()
    file = polib.pofile(str(ledger_of(site)))
    next(e for e in file if e.msgid == "Part").msgstr = ""
    file.save()
    site.build()
    assert f"## {word('Part')}\n" in site.read("page.zh.md")


def test_a_translators_comment_stays(site: Small) -> None:
    file = polib.pofile(str(ledger_of(site)))
    entry = next(e for e in file if e.msgid == "Part")
    entry.tcomment = f"ask Li about this\n{entry.tcomment}"
    file.metadata["Last-Translator"] = "Li <li@example.org>"
    file.save()
    site.edit("page.md", "## Part", "## Parts")
    site.build()
    text = ledger_of(site).read_text(encoding="utf-8")
    assert "# ask Li about this\n" in text
    assert "Li <li@example.org>" in text


def gettext(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} (gettext) is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_msgfmt_finds_nothing_to_complain_about(site: Small) -> None:
    site.edit("page.zh.md", f"## {word('Part')}", "## 部分")
    site.edit("page.md", "- red apple\n- red apple\n", "- red apple\n")
    site.build()
    site.edit("page.md", "## Part", "## Parts")
    assert kinds(site.build()) == ["deleted", "stale"]
    gettext("msgfmt", "--check", "--output-file", "/dev/null", str(ledger_of(site)))


@pytest.mark.parametrize(
    "tool",
    [["msgattrib", "--no-wrap"], ["msgattrib", "--sort-output"], ["msgmerge", "--previous"], ["msgcat", "--width=60"]],
)
def test_a_ledger_rewritten_by_gettext_is_the_same_ledger(site: Small, tool: list[str]) -> None:
    path = ledger_of(site)
    before = site.files()
    text = gettext(*tool, str(path), *([str(path)] if tool[0] == "msgmerge" else []))
    path.write_text(text.replace(f'msgstr "{word("Part")}"', 'msgstr "部分"'), encoding="utf-8")
    assert kinds(site.build()) == []
    assert "## 部分\n" in site.read("page.zh.md")
    assert site.read("page.zh.md").replace("## 部分", f"## {word('Part')}").encode() == before["page.zh.md"]
    assert site.engine.asked == []


def test_a_text_cleared_by_msgattrib_is_translated_again(site: Small) -> None:
    path = ledger_of(site)
    path.write_text(gettext("msgattrib", "--empty", str(path)), encoding="utf-8")
    before = site.read("page.zh.md")
    assert kinds(site.build()) == []
    assert site.read("page.zh.md") == before
