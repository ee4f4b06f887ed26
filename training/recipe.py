"""A recipe: which files, which shares, which phases, read from TOML."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.mixture import Mixture
from training.network import Shape
from training.train import Phase

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Recipe:
    """What `python -m training all` follows; paths are relative to the data folder, but for those of `own`."""

    vocabulary: str
    files: tuple[str, ...]
    """Pairs to draw from; of a pair that stands twice the first is taken."""
    pool: Mapping[str, float]
    phases: tuple[tuple[Phase, Mixture], ...]
    own: tuple[str, ...] = ()
    """More of them, relative to the recipe, with wildcards; they come first."""
    start: str | None = None
    held_out: tuple[str, ...] = ()
    shape: Shape = field(default_factory=Shape)
    mean: tuple[str, ...] = ()
    """Phases of whose weights the model is the mean; none: the last one's."""


def load(path: Path) -> Recipe:
    """The recipe of a file. Raises TypeError on a key that it does not know, KeyError where one is missing."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(
        vocabulary=data.pop("vocabulary"),
        files=tuple(data.pop("files")),
        own=tuple(data.pop("own", ())),
        pool=data.pop("pool"),
        phases=tuple(_phase(each) for each in data.pop("phase")),
        shape=Shape(**data.pop("shape", {})),
        held_out=tuple(data.pop("held_out", ())),
        mean=tuple(data.pop("mean", ())),
        **data,
    )


def _phase(data: dict[str, Any]) -> tuple[Phase, Mixture]:
    mixture = Mixture(**data.pop("mixture"))
    return Phase(**data), mixture
