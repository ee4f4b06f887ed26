"""The pages of content/: what they are there to show, they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bilingual.align import align
from bilingual.cli import run
from bilingual.glossary import Glossary
from bilingual.job import translate_files
from bilingual.markdown import read
from bilingual.pipeline import Pipeline
from bilingual.sources import Layout, Options
from bilingual.testing import FakeEngine

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
PAGES = sorted((CONTENT / "_portfolio").glob("*.md"))
MIXED = CONTENT / "_portfolio" / "liaison-department.md"
ALTERNATING = CONTENT / "_portfolio" / "planning-a-visit.md"
PAIR = CONTENT / "_portfolio" / "aiib-visit.en.md", CONTENT / "_portfolio" / "aiib-visit.zh.md"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_relative_links_and_images_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)|src='([^']+)'", text):
        link = next(filter(None, target))
        if link.startswith("/"):
            assert (CONTENT / link[1:]).is_file(), link
        elif "://" not in link:
            assert (path.parent / link).is_file(), link


def test_the_glossary_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["glossary", "lint", str(ROOT / "glossary.yaml")]) == 0, capsys.readouterr()


def test_the_mixed_page_is_a_summary_beside_details_with_figures_that_contradict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = read(MIXED)
    assert align(page, glossary=Glossary.load(ROOT / "glossary.yaml")).arrangement == "summary"
    assert {block.kind for block in page.blocks} >= {"front-matter", "heading", "paragraph", "list-item"}
    assert run(["diff", str(MIXED), "--glossary", str(ROOT / "glossary.yaml")]) == 1
    assert "80+ against 100+" in capsys.readouterr().out


def test_the_mixed_page_uses_old_names_and_the_others_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    glossary = ["--glossary", str(ROOT / "glossary.yaml"), "--rule", "deprecated-form"]
    assert run(["check", str(MIXED), *glossary]) == 1
    said = capsys.readouterr().out
    assert said.count("deprecated-form") == 2
    assert "国信证券公司" in said
    assert "全球化研究中心" in said
    assert run(["check", *map(str, PAIR), str(ALTERNATING), *glossary]) == 0


def test_every_text_of_the_alternating_page_has_its_counterpart() -> None:
    page = read(ALTERNATING)
    bitext = align(page)
    assert bitext.arrangement == "alternating"
    linked = {index for bead in bitext.beads for index in (*bead.en, *bead.zh)}
    alone = [page.source(b) for b in page.blocks if b.units and b.kind != "front-matter" and b.index not in linked]
    assert [text[:2] for text in alone] == ["!["]
    assert all(abs(bead.en[0] - bead.zh[0]) <= 12 for bead in bitext.beads)


def test_the_pair_says_the_same_in_the_same_order() -> None:
    en, zh = map(read, PAIR)
    bitext = align(en, zh)
    assert [bead.en for bead in bitext.beads] == [bead.zh for bead in bitext.beads]
    assert len(bitext.beads) == sum(bool(block.units) for block in en.blocks)


@pytest.mark.parametrize("layout", ["separate", "parallel", "side-by-side"])
@pytest.mark.parametrize("path", [MIXED, ALTERNATING], ids=lambda path: path.name)
def test_every_layout_holds_every_link_and_figure(path: Path, layout: Layout, tmp_path: Path) -> None:
    engine = FakeEngine(default=lambda segment: segment)
    results = translate_files([path], Options(layout=layout, out=tmp_path), lambda: Pipeline(engine))
    source = path.read_text(encoding="utf-8")
    for result in results:
        made = result.path.read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\s)\"<]+", source)) <= set(re.findall(r"https?://[^\s)\"<]+", made))
        for figure in ("12:30", "16:30") if path is ALTERNATING else ("80+", "100+", "30+"):
            assert figure in made
        for image in re.findall(r"\.\./(images/\w+\.svg)", source):
            found = re.search(rf"[\"(]([^\"()]*{image})", made)
            assert found
            assert (tmp_path / found.group(1)).resolve() == CONTENT / image


def test_the_readme_says_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    readme = str(ROOT / "README.md"), str(ROOT / "README.zh.md")
    assert run(["diff", *readme]) == 0, capsys.readouterr().out
    assert run(["check", *readme, "--glossary", str(ROOT / "glossary.yaml")]) == 0, capsys.readouterr().out
