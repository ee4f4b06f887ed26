"""The bitext: which English block says the same as which Chinese block."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visit import EN, PROSE, SUMMARY, ZH, page

from bilingual.align import align
from bilingual.glossary import Glossary
from bilingual.markdown import parse


def texts(bitext, bead) -> tuple[str, str]:
    en = " ".join(bitext.en.source(bitext.en.blocks[i]) for i in bead.en)
    zh = " ".join(bitext.zh.source(bitext.zh.blocks[j]) for j in bead.zh)
    return en, zh


def linked(bitext) -> set[tuple[str, str]]:
    return {texts(bitext, bead) for bead in bitext.beads}


def all_of(en: list[str], zh: list[str]) -> set[tuple[str, str]]:
    return set(zip(en, zh, strict=True))


def test_two_files():
    bitext = align(page(EN, "a.md"), page(ZH, "b.md"))
    assert bitext.arrangement == "pair"
    assert linked(bitext) == all_of(EN, ZH)


def test_alternating_blocks_in_either_order():
    for first, second in ((EN, ZH), (ZH, EN)):
        bitext = align(page([text for pair in zip(first, second, strict=True) for text in pair]))
        assert bitext.arrangement == "alternating"
        assert {pair for pair in linked(bitext) if "![" not in pair[0]} >= {(EN[n], ZH[n]) for n in PROSE}


@pytest.mark.parametrize("blocks", [EN + ZH, ZH + EN], ids=["en-zh", "zh-en"])
def test_two_halves(blocks):
    bitext = align(page(blocks))
    assert bitext.arrangement == "halves"
    assert linked(bitext) >= {(EN[n], ZH[n]) for n in PROSE}


def test_originals_in_comments():
    blocks = [text for en, zh in zip(EN, ZH, strict=True) if "![" not in en for text in (f"<!--\n{en}\n-->", zh)]
    bitext = align(page(blocks))
    assert bitext.arrangement == "comments"
    assert linked(bitext) == {(EN[n], ZH[n]) for n in PROSE}


def test_a_table_with_a_column_a_language():
    rows = [
        "| English | 中文 |",
        "|---|---|",
        "| a lecture hall | 报告厅 |",
        "| the subway | 地铁 |",
        "| a list of names | 名单 |",
    ]
    bitext = align(parse("\n".join(rows) + "\n"))
    assert bitext.arrangement == "columns"
    assert ("the subway", "地铁") in {tuple(text.strip() for text in texts(bitext, b)) for b in bitext.beads}


def test_a_column_of_explanations_is_no_translation():
    table = "| Name | 说明 |\n|---|---|\n| cmd | 每个子目录是一个程序的入口 |\n| pkg | 供其他项目使用的代码 |\n| web | 静态文件和模板 |\n"
    assert align(parse(table)).beads == ()


def test_neighbours_that_say_different_things_are_not_linked():
    blocks = [
        EN[1],
        "周末我在城里学做陶器，已经烧坏了三只碗。",
        EN[4],
        "家里的猫不喜欢新沙发，它只睡旧椅子。",
        EN[5],
        "这道菜要先放葱，再放姜，最后放酱油。",
    ]
    assert align(page(blocks)).beads == ()


def test_lang_attributes_and_details_do_not_hide_the_texts():
    blocks = []
    for en, zh in ((EN[1], ZH[1]), (EN[4], ZH[4]), (EN[5], ZH[5])):
        blocks += [
            f'<div lang="en">\n\n{en}\n\n</div>',
            f'<details lang="zh"><summary>中文</summary>\n\n{zh}\n\n</details>',
        ]
    assert linked(align(page(blocks))) == {(EN[n], ZH[n]) for n in (1, 4, 5)}


def test_a_summary_beside_details_is_linked_in_part_and_never_in_full():
    bitext = align(page(SUMMARY))
    assert bitext.arrangement == "summary"
    assert not bitext.beads
    found = {texts(bitext, bead) for bead in bitext.partial}
    assert (SUMMARY[2], SUMMARY[5]) in found
    assert (SUMMARY[3], SUMMARY[8]) in found


def test_a_paragraph_that_became_two():
    split = [*ZH[:5], "一位经理讲解了债券如何定价。", "随后他用两个小时回答了关于职业发展的问题。", *ZH[6:]]
    bitext = align(page(EN, "a.md"), page(split, "b.md"))
    assert (EN[5], split[5] + " " + split[6]) in linked(bitext)


def test_a_moved_section_is_found():
    moved = [*ZH[7:], *ZH[:7]]
    assert linked(align(page(EN, "a.md"), page(moved, "b.md"))) >= {(EN[n], ZH[n]) for n in PROSE}


def test_traditional_characters():
    traditional = "九月，我們部門給三家銀行寫信，詢問學生能否參觀他們的交易大廳。"
    other = "早上八點我們在東門集合，乘地鐵前往金融街。"
    bitext = align(page([EN[4], EN[1]], "a.md"), page([traditional, other], "b.md"))
    assert (EN[1], traditional) in linked(bitext)


def test_glossary_terms_are_evidence():
    en, zh = ["Zorbin met Blixo.", "Quandle met Frobel."], ["匡德尔见了弗罗贝尔。", "佐尔宾见了布利克索。"]
    glossary = Glossary.from_text(
        "terms:\n  Zorbin: 佐尔宾\n  Blixo: 布利克索\n  Quandle: 匡德尔\n  Frobel: 弗罗贝尔\n"
    )
    found = linked(align(page(en, "a.md"), page(zh, "b.md"), glossary=glossary))
    assert (en[0], zh[1]) in found or (en[1], zh[0]) in found
    assert (en[0], zh[0]) not in found


def test_pages_without_a_second_language():
    assert align(page(EN)).arrangement == "none"
    assert align(page(ZH)).beads == ()
    assert align(parse("")).beads == ()
    assert align(parse("", "a.md"), parse("", "b.md")).beads == ()


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(PROSE), max_size=4))
def test_deleting_blocks_unlinks_exactly_these(gone: set[int]):
    kept = [text for n, text in enumerate(ZH) if n not in gone]
    bitext = align(page(EN, "a.md"), page(kept, "b.md"))
    assert linked(bitext) == {(EN[n], ZH[n]) for n in range(len(EN)) if n not in gone}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EN + ZH), max_size=24))
def test_any_mixture_gives_each_block_one_bead_at_most(blocks: list[str]):
    for bitext in (align(page(blocks)), align(page(blocks, "a.md"), page(blocks[::-1], "b.md"))):
        for side in ("en", "zh"):
            indices = [i for bead in (*bitext.beads, *bitext.partial) for i in bead.side(side)]
            assert len(indices) == len(set(indices))
