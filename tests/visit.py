"""Pages in both languages for the tests of alignment: the same texts in different arrangements."""

from __future__ import annotations

from bilingual.markdown import parse

EN = [
    "## How we planned the visit",
    "Our department wrote to three banks in September and asked whether students could see their trading floors.",
    "Only one of them answered, and it wanted a list of 25 names before the end of the month.",
    "## What the day looked like",
    "We met at the east gate at eight in the morning and took the subway to the financial district.",
    "A manager explained how bonds are priced, then answered questions about careers for two hours.",
    "![The group](/images/group.png)",
    "## What we learned",
    "Write early, keep the list of names ready, and send a thank-you letter the same evening.",
    "The report is on [our website](https://example.org/report).",
]
ZH = [
    "## 我们如何筹划这次参访",
    "九月，我们部门给三家银行写信，询问学生能否参观他们的交易大厅。",
    "只有一家回了信，要求我们在月底前提交25人的名单。",
    "## 那一天是怎么过的",
    "早上八点我们在东门集合，乘地铁前往金融街。",
    "一位经理讲解了债券如何定价，随后用两个小时回答了关于职业发展的问题。",
    "![合影](/images/group.png)",
    "## 我们学到了什么",
    "尽早写信，备好名单，当晚就寄出感谢信。",
    "报告见[我们的网站](https://example.org/report)。",
]


def page(blocks: list[str], path: str = "page.md"):
    return parse("\n\n".join(blocks) + "\n", path)


PROSE = [n for n, text in enumerate(EN) if not text.startswith("!")]
"""The texts that are words; the other is an image."""

SUMMARY = [
    "## My year as director",
    "I led the department in three ways.",
    "1. Deeper: we ran a lecture and an internship project with a securities company.",
    "2. Abroad: we visited an international bank and a think tank.",
    "## Details",
    "**1. 深化——证券公司的讲座与实习项目**",
    "这个项目是我竞选时的承诺。十月底我们同公司谈妥，十二月初定下了模拟面试和讲座两个环节。",
    "很多同学说，这是他们第一次当面请教这个行业的前辈。",
    "**2. 国际化——国际银行与智库参访**",
    "我们在银行总部听专家讲解它怎样资助基础设施，又在智库同学者讨论全球治理。",
]
"""An English summary, then Chinese details."""
