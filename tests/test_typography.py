"""Typography of what was produced: what a careful typesetter of each language would set."""

from __future__ import annotations

import pytest

from bilingual.markup import scan
from bilingual.model import Code
from bilingual.typography import mend_emphasis, polish

CHINESE = [
    ("你好,世界!", "你好，世界！"),
    ('他说"好"', "他说“好”"),
    ("参观（总部）. 然后离开.", "参观（总部）。然后离开。"),
    ("在 2023 年 与 Guosen 合作", "在2023年与Guosen合作"),
    ("共3.5万人,9:30开始", "共3.5万人，9:30开始"),
    ("学生会(JSSU)很好", "学生会（JSSU）很好"),
    ("Apple (Inc.) is big", "Apple (Inc.) is big"),
    ("等等...", "等等……"),
    ("深度化 -- 讲座", "深度化——讲座"),
    ("访问⟦1⟧亚投行⟦/1⟧ , 合作", "访问⟦1⟧亚投行⟦/1⟧，合作"),
    ("运行 ⟦1⟧ 命令", "运行⟦1⟧命令"),
    ("见 https://example.org/a,b 。", "见https://example.org/a,b。"),
    ("ＡＢＣ１２３", "ABC123"),
]
ENGLISH = [
    ("Hello，world！", "Hello, world!"),
    ("the union（JSSU）visited", "the union (JSSU) visited"),
    ("“Deep”：a talk", "“Deep”: a talk"),
    ("see 《The Times》 now", 'see "The Times" now'),
    ("wait……", "wait..."),
    ("interview+ lectures and A &B", "interview + lectures and A & B"),
    ("40+ people, R&D, C++ code, Ctrl+C", "40+ people, R&D, C++ code, Ctrl+C"),
    ("one  two , three", "one two, three"),
    ("40％ of ５０", "40% of 50"),
]


@pytest.mark.parametrize(("given", "wanted"), CHINESE)
def test_chinese(given: str, wanted: str) -> None:
    assert polish(given, "zh") == wanted
    assert polish(wanted, "zh") == wanted


@pytest.mark.parametrize(("given", "wanted"), ENGLISH)
def test_english(given: str, wanted: str) -> None:
    assert polish(given, "en") == wanted
    assert polish(wanted, "en") == wanted


def test_a_space_between_scripts_is_a_setting() -> None:
    assert polish("在2023年与Guosen合作,共⟦1⟧人", "zh", spacing=True) == "在 2023 年与 Guosen 合作，共 ⟦1⟧ 人"


def test_characters_of_an_icon_font_stay() -> None:
    assert polish("你好,\ue001⟦1⟧", "zh") == "你好,\ue001⟦1⟧"


STAR, UNDERSCORE = Code("emphasis", "**", "**"), Code("emphasis", "__", "__")


@pytest.mark.parametrize(
    ("given", "code", "wanted"),
    [
        ("⟦1⟧真。⟦/1⟧她", STAR, "⟦1⟧真⟦/1⟧。她"),
        ("他⟦1⟧“真”⟦/1⟧她", STAR, "他 ⟦1⟧“真”⟦/1⟧ 她"),
        ("⟦1⟧真⟦/1⟧她", STAR, "⟦1⟧真⟦/1⟧她"),
        ("⟦1⟧真。⟦/1⟧", STAR, "⟦1⟧真。⟦/1⟧"),
        ("是⟦1⟧ 真 ⟦/1⟧的", STAR, "是 ⟦1⟧真⟦/1⟧ 的"),
        ("他⟦1⟧真⟦/1⟧的", UNDERSCORE, "他 ⟦1⟧真⟦/1⟧ 的"),
        ("⟦1⟧⟦/1⟧的", STAR, "⟦1⟧⟦/1⟧的"),
    ],
)
def test_emphasis_is_still_emphasis(given: str, code: Code, wanted: str) -> None:
    mended = mend_emphasis(given, given, (code,))
    assert mended == wanted
    markdown = mended.replace("⟦1⟧", code.open).replace("⟦/1⟧", code.close or "")
    if mended != "⟦1⟧⟦/1⟧的":
        assert [mark.kind for mark in scan(markdown).marks] == ["emphasis", "emphasis"]


def test_a_sign_that_is_no_emphasis_stays_none() -> None:
    signs = (Code("literal", "**"), Code("literal", "**"))
    assert mend_emphasis("⟦1⟧ 核心链条⟦2⟧：", "⟦1⟧Core chain⟦2⟧:", signs) == "⟦1⟧ Core chain⟦2⟧:"
    assert mend_emphasis("⟦1⟧Deep: ⟦2⟧My work", "⟦1⟧深：⟦2⟧我的工作", signs) == "⟦1⟧深：⟦2⟧我的工作"


def test_two_emphases_stay_two() -> None:
    assert mend_emphasis("⟦1⟧a⟦/1⟧\n⟦2⟧b⟦/2⟧", "⟦1⟧甲⟦/1⟧⟦2⟧乙⟦/2⟧", (STAR, STAR)) == "⟦1⟧甲⟦/1⟧ ⟦2⟧乙⟦/2⟧"
    assert (
        mend_emphasis("⟦1⟧a⟦/1⟧\n⟦2⟧b⟦/2⟧", "⟦1⟧甲⟦/1⟧⟦2⟧乙⟦/2⟧", (STAR, Code("link", "[", "](u)")))
        == "⟦1⟧甲⟦/1⟧⟦2⟧乙⟦/2⟧"
    )


def test_emphasis_within_emphasis_keeps_its_space() -> None:
    assert mend_emphasis("we ⟦1⟧so⟦/1⟧ we", "我们⟦1⟧很⟦/1⟧我们", (STAR,), around="*") == "我们 ⟦1⟧很⟦/1⟧ 我们"
