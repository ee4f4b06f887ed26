"""`python -m training`: prepare ▸ train ▸ export ▸ evaluate.

    python -m training all --data DATA --work WORK [--recipe FILE]     everything that is not done yet
    python -m training prepare|train …                                 only that; `--phase NAME` for one phase
    python -m training export --checkpoint FILE… --vocabulary FILE --to FOLDER
    python -m training evaluate PACKAGE [--pairs FILE] [--terms FILE --direction en|zh]
    python -m training gaps --work WORK                                frequent words that the pool lacks

DATA holds the corpus and the vocabulary (see README.md), WORK what is made of them. Every step is left out where its
result is there already, and training goes on from its checkpoint.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Do what the command line asks for."""
    asked = _parser().parse_args()
    if asked.step == "evaluate":
        from training import evaluate

        if asked.pairs:
            evaluate.pairs(asked.package, asked.pairs)
        if asked.terms:
            evaluate.terms(asked.package, asked.terms, asked.direction)
        return
    from training import steps
    from training.export import export

    if asked.step == "gaps":
        steps.lacking(asked.work, asked.first, asked.least)
        return
    if asked.step == "export":
        export(asked.checkpoint, asked.vocabulary, asked.to)
        return
    if asked.step != "train":
        steps.prepare(asked.data, asked.work, asked.recipe, asked.phase)
    if asked.step != "prepare":
        steps.train(asked.data, asked.work, asked.recipe, asked.phase)
    if asked.step == "all":
        checkpoints, vocabulary = steps.made(asked.data, asked.work, asked.recipe)
        export(checkpoints, vocabulary, asked.to or asked.work / "package")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=(__doc__ or "").split("\n\n")[0])
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("all", "prepare", "train"):
        step = steps.add_parser(name)
        step.add_argument("--data", type=Path, required=True)
        step.add_argument("--work", type=Path, required=True)
        step.add_argument("--recipe", type=Path, default=HERE / "recipe.toml")
        step.add_argument("--phase", help="only this phase of the recipe")
        step.add_argument("--to", type=Path, help="where the model package goes (all); default: WORK/package")
    step = steps.add_parser("export")
    step.add_argument("--checkpoint", type=Path, required=True, nargs="+", help="of several, the mean is taken")
    step.add_argument("--vocabulary", type=Path, required=True)
    step.add_argument("--to", type=Path, required=True)
    step = steps.add_parser("gaps")
    step.add_argument("--work", type=Path, required=True)
    step.add_argument("--first", type=int, default=20_000, help="how many of the most frequent words are looked for")
    step.add_argument("--least", type=int, default=5, help="the number of pairs that is enough")
    step = steps.add_parser("evaluate")
    step.add_argument("package")
    step.add_argument("--pairs", type=Path, help="en<TAB>zh, references of each other")
    step.add_argument("--terms", type=Path, help="a table with the columns source, reference, terms")
    target = "the language to translate the table into"
    step.add_argument("--direction", choices=["en", "zh"], default="zh", help=target)
    return parser


if __name__ == "__main__":
    main()
