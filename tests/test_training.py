"""How the model is made: what is put into the pairs that it learns from, and a small one trained from end to end."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.codes import MARK, sentences
from bilingual.model import Lang
from bilingual.text import SYMBOL
from training import sample
from training.augment import Forms, Material, Terms, add_codes, other_figures, vary
from training.corpus import Pair, chinese, clean, read
from training.edits import Dressing, Example, renumbered
from training.gaps import gaps
from training.mixture import Mixture, examples
from training.wordlinks import Phrase, Strength, phrases, tokens_en

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("torch", "eflomal", "jieba", "numpy")


def material(en: str, zh: str, zh_words: str, links: str) -> Material:
    """A pair with its words and links; Chinese words are given with spaces between them."""
    spans, at = [], 0
    for word in zh_words.split():
        at = zh.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    found = [tuple(map(int, link.split("-"))) for link in links.split()]
    return Material(Pair("general", en, zh), tokens_en(en), spans, phrases(found, 6))  # type: ignore[arg-type]


VISIT = material(
    "We visited the Blue River Foundation in 2021.",
    "我们于2021年参观了蓝河基金会。",
    "我们 于 2021 年 参观 了 蓝河 基金会 。",
    "0-0 1-4 3-6 4-6 5-7 7-2 8-8",
)


def test_a_term_is_written_into_the_source_and_stands_in_the_target() -> None:
    names: dict[Lang, list[str]] = {"en": ["Maple Securities"], "zh": ["枫叶证券"]}
    terms = Terms({"基金会": "n", "参观": "v"}, Forms(names, {"en": [], "zh": []}))
    seen = set()
    for seed in range(30):
        dressing = Dressing(VISIT.pair.en, VISIT.pair.zh)
        terms.write(dressing, VISIT, "zh", random.Random(seed))
        source, target, _ = dressing.example("zh")
        [written] = re.findall("[\u4e00-\u9fff]+", source)
        assert written in target
        seen.add((source.replace(written, "…"), written))
    whole, river = "We visited the … in 2021.", "We visited the … Foundation in 2021."
    assert {(whole, "蓝河基金会"), (whole, "枫叶证券")} <= seen
    assert {frame for frame, _ in seen} <= {whole, river}


def test_where_there_is_no_other_form_a_term_keeps_its_own() -> None:
    none: dict[Lang, list[str]] = {"en": [], "zh": []}
    terms = Terms({"基金会": "n", "参观": "v"}, Forms(none, none))
    for seed in range(30):
        dressing = Dressing(VISIT.pair.en, VISIT.pair.zh)
        terms.write(dressing, VISIT, "zh", random.Random(seed))
        assert dressing.example("zh").target == VISIT.pair.zh


def test_a_name_stands_in_place_of_one_that_both_sides_write_in_latin_script() -> None:
    pair = material(
        "The clients are Bill Gates, Airbnb and AirbnbPro.",
        "客户有Bill Gates、Airbnb和AirbnbPro。",
        "客户 有 Bill Gates 、 Airbnb 和 AirbnbPro 。",
        "",
    )
    terms = Terms({}, Forms({"en": [], "zh": ["枫叶证券"]}, {"en": [], "zh": []}))
    seen = set()
    for seed in range(40):
        dressing = Dressing(pair.pair.en, pair.pair.zh)
        terms.write(dressing, pair, "zh", random.Random(seed))
        seen.add(dressing.example("zh")[:2])
    assert seen == {
        (pair.pair.en, pair.pair.zh),
        ("The clients are 枫叶证券, Airbnb and AirbnbPro.", "客户有枫叶证券、Airbnb和AirbnbPro。"),
        ("The clients are Bill Gates, 枫叶证券 and AirbnbPro.", "客户有Bill Gates、枫叶证券和AirbnbPro。"),
        ("The clients are Bill Gates, Airbnb and 枫叶证券.", "客户有Bill Gates、Airbnb和枫叶证券。"),
    }


def test_a_term_is_written_apart_from_latin_letters_beside_it() -> None:
    pair = material("The old shareholder IDG paid.", "老股东IDG出资。", "老 股东 IDG 出资 。", "1-0 2-1 3-2 4-3 5-4")
    terms = Terms({}, Forms({"en": [], "zh": []}, {"en": [], "zh": []}))
    sources = set()
    for seed in range(20):
        dressing = Dressing(pair.pair.en, pair.pair.zh)
        terms.write(dressing, pair, "en", random.Random(seed))
        sources.add(dressing.example("en").source)
    assert "老shareholder IDG出资。" in sources


def test_a_long_sentence_gets_more_terms_than_a_short_one() -> None:
    words = [f"甲{chr(0x4E8C + n)}" for n in range(40)]
    most = {}
    for length in (4, 40):
        en, zh = " ".join(f"word{chr(97 + n % 26)}{n}" for n in range(length)), "".join(words[:length])
        pair = material(en, zh, " ".join(words[:length]), " ".join(f"{n}-{n}" for n in range(length)))
        counts = set()
        for seed in range(60):
            dressing = Dressing(en, zh)
            Terms({}, Forms({"en": [], "zh": []}, {"en": [], "zh": []})).write(
                dressing, pair, "zh", random.Random(seed)
            )
            counts.add(len(re.findall("[\u4e00-\u9fff]+", dressing.example("zh").source)))
        most[length] = max(counts)
    assert most[4] == 1 < 3 <= most[40] <= 5


@pytest.mark.parametrize(
    ("zh", "zh_words"), [("我们看中国地图。", "我们 看 中国 地图 。"), ("我们看上海地图。", "我们 看 上海 地图 。")]
)
def test_a_word_is_not_light_for_the_character_it_begins_with(zh: str, zh_words: str) -> None:
    name = zh_words.split()[2]
    pair = material("We read Utopian maps.", zh, zh_words, "0-0 1-1 2-2 3-3 4-4")
    inside = set()
    for seed in range(40):
        dressing = Dressing(pair.pair.en, pair.pair.zh)
        add_codes(dressing, pair, random.Random(seed))
        inside.update(re.findall(r"⟦\d⟧(\w+)⟦/\d⟧", dressing.example("zh").target))
    assert name in inside


def test_codes_stand_once_on_both_sides_and_around_the_same_words() -> None:
    # "" is a pair around a standalone code: a link around an image
    seen = set()
    for seed in range(60):
        dressing = Dressing(VISIT.pair.en, VISIT.pair.zh)
        add_codes(dressing, VISIT, random.Random(seed))
        source, target, _ = dressing.example("en")
        assert sorted(SYMBOL.findall(source)) == sorted(SYMBOL.findall(target)) != []
        assert len(set(SYMBOL.findall(source))) == len(SYMBOL.findall(source))
        for number in {int(n) for slash, n in SYMBOL.findall(source) if slash}:
            inside = [re.search(f"⟦{number}⟧(.*)⟦/{number}⟧", side) for side in (source, target)]
            assert all(inside)
            seen.add(tuple(SYMBOL.sub("", found[1]) for found in inside if found))
    assert ("蓝河基金会", "Blue River Foundation") in seen
    assert seen <= {
        ("蓝河基金会", "Blue River Foundation"), ("2021", "2021"), ("参观", "visited"), ("蓝河", "Blue River"), ("基金会", "Foundation"),
        ("参观了蓝河基金会", "visited the Blue River Foundation"), ("参观了蓝河", "visited the Blue River"), ("", ""),
    }  # fmt: skip


def test_codes_are_numbered_in_order_of_the_source() -> None:
    assert renumbered("⟦2⟧一⟦/2⟧ ⟦1⟧", "⟦1⟧ ⟦2⟧one⟦/2⟧") == ("⟦1⟧一⟦/1⟧ ⟦2⟧", "⟦2⟧ ⟦1⟧one⟦/1⟧")


def test_pairs_nest() -> None:
    dressing = Dressing("old maps", "古地图")
    dressing.pair((0, 8), (0, 3))
    dressing.pair((0, 8), (0, 3))
    dressing.pair((4, 8), (1, 3))
    assert dressing.example("zh") == Example("⟦1⟧⟦2⟧old ⟦3⟧maps⟦/3⟧⟦/2⟧⟦/1⟧", "⟦1⟧⟦2⟧古⟦3⟧地图⟦/3⟧⟦/2⟧⟦/1⟧", "zh")


def test_figures_change_on_both_sides() -> None:
    pair = Pair("general", "In 2021, 480 people and 1,200 birds came.", "2021年，来了480人和1200只鸟。")
    changed = other_figures(pair, random.Random(1))
    year, people = re.findall(r"\b\d{4}\b|\b\d{3}\b", changed.en)[:2]
    assert (year, people) != ("2021", "480")
    assert changed.zh == f"{year}年，来了{people}人和1200只鸟。"
    assert changed.en == f"In {year}, {people} people and 1,200 birds came."


def test_a_source_is_spaced_and_cut_as_authors_do_and_the_target_is_not() -> None:
    shapes = {
        vary(Example("用Python写⟦1⟧脚本⟦/1⟧。", "Scripts in Python.", "en"), random.Random(n)) for n in range(400)
    }
    sources = {shape.source for shape in shapes}
    assert {"用 Python 写⟦1⟧脚本⟦/1⟧。", "用 Python 写 ⟦1⟧脚本⟦/1⟧。", "用 Python 写⟦1⟧脚本⟦/1⟧"} <= sources
    assert {shape.target for shape in shapes} == {"Scripts in Python.", "Scripts in Python"}
    targets = {vary(Example("Scripts in R", "用R写脚本", "zh"), random.Random(n)).target for n in range(20)}
    assert targets == {"用 R 写脚本"}
    headings = {vary(Example("My last year", "我的最后一年", "zh"), random.Random(n)).source for n in range(200)}
    assert headings == {"My last year", "My Last Year", "MY LAST YEAR", "my last year"}


def test_an_ordinary_word_is_exchanged_for_another_one() -> None:
    pair = material("We sold an old boat.", "我们卖了旧船。", "我们 卖了 旧 船 。", "0-0 1-1 3-2 4-3 5-4")
    terms = Terms(
        {"船": "n", "卖了": "v", "旧": "a"}, Forms({"en": [], "zh": []}, {"en": ["annual report"], "zh": ["年报"]})
    )
    seen = set()
    for seed in range(40):
        dressing = Dressing(pair.pair.en, pair.pair.zh)
        terms.write(dressing, pair, "en", random.Random(seed))
        seen.add(dressing.example("en")[:2])
    assert {
        ("我们卖了annual report。", "We sold an annual report."),
        ("我们卖了old boat。", "We sold an old boat."),
    } <= seen
    assert not any("We annual report" in target for _, target in seen)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("他说: 我用 Python 写的 (很快).", "他说：我用Python写的（很快）。"),
        ('当 ⟦1⟧ 时, 显示"确定"', "当⟦1⟧时，显示“确定”"),
        ("1,200 人", "1,200人"),
    ],
)
def test_chinese_is_written_one_way(given: str, wanted: str) -> None:
    assert chinese(given) == wanted


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("See [the][manual] for more.", "更多信息见手册。"),
        ("⟦1⟧ is not ⟦1⟧", "⟦1⟧不是⟦1⟧"),
        ("Open ⟦1⟧ first", "先打开它"),
        ("In 1998 it was built by students", "2001年由学生建成"),
        ("A very long sentence about nothing at all that goes on and on", "短句"),
    ],
)
def test_pairs_that_teach_wrongly_are_left_out(en: str, zh: str) -> None:
    assert clean(Pair("general", en, zh)) is None


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("Raised 4,200 euros for a well", "筹得4200欧元用于打井"),
        ("The fair brought in 600,000 yuan.", "义卖共筹得60万元。"),
        ("It was born in the 1950s.", "它诞生于20世纪50年代。"),
    ],
)
def test_the_same_figure_written_in_another_way_is_no_reason_to_leave_a_pair_out(en: str, zh: str) -> None:
    assert clean(Pair("general", en, zh)) is not None


PAIRS = sorted((ROOT / "training" / "pairs").glob("*.tsv"))


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_our_own_pairs_can_be_trained_on(file: Path) -> None:
    pairs = list(read(file))
    assert {pair.kind for pair in pairs} <= {"portfolio", "prose", "item", "term"}
    assert len({pair.en for pair in pairs}) == len(pairs)
    lost = [pair for pair in pairs if clean(pair) is None]
    assert len(lost) <= len(pairs) / 60, lost  # a very long name, a figure that is put in other words


def test_what_codes_are_measured_on_is_in_no_pair_of_ours() -> None:
    measured = {MARK.sub(r"\2", side) for sides in sentences() for side in sides}
    ours = {SYMBOL.sub("", side) for file in PAIRS for pair in read(file) for side in pair[1:]}
    assert not measured & ours
    assert len(ours) > 10_000


def test_one_direction_is_shown_more_often() -> None:
    materials = [Material(Pair("prose", f"Room {n} is free.", f"{n}号房间空着。"), (), (), ()) for n in range(2000)]
    shown = list(examples(materials, Terms({}, Forms({}, {})), Mixture({"prose": 1.5}, to_en=0.7, figures=0), 1))
    assert len(shown) == pytest.approx(6000, rel=0.03)
    assert sum(example.to == "en" for example in shown) / len(shown) == pytest.approx(0.7, abs=0.02)


def test_frequent_words_that_hardly_any_pair_holds() -> None:
    pairs = [Pair("prose", "The bank lends.", "银行放贷。"), Pair("prose", "The bank rests.", "银行休息。")]
    materials = [Material(pair, (), [(0, 2), (2, 4), (4, 5)], ()) for pair in pairs]
    frequency = {"近日": 90, "银行": 80, "放贷": 70, "的": 99, "砚台": 1}
    assert list(gaps(materials, frequency, first=3, least=2)) == [("近日", 0), ("放贷", 1)]


def test_links_and_phrases() -> None:
    assert Phrase((0, 2), (0, 1)) in phrases([(0, 0), (1, 0), (2, 1)], 3)
    assert Phrase((1, 2), (0, 1)) not in phrases([(0, 0), (1, 0), (2, 1)], 3)
    strength = Strength()
    strength.learn(["Bank", "loan"], ["银行", "贷款"], [(0, 0), (1, 1)])
    strength.learn(["bank"], ["银行", "河"], [(0, 0)])
    assert strength("banks"[:4], "银行") == 1
    assert strength("bank", "河") == 0


def _package(folder: Path) -> Path:
    """Train on a sample, all steps by the command that makes the embedded model."""
    data, work = folder / "data", folder / "work"
    data.mkdir()
    shutil.copy(ROOT / "bilingual/models/en-zh/sentencepiece.model", data)
    made = list(dict.fromkeys(sample.pairs(2600)))
    for name, some in (("sample.tsv", made[60:2060]), ("held-out.tsv", made[:60])):
        (data / name).write_text("".join("\t".join(pair) + "\n" for pair in some), encoding="utf-8")
    command = [sys.executable, "-m", "training", "all", "--data", str(data), "--work", str(work)]
    command += ["--recipe", str(ROOT / "training/smoke.toml"), "--to", str(folder / "package")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    losses = [float(loss) for loss in re.findall(r"held-out ([\d.]+)", done.stdout)]
    assert len(losses) >= 2, done.stdout
    assert losses[-1] < 0.5 * losses[0]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "loss" not in again.stdout, "what is done was done again"
    return folder / "package"


WITH_TORCH = pytest.mark.skipif(
    "TRAINING_MUST_RUN" not in os.environ and not all(map(find_spec, NEEDED)),
    reason="needs torch and eflomal: training/ci_smoke.sh makes an environment with them",
)


@WITH_TORCH
def test_new_layers_change_nothing_until_they_are_trained() -> None:
    import torch

    from training.network import Network, Shape, grown

    small, large = (Shape(vocab=60, d=32, f=64, h=2, enc=enc, dec=dec) for enc, dec in ((2, 1), (4, 2)))
    one, other = Network(small), Network(large)
    other.load_state_dict(grown(one.state_dict(), small, large))
    source, target = torch.randint(6, 60, (3, 9)), torch.randint(6, 60, (3, 7))
    assert torch.equal(one(source, target), other(source, target))
    loss, _ = other.loss(source, target, 0.1)
    loss.backward()  # type: ignore[no-untyped-call]
    new = [(name, p) for name, p in other.named_parameters() if name.startswith(("enc.3", "dec.1"))]
    assert any(p.grad is not None and p.grad.abs().sum() > 0 for _, p in new)


@WITH_TORCH
def test_a_small_model_learns_and_its_export_translates(tmp_path: Path) -> None:
    package = _package(tmp_path)
    assert json.loads((package / "metadata.json").read_text())["bilingual"]["terms"] == "source"
    wanted = {
        "zh": (
            "In 2007, our team hosted a concert on sea birds in Shanghai.",
            "2007年，我们团队在上海主办了一场音乐会，主题是海鸟。",
        ),
        "en": (
            "法学院在北京的⟦1⟧莲花银行⟦/1⟧策划了一次参观。",
            "The law school planned a visit at ⟦1⟧Lotus Bank⟦/1⟧ in Beijing.",
        ),
    }
    for to, (source, target) in wanted.items():
        command = [sys.executable, "-m", "bilingual", "lines", "--no-fallback", "--engine", str(package), "--to", to]
        done = subprocess.run(command, cwd=ROOT, input=source.encode(), capture_output=True, check=True)
        assert done.stdout.decode().strip() == target
