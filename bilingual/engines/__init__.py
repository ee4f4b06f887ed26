"""Engines: what turns a batch of segments into hypotheses.

An engine is named on the command line by a word of `ENGINES`, by the name of an entry point of the group
`bilingual.engines`, by the name of an installed model, or by the path of a model folder. Factories are loaded when
named, never before.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from bilingual.errors import EngineError
from bilingual.model import Lang

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENGINES = {
    "embedded": "bilingual.engines.ctranslate:embedded",
    "argos": "bilingual.engines.ctranslate:argos",
}
"""Name: where its factory, `() -> Engine`, lives."""
FOLDER = "bilingual.engines.ctranslate:from_folder"
INSTALLED = "bilingual.engines.ctranslate:from_store"
GROUP = "bilingual.engines"
DEFAULT = "embedded"


class Hypothesis(NamedTuple):
    """One answer of an engine for one segment."""

    text: str
    score: float
    """Mean log probability of its tokens, so that 0 is certainty; only comparable within one engine."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine declares that it can do; the pipeline asks it for nothing else."""

    to: frozenset[Lang]
    """The languages that it translates into (from the other one)."""
    codes: bool = False
    """Whether it carries inline codes (`⟦1⟧`, `⟦1⟧…⟦/1⟧`, numbers 1 to 12) over whole."""
    terms: Literal["none", "source"] = "none"
    """`source`: it was trained to keep a target-language term that is written into the source segment."""
    hypotheses: int = 1
    """How many answers it can give for a segment without being much slower."""


class Engine(Protocol):
    """A translator of segments: one sentence each, in inline-code form, without line breaks."""

    name: str
    """How the user names it; the first half of a target's origin."""

    @property
    def fingerprint(self) -> str:
        """Changes when its answers may change: a hash over model files and decoding settings. Must be cheap."""

    @property
    def abilities(self) -> Abilities:
        """What it can do, known without loading a model."""

    def translate(
        self,
        segments: Sequence[str],
        to: Lang,
        *,
        hypotheses: int = 1,
        progress: Callable[[int], object] | None = None,
    ) -> list[list[Hypothesis]]:
        """At least one answer, best first, for each of the segments, in their order.

        All that is to be translated comes in one call, so that an engine can batch by length. `progress` is called
        with the number of segments finished so far. Raises EngineError where the model cannot be loaded.
        """


def load(name: str) -> Engine:
    """The engine of a name; its model is loaded when it first translates. Raises EngineError."""
    if name in ENGINES:
        engine: Engine = _factory(ENGINES[name])()
        return engine
    for entry in _entry_points():
        if entry.name == name:
            try:
                plugged: Engine = entry.load()()
            except Exception as error:  # a plug-in's own failure must not look like ours
                raise EngineError(f"engine {name!r} ({entry.value}) cannot be loaded: {error}") from error
            return plugged
    if name in _installed():
        stored: Engine = _factory(INSTALLED)(name)
        return stored
    if os.path.isdir(name) or os.sep in name or "/" in name:
        folder: Engine = _factory(FOLDER)(name)
        return folder
    raise EngineError(f"unknown engine {name!r}: it is one of {', '.join(names())}, or the path of a model folder")


def names() -> list[str]:
    """The engines that can be named, built in and installed."""
    return list(dict.fromkeys([*ENGINES, *(entry.name for entry in _entry_points()), *_installed()]))


def _installed() -> list[str]:
    from bilingual.engines import store

    return [package.name for package in store.installed()]


def _entry_points() -> Iterable[EntryPoint]:
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def _factory(place: str) -> Callable[..., Engine]:
    module, attribute = place.split(":")
    factory: Callable[..., Engine] = getattr(importlib.import_module(module), attribute)
    return factory
