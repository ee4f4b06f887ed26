"""Numbers and dates: found in either language, equal where they mean the same, written as a reader expects."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bilingual.compare import compare
from bilingual.model import Lang
from bilingual.numbers import convert, find, write

DATES = [
    ("September 2022 – July 2023", "2022年9月—2023年7月"),
    ("September 2022 – present", "2022年9月至今"),
    ("July – September 2023", "2023年7月—9月"),
    ("2019–2022", "2019—2022年"),
    ("2022–2023 academic year", "2022—2023学年"),
    ("Fall Semester 2023", "2023年秋季学期"),
    ("Spring 2022", "2022年春季"),
    ("Q3 2022", "2022年第三季度"),
    ("October 5, 2023", "2023年10月5日"),
    ("late October", "10月底"),
    ("early December", "12月初"),
    ("June 2021", "2021年6月"),
    ("1990s", "20世纪90年代"),
    ("20th century", "20世纪"),
    ("1.2 million", "120万"),
    ("50%", "50%"),
    ("40+", "40+"),
]


@pytest.mark.parametrize(("en", "zh"), DATES)
def test_what_is_only_a_date_or_a_number_is_written_by_rule_both_ways(en: str, zh: str) -> None:
    assert convert(en, "zh") == zh
    assert convert(zh, "en") == en


TO_CHINESE = [
    ("Sept. 2022 - Present", "2022年9月至今"),
    ("May – July 2023", "2023年5月—7月"),
    ("Jan 2024 – Mar 2024", "2024年1月—3月"),
    ("2023 Fall", "2023年秋季"),
    ("2022 Fall – 2023 Spring", "2022年秋季—2023年春季"),
    ("the 2022-23 academic year", "2022—2023学年"),
    ("5 Oct 2023", "2023年10月5日"),
    ("  June 2021 ", "  2021年6月 "),
]
TO_ENGLISH = [
    ("2022.09-2023.07", "September 2022 – July 2023"),
    ("2022年9月 - 2023年7月", "September 2022 – July 2023"),
    ("2023年7-9月", "July – September 2023"),
    ("2023年7月至9月", "July – September 2023"),
    ("二〇二二年九月", "September 2022"),
    ("2021年夏—2022年春", "Summer 2021 – Spring 2022"),
    ("百分之二十", "20%"),
]


@pytest.mark.parametrize(("en", "zh"), TO_CHINESE)
def test_english_as_people_write_it(en: str, zh: str) -> None:
    assert convert(en, "zh") == zh


@pytest.mark.parametrize(("zh", "en"), TO_ENGLISH)
def test_chinese_as_people_write_it(zh: str, en: str) -> None:
    assert convert(zh, "en") == en


@pytest.mark.parametrize(
    "text", ["May", "march", "We met in May 2023", "Report 2023", "三好学生", "一些同学", "第一次会议", ""]
)
def test_other_text_is_left_to_others(text: str) -> None:
    assert convert(text, "zh" if text.isascii() else "en") is None


@pytest.mark.parametrize("text", ["jane@example.org", "https://example.org/a_b", "2,000 - 3,000", "123"])
def test_what_is_the_same_in_both_languages_stays(text: str) -> None:
    assert convert(text, "zh") == convert(text, "en") == text


SAME = [
    ("made sure of 10 positions in five departments", "争取到了五个部门的10个岗位"),
    ("over 1.2 million readers", "超过120万读者"),
    ("signed in late October", "于10月底签约"),
    ("from September 2022 to July 2023", "2022年9月至2023年7月"),
    ("40+ participants", "40余人参与"),
    ("one of the main projects", "主要项目之一"),
    ("the first time", "第一次"),
    ("two thirds of 90 pages", "90页中的2/3"),
    ("2/3 of 90 pages", "90页的三分之二"),
    ("open 24/7 since 9/11", "自9/11以来24/7开放"),
    ("in the 1990s", "在20世纪90年代"),
    ("a 3.5 % rise", "增长3.5％"),
    ("twelve lectures", "十二场讲座"),
    ("more than 16 million readers", "1600多万读者"),
    ("over ten million readers", "一千多万读者"),
    ("since he left in March", "自他三月份离开以来"),
    ("We met in May.", "我们五月见面。"),
    ("I may march with GPT-4 on H2O", "我可能带着GPT-4和H2O行军"),
    ("the 11th Five-Year Plan", "“十一五”规划"),
    ("the 11th Five-Year Plan", "第十一个五年规划"),
    ("an eight-year search", "长达八年的寻找"),
    ("a three-wheeled car", "一辆三个轮子的车"),
    ("the lowest level for two decades", "二十年来的最低水平"),
    ("within a decade", "十年之内"),
    (
        "two thirds work here, a quarter there, and it grew by a third.",
        "三分之二在这里工作，四分之一在那里，增长了三分之一。",
    ),
    ("a third party", "第三方"),
    ("in the 9th century", "9世纪"),
    ("in the eighteenth and nineteenth centuries", "在18和19世纪"),
    ("the 19th and 20th centuries", "十九世纪和二十世纪"),
    ("on her twenty-first birthday", "在她二十一岁生日那天"),
    ("worth a thousand words", "胜过一千个字"),
    ("in the 1970s and the 18th century", "20 世纪 70 年代和 18 世纪"),
    ("160 km an hour and 240 kilometres", "每小时 160 千米，240千米"),
    ("fifteen minutes", "十五分钟"),
    ("nearly 70 percent", "近七成"),
    ("by 11 percent", "百分之十一"),
    ("one voter in five, and one in six", "五分之一的选民，六分之一"),
    ("the fortieth anniversary", "四十周年"),
    ("between three and six months", "三到六个月"),
    ("two hundred and fifty", "250"),
    ("a fifth fewer than in the quarter-finals", "比四分之一决赛少五分之一"),
    ("sales tripled, prices rose tenfold", "销量增至三倍，价格涨到十倍"),
    ("a man in his twenties", "一个二十多岁的男人"),
]


@pytest.mark.parametrize(("en", "zh"), SAME)
def test_the_same_figures_are_the_same(en: str, zh: str) -> None:
    assert compare(en, zh) == []


@pytest.mark.parametrize(
    ("en", "zh", "kind", "contradiction"),
    [
        ("80+ participants", "参与人数100+", "number", True),
        ("in September 2022", "2023年9月", "date", True),
        ("with 40 students", "与同学们一起", "number", False),
        ("we talked", "我们谈了30分钟", "number", False),
        ("the 19th century", "20世纪", "date", True),
        ("over two decades", "三十年来", "number", False),
        ("the 12th Five-Year Plan", "“十三五”规划", "number", True),
    ],
)
def test_different_figures_are_told(en: str, zh: str, kind: str, contradiction: bool) -> None:
    [difference] = compare(en, zh)
    assert (difference.kind, difference.contradiction) == (kind, contradiction)


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("two hundred and fifty", "en", [250]),
        ("1,234 and 5 million", "en", [1234, 5_000_000]),
        ("三百五十万", "zh", [3_500_000]),
        ("一千零一夜", "zh", [1001]),
        ("两个名额", "zh", [2]),
        ("以五十一票赞成、四十九票反对通过", "zh", [51, 49]),
        ("来了二十一人", "zh", [21]),
        ("十一黄金周", "zh", []),
        ("version 1.2.3 of GPT-4", "en", []),
        ("十分感谢，千万不要", "zh", []),
        ("⟦12⟧ and ⟦/3⟧", "en", []),
    ],
)
def test_what_counts_as_a_number(text: str, lang: str, values: list[int]) -> None:
    assert [quantity.value for quantity in find(text, lang)] == [Fraction(value) for value in values]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "lang", "written"),
    [
        ("two thirds of the pages", "en", "三分之二"),
        ("within two decades", "en", "20年"),
        ("“十三五”规划", "zh", "13th Five-Year"),
        ("in her twenties", "en", None),
        ("2/3 of them", "en", "2/3"),
        ("其中的2/3", "zh", "2/3"),
        ("近七成", "zh", "70%"),
        ("Only one in five did.", "en", "五分之一"),
        ("Only one in 12 did.", "en", "十二分之一"),
        ("one voter in five", "en", None),
        ("for a quarter of it", "en", "四分之一"),
        ("last quarter", "en", None),
        ("two hundred of them", "en", "200"),
        ("sales tripled", "en", None),
        ("worth a thousand words", "en", None),
        ("a five-year plan", "en", None),
    ],
)
def test_how_a_figure_within_a_text_is_written(text: str, lang: Lang, written: str | None) -> None:
    [figure] = find(text, lang)
    assert write(figure, text, "zh" if lang == "en" else "en") == written
