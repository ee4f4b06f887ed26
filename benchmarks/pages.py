"""Pages to measure on, made from a seed: headings, paragraphs in both languages, lists, tables, code, links."""

from __future__ import annotations

import random

_EN = (
    "student union visit bank project company lecture interview workshop department policy market research team report "
    "member programme leader exchange partner season account history culture finance network"
).split()
_ZH = "学生会组织了一次参观活动并与证券公司合作举办讲座同学们对国际金融机构有更加深入的理解项目获得好评".strip()
_LINKS = (
    "[the report](https://example.org/report) *with care* `make all` **in full** and ![a photo](../images/a.png)".split(
        " and "
    )
)


def english(rng: random.Random) -> str:
    """One English sentence, now and then with markup."""
    words = [rng.choice(_EN) for _ in range(rng.randint(6, 18))]
    if rng.random() < 0.4:
        words.insert(rng.randrange(len(words)), rng.choice(_LINKS))
    return ("The " + " ".join(words) + f" in {rng.randint(2015, 2025)}.").replace("  ", " ")


def chinese(rng: random.Random) -> str:
    """One Chinese sentence, now and then with markup."""
    start = rng.randrange(len(_ZH) - 12)
    text = _ZH[start : start + rng.randint(8, 30)]
    return text + (f"（[报告](https://example.org/{rng.randint(1, 99)})）" if rng.random() < 0.3 else "") + "。"


def page(seed: int, blocks: int = 40) -> str:
    """One page of about `blocks` blocks."""
    rng = random.Random(seed)
    parts = [f"---\ntitle: Page {seed}\nexcerpt: '{english(rng)}'\n---\n"]
    for _ in range(blocks // 2):
        kind = rng.random()
        if kind < 0.15:
            parts.append(f"## {english(rng)[:-1]}\n\n## {chinese(rng)[:-1]}\n")
        elif kind < 0.35:
            parts.append("".join(f"- {english(rng)}\n- {chinese(rng)}\n" for _ in range(4)))
        elif kind < 0.42:
            parts.append(f"| Name | 说明 |\n|---|---|\n| {english(rng)} | {chinese(rng)} |\n")
        elif kind < 0.5:
            parts.append("```python\nfor i in range(10):\n    print(i)\n```\n")
        else:
            parts.append(" ".join(english(rng) for _ in range(4)) + "\n")
            parts.append("".join(chinese(rng) for _ in range(4)) + "\n")
    return "\n".join(parts)
