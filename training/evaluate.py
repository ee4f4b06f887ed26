"""What a package is worth: BLEU and chrF of its first answers, and how many terms written into the source are kept.

    python -m training evaluate PACKAGE [--pairs FILE.tsv] [--terms FILE.tsv --direction en|zh]

`--pairs`: en<TAB>zh, references of each other. `--terms`: a table with the columns `source`, `reference` and `terms`,
the last a JSON list of {"source", "target"}. Nothing is checked, mended or tried again: these are figures of the model.
"""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

from bilingual.engines import load
from bilingual.model import Lang
from bilingual.pipeline.terms import Required, holds, written


def pairs(package: str, file: Path) -> None:
    """Print BLEU (13a for English, zh for Chinese) and chrF in both directions."""
    import sacrebleu

    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    engine = load(package)
    directions: tuple[tuple[Lang, int], ...] = (("en", 0), ("zh", 1))
    for to, side in directions:
        start = time.monotonic()
        answers = [found[0].text for found in engine.translate([row[1 - side] for row in rows], to)]
        seconds = time.monotonic() - start
        wanted = [[row[side] for row in rows]]
        bleu = sacrebleu.corpus_bleu(answers, wanted, tokenize="zh" if to == "zh" else "13a").score
        chrf = sacrebleu.corpus_chrf(answers, wanted).score
        print(f"to {to}: BLEU {bleu:.1f} chrF {chrf:.1f}, {len(rows)} lines in {seconds:.1f} s")


def terms(package: str, file: Path, to: Lang) -> None:
    """Print how many terms stand in the target when their target form was written into the source."""
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted: list[tuple[str, list[Required]]] = []
    for row in rows:
        found = []
        for term in json.loads(row["terms"]):
            at = row["source"].lower().find(term["source"].lower())
            if at >= 0 and all(at >= other.end or at + len(term["source"]) <= other.start for other in found):
                end = at + len(term["source"])
                found.append(Required(at, end, "", row["source"][at:end], term["target"], (term["target"],)))
        wanted.append((row["source"], sorted(found)))
    engine = load(package)
    answers = engine.translate([written(source, found) for source, found in wanted], to)
    plain = engine.translate([source for source, _ in wanted], to)
    total = sum(len(found) for _, found in wanted)
    for name, targets in (("written into the source", answers), ("left as they are", plain)):
        kept = sum(
            holds(t[0].text, term.target) for t, (_, found) in zip(targets, wanted, strict=True) for term in found
        )
        print(f"to {to}: terms {name}: {kept} of {total} kept ({kept / total:.1%})")
