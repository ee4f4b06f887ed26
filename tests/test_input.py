"""Odd input that must simply work, and bad input that is refused with one clear line; both through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual import engines
from bilingual.cli import run
from bilingual.markdown import parse

ODD: dict[str, bytes] = {
    "CRLF": b"# One\r\n\r\ntwo\r\n",
    "byte order mark": b"\xef\xbb\xbf# One\n",
    "NUL": b"one\0two\n",
    "tabs": b"-\tone\n\n\ttwo\n\t- three\n",
    "empty": b"",
    "one newline": b"\n",
    "no newline at the end": b"one",
    "header only": b"---\ntitle: One\n---\n",
    "header only, no newline at the end": b"---\ntitle: One\n---",
    "header after a comment": b"<!-- hello -->\n---\ntitle: One\n---\ntwo\n",
    "an empty header": b"---\n---\none\n",
    "a header with YAML that is broken": b"---\ntitle: 'One\n---\ntwo\n",
    "a thematic break first": b"---\n\nSome words.\n\n---\n",
    "one line of 5 MB": b"word " * 1_000_000,
    "10,000 nested quotes": b">" * 10_000 + b" deep\n",
    "10,000 nested brackets": b"[" * 10_000 + b"x" + b"]" * 10_000 + b"\n",
    "10,000 opening brackets and parentheses": b"[x](" * 10_000,
    "1,000 nested lists": "\n".join("  " * i + "- a" for i in range(1_000)).encode(),
    "50,000 unclosed markers": b"*a **b _c `d <e $f {{ g " * 2_000,
    "unclosed fence and comment": b"```\n\n<!-- \n\ntext",
    "broken markup": b"[a](b\n![c]<d **e <f g='h\n| i |\n|--\n",
    "traditional Chinese": "我們組織了參觀活動。\n".encode(),
    "kana": "これは日本語の文です。\n".encode(),
    "emoji": "👩‍👩‍👧 family 你好 🇨🇳\n".encode(),
    "beyond the basic plane": "𠀀𠮷 word\n".encode(),
    "our own symbols": "⟦1⟧ and ⟦/1⟧ and ［x］\n".encode(),
    "line separators": "one\u2028two\x0bthree\x0cfour\x85five\n".encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pages_come_back_byte_for_byte(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(ODD[name])
    assert run(["parse", str(page), "--format", "roundtrip"]) == 0
    assert capfdbinary.readouterr().out == ODD[name]
    assert run(["parse", str(page), "--format", "pseudo"]) == 0
    wrapped = capfdbinary.readouterr().out.decode()
    if "［" not in ODD[name].decode():
        assert wrapped.replace("［", "").replace("］", "").encode() == ODD[name]
    assert run(["parse", str(page)]) == 0


SLOW = {"one line of 5 MB"}  # a million made-up words; its own view is tested, which needs none


@pytest.mark.parametrize("name", ODD)
def test_odd_pages_are_translated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "words", "bilingual.testing:WordEngine")
    page = tmp_path / "page.md"
    page.write_bytes(ODD[name])
    languages = {unit.lang for unit in parse(ODD[name].decode()).units}
    for to in ("en", "zh"):
        own = languages <= {to, "none"}
        if name in SLOW and not own:
            continue
        status = run(["translate", str(page), "--to", to, "--engine", "words"])
        assert status == 0 or (status == 1 and name == "50,000 unclosed markers" and not own)
        if own:
            assert (tmp_path / f"page.{to}.md").read_bytes() == ODD[name]
    assert page.read_bytes() == ODD[name]


BAD: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "no such file"),
    "invalid UTF-8": (b"# One\n\ncaf\xe9 au lait\n", ":3: invalid UTF-8 at byte 10"),
    "UTF-16": ("# 标题\n".encode("utf-16"), "UTF-16"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "binary"),
    "unclosed header": (b"---\ntitle: One\n\ntext\n", ":1: the header opened here is never closed"),
    "header that is no mapping": (b"---\n- one\n- two\n---\ntext\n", ":2: the header is no mapping"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["parse", "translate"])
def test_what_is_no_page_is_refused(
    name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    data, message = BAD[name]
    if data is not None:
        page.write_bytes(data)
    before = sorted(tmp_path.iterdir())
    assert run([command, str(page)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"bilingual: {page}")
    assert message in told.err
    assert told.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", ["parse", "translate"])
def test_a_folder_is_no_page(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, str(tmp_path)]) == 2
    assert "this is a folder" in capsys.readouterr().err
