"""TMX: what other translation tools read, and what we read of theirs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from visit import EN, ZH, page

from bilingual.cli import run
from bilingual.errors import PageError
from bilingual.formats import tmx
from bilingual.model import Code


def test_what_is_written_is_read_back_inline_codes_included():
    codes = (Code("link", "[", "](https://example.org/?a=1&b=<2>)"), Code("code", "`x < y`"))
    units = [
        tmx.TranslationUnit(
            "See ⟦1⟧the report⟦/1⟧ & run ⟦2⟧.", "见⟦1⟧报告⟦/1⟧，并运行⟦2⟧。", codes, codes, "a.md:3 b.md:3"
        ),
        tmx.TranslationUnit("5 < 6 > 4", "“五”\x0c不大于六"),
    ]
    text = tmx.write(units)
    root = ET.fromstring(text)
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    assert [e.tag for e in root.iter("seg").__next__()] == ["bpt", "ept", "ph"]
    assert tmx.read(text) == [
        ("See ⟦1⟧the report⟦/1⟧ & run ⟦2⟧.", "见⟦1⟧报告⟦/1⟧，并运行⟦2⟧。"),
        ("5 < 6 > 4", "“五”�不大于六"),
    ]


def test_other_languages_and_other_peoples_habits():
    text = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
    <tu><tuv xml:lang="EN-US"><seg>One <bpt i="7">&lt;b&gt;</bpt>two<ept i="7">&lt;/b&gt;</ept></seg></tuv>
        <tuv xml:lang="de"><seg>Eins</seg></tuv><tuv xml:lang="zh-CN"><seg>一<hi>二</hi></seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Only English</seg></tuv></tu></body></tmx>"""
    assert tmx.read(text) == [("One ⟦1⟧two⟦/1⟧", "一二")]


@pytest.mark.parametrize("text", ["<tmx><body>", "no xml", '<!DOCTYPE t [<!ENTITY a "b">]><tmx>&a;</tmx>'])
def test_what_is_no_tmx_is_refused(text):
    with pytest.raises(PageError) as refused:
        tmx.read(text, "memory.tmx")
    assert str(refused.value).startswith("memory.tmx:")


def test_align_writes_all_links_of_a_pair(tmp_path, capsysbinary):
    for name, blocks in (("a.md", EN), ("b.md", ZH)):
        (tmp_path / name).write_text(page(blocks).text, encoding="utf-8")
    assert run(["align", str(tmp_path / "b.md"), str(tmp_path / "a.md"), "--format", "tmx"]) == 0
    found = tmx.read(capsysbinary.readouterr().out.decode())
    assert ("How we planned the visit", "我们如何筹划这次参访") in found
    assert ("The report is on ⟦1⟧our website⟦/1⟧.", "报告见⟦1⟧我们的网站⟦/1⟧。") in found
    assert len(found) == len(EN)


@pytest.mark.parametrize("form", ["tsv", "html"])
def test_align_for_readers(tmp_path, capsysbinary, form):
    path = tmp_path / "page.md"
    path.write_text(page([*EN, *ZH[:7]]).text, encoding="utf-8")
    assert run(["align", str(path), "--format", form]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert "subway" in out
    assert "地铁" in out
    lonely = next(line for line in out.splitlines() if "Write early" in line)
    assert "alone" in lonely
