"""The steps of a recipe, each left out where its result is there already."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from bilingual.engines.spacing import apart
from training import batches, corpus, mixture, pool, recipe
from training.augment import Terms
from training.edits import Example
from training.gaps import gaps
from training.train import Trainer


def prepare(data: Path, work: Path, recipe_file: Path, only: str | None = None) -> None:
    """Make the pool and the examples of every phase."""
    plan = recipe.load(recipe_file)
    if not (work / "pool").exists():
        own = [file for name in plan.own for file in sorted(recipe_file.parent.glob(name))]
        files = [*own, *(data / name for name in plan.files)]
        pool.make(files, plan.pool, work / "pool")
    wanted = [(seed, each) for seed, each in enumerate(plan.phases) if only in (None, each[0].name)]
    if all((work / phase.name).exists() for _, (phase, _) in wanted):
        return
    materials = pool.load(work / "pool")
    tags = _tags()
    terms = Terms(tags, mixture.forms(materials, tags))
    for seed, (phase, shares) in wanted:
        if not (work / phase.name).exists():
            made = mixture.examples(materials, terms, shares, seed)
            count = batches.write(made, data / plan.vocabulary, work / phase.name)
            print(f"{phase.name}: {count} examples", flush=True)


def train(data: Path, work: Path, recipe_file: Path, only: str | None = None) -> None:
    """Train every phase, one after the other."""
    plan = recipe.load(recipe_file)
    for phase, _ in plan.phases:
        done = work / f"{phase.name}.done"
        if done.exists() or only not in (None, phase.name):
            continue
        trainer = Trainer(work / "last.pt", phase, plan.shape, data / plan.start if plan.start else None)
        trainer.run(batches.Examples(work / phase.name), _say, _check(data, work, plan))
        if trainer.finished:
            shutil.copyfile(work / "last.pt", work / f"{phase.name}.pt")
            done.write_text(f"{trainer.step} steps, {trainer.seen} target tokens\n")
        else:
            return


def lacking(work: Path, first: int, least: int) -> None:
    """Print the frequent words that the pool lacks, names left out."""
    words = {word: n for word, (n, tag) in _dictionary().items() if not tag.startswith(("nr", "ns", "nt"))}
    for word, n in gaps(pool.load(work / "pool"), words, first, least):
        print(f"{word}\t{n}")


def made(data: Path, work: Path, recipe_file: Path) -> tuple[list[Path], Path]:
    """The checkpoints that a recipe makes its model of, and its vocabulary."""
    plan = recipe.load(recipe_file)
    names = plan.mean or (plan.phases[-1][0].name,)
    return [work / f"{name}.pt" for name in names], data / plan.vocabulary


def _check(data: Path, work: Path, plan: recipe.Recipe) -> Callable[[Trainer], str] | None:
    """What shows the loss on each of the held-out files."""
    sets = {}
    for name in plan.held_out:
        folder = work / f"held-out-{Path(name).stem}"
        if not folder.exists():
            pairs = list(corpus.read(data / name))
            both = [Example(apart(p.zh), p.en, "en") for p in pairs] + [Example(p.en, apart(p.zh), "zh") for p in pairs]
            batches.write(both, data / plan.vocabulary, folder)
        sets[Path(name).stem] = list(batches.Examples(folder).batches(4000, 0))
    if not sets:
        return None
    return lambda trainer: " ".join(f"{name} {trainer.held_out(found):.3f}" for name, found in sets.items())


def _tags() -> dict[str, str]:
    """The part of speech that jieba's dictionary gives to each word."""
    return {word: tag for word, (_, tag) in _dictionary().items()}


def _dictionary() -> dict[str, tuple[int, str]]:
    """Frequency and part of speech of jieba's words."""
    import jieba

    with jieba.get_dict_file() as file:
        rows = [line.split() for line in file.read().decode().splitlines()]
    return {row[0]: (int(row[1]), row[2]) for row in rows if len(row) > 2}


def _say(line: str) -> None:
    print(line, flush=True)
