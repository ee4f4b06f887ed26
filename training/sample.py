"""Made-up sentence pairs for trying the pipeline out: a small world of people, places and events, in both languages.

python -m training.sample OUT.tsv [PAIRS]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from training.corpus import Pair

_PEOPLE = (
    "the student union=学生会|my department=我们部门|the library=图书馆|our team=我们团队|the museum=博物馆|"
    "the law school=法学院|the research group=课题组|the film club=电影社|the orchestra=乐团|the editors=编辑部"
)
_DEEDS = (
    "organized=组织了|planned=策划了|hosted=主办了|opened=启动了|recorded=录制了|reviewed=回顾了|cancelled=取消了|"
    "funded=资助了|described=介绍了|photographed=拍摄了"
)
_EVENTS = (
    "a lecture=一场讲座|a concert=一场音乐会|a visit=一次参观|a workshop=一次工作坊|an exhibition=一个展览|"
    "a summer camp=一次夏令营|a debate=一场辩论赛|a charity sale=一次义卖|a job fair=一场招聘会|a book club=一次读书会"
)
_SUBJECTS = (
    "green finance=绿色金融|ancient bridges=古桥|public health=公共卫生|rural schools=乡村学校|"
    "machine learning=机器学习|city traffic=城市交通|folk music=民间音乐|sea birds=海鸟|tax reform=税制改革|"
    "old maps=古地图"
)
_PLACES = (
    "in Beijing=在北京|in Shanghai=在上海|in Chengdu=在成都|in Hangzhou=在杭州|on campus=在校园里|online=在线上|"
    "in the city hall=在市政厅|in the main building=在主楼"
)
_CALLED = "Lotus Bank=莲花银行|Northern Stars=北极星公司|Blue River Foundation=蓝河基金会|Maple Securities=枫叶证券"


def _words(table: str) -> list[tuple[str, str]]:
    return [(en, zh) for en, _, zh in (entry.partition("=") for entry in table.split("|"))]


def pairs(count: int, seed: int = 7) -> Iterator[Pair]:
    """Pairs of several patterns, with and without inline codes; the same for the same seed."""
    rng = random.Random(seed)
    people, deeds, events, subjects, places, called = map(
        _words, (_PEOPLE, _DEEDS, _EVENTS, _SUBJECTS, _PLACES, _CALLED)
    )
    for _ in range(count):
        who, deed, event, subject, place, name = map(rng.choice, (people, deeds, events, subjects, places, called))
        year, number = rng.randint(1990, 2029), rng.randint(11, 480)
        yield rng.choice(
            (
                Pair(
                    "general",
                    f"In {year}, {who[0]} {deed[0]} {event[0]} on {subject[0]} {place[0]}.",
                    f"{year}年，{who[1]}{place[1]}{deed[1]}{event[1]}，主题是{subject[1]}。",
                ),
                Pair(
                    "portfolio",
                    f"{who[0].capitalize()} {deed[0]} {event[0]} with {name[0]}, with {number} participants.",
                    f"{who[1]}与{name[1]}合作{deed[1]}{event[1]}，参与人数{number}人。",
                ),
                Pair(
                    "item",
                    f"{who[0].capitalize()} {deed[0]} {event[0]} at ⟦1⟧{name[0]}⟦/1⟧ {place[0]}.",
                    f"{who[1]}{place[1]}的⟦1⟧{name[1]}⟦/1⟧{deed[1]}{event[1]}。",
                ),
                Pair("term", name[0], name[1]),
                Pair("general", f"{subject[0].capitalize()} in {year}", f"{year}年的{subject[1]}"),
            )
        )


def main() -> None:
    """Write a sample."""
    out, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    out.write_text("".join("\t".join(pair) + "\n" for pair in pairs(count)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
