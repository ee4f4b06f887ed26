"""Which pages are two halves of one, and what has changed since a revision."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bilingual.errors import BilingualError, PageError
from bilingual.since import since, staged
from bilingual.site import Pair, counterpart, discover


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*names: str, text: str = "One.\n") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


PAIRS = [
    ("x.en.md", "x.zh.md"),
    ("x.md", "x.zh.md"),
    ("x.en.md", "x.md"),
    ("x.md", "x.zh-CN.md"),
    ("x.en-us.md", "x.zh_CN.md"),
    ("README.md", "README.zh-Hans.md"),
    ("en/x.md", "zh/x.md"),
    ("content/en/docs/x.md", "content/zh-cn/docs/x.md"),
    ("docs/x.md", "docs/zh/x.md"),
    ("docs/guide/x.md", "zh/docs/guide/x.md"),
    ("en/x.md", "x.md"),
]


@pytest.mark.parametrize(("en", "zh"), PAIRS, ids=lambda name: name)
def test_halves_find_each_other(en: str, zh: str) -> None:
    put(en, zh, "other.md")
    assert counterpart(Path(en)) == Path(zh)
    assert counterpart(Path(zh)) == Path(en)
    assert (Pair(Path(en), Path(zh))) in discover(["."])
    assert discover([en]) == discover([zh]) == discover([en, zh]) == [(Path(en), Path(zh))]


@pytest.mark.parametrize(
    "names", [("x.md",), ("x.md", "x.en.md", "x.zh.md"), ("x.md", "x.fr.md"), ("x.md", "x2.zh.md")]
)
def test_a_page_without_another_half(names: tuple[str, ...]) -> None:
    put(*names)
    assert counterpart(Path("x.md")) is None


def test_halves_by_header() -> None:
    put("a.md", text="---\nlang: en\nref: about\n---\n")
    put("b.md", text='---\ntitle: x\nlang: "zh-CN"\nref: about # the same\n---\n')
    put("c.md", text="---\nlang: zh\nref: other\n---\n")
    assert discover(["."]) == [(Path("a.md"), Path("b.md")), (Path("c.md"),)]


def test_discover_passes_over_what_is_hidden_generated_or_excluded() -> None:
    put("a.md", ".git/b.md", "_site/c.md", "node_modules/d.md", "drafts/e.md", "f.txt", "g/h.markdown", "g/.i.md")
    assert discover(["."], ["drafts"]) == [(Path("a.md"),), (Path("g/h.markdown"),)]
    assert discover(["g", "a.md", "g/h.markdown"]) == [(Path("g/h.markdown"),), (Path("a.md"),)]


def test_discover_tells_of_a_path_that_is_not_there() -> None:
    with pytest.raises(PageError, match="no such file"):
        discover(["nowhere.md"])


def test_a_page_that_comes_later_is_seen() -> None:
    put("x.md")
    assert counterpart(Path("x.md")) is None
    put("x.zh.md")
    assert counterpart(Path("x.md")) == Path("x.zh.md")


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments], check=True, capture_output=True
    )


def test_changes_are_told_by_line() -> None:
    git("init", "-b", "main")
    put("页 a.md", text="one\n\ntwo\n\nthree\nlines\n\n--- four\n")
    put("b.md", text="one\n")
    git("add", ".")
    git("commit", "-m", "one")
    put("页 a.md", text="one\n\ntwo!\n\nthree\n\n--- four\n++ five\n")
    put("new.md")
    changes = since("HEAD")
    assert [n for n in range(1, 9) if changes.touches("页 a.md", n, n)] == [3, 5, 6, 8]  # "lines" went between 5 and 6
    assert changes.touches("new.md", 1, 1)
    assert not changes.knows("b.md")
    assert not staged().knows("页 a.md")
    git("add", ".")
    assert staged().touches("页 a.md", 3, 3)
    assert staged().touches("new.md", 1, 1)


def test_since_compares_with_where_a_branch_parted() -> None:
    git("init", "-b", "main")
    put("a.md", "b.md")
    git("add", ".")
    git("commit", "-m", "one")
    git("checkout", "-b", "mine")
    put("a.md", text="mine\n")
    git("commit", "-am", "mine")
    git("checkout", "main")
    put("b.md", text="theirs\n")
    git("commit", "-am", "theirs")
    git("checkout", "mine")
    changes = since("main")
    assert (changes.knows("a.md"), changes.knows("b.md")) == (True, False)


def test_what_git_cannot_tell() -> None:
    with pytest.raises(BilingualError, match="no git repository"):
        since("HEAD")
    git("init", "-b", "main")
    for revision in ("nowhere", "--output=x"):
        with pytest.raises(BilingualError, match="knows no revision"):
            since(revision)
    assert not Path("x").exists()
