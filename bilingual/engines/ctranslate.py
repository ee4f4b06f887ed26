"""Engines that run packages of Argos' layout with CTranslate2: the embedded model, installed ones, any folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bilingual.engines import Abilities, Hypothesis, store
from bilingual.engines.packages import EMBEDDED, ModelPackage, argos_packages, read
from bilingual.engines.spacing import apart, together
from bilingual.errors import EngineError
from bilingual.model import Lang

BATCH_TOKENS = 2048
LONGEST = 256
MOST_PIECES = 500
"""Models know 512 positions; a segment of more pieces (a row of signs) is given back as it came."""
"""Tokens that one answer may have; a segment that needs more is a sentence splitter's mistake."""


def embedded() -> CTranslate:
    """The model that comes with this package."""
    return CTranslate("embedded", [read(EMBEDDED)])


def argos() -> CTranslate:
    """What argostranslate has installed for English and Chinese: the newest package of each direction."""
    packages = argos_packages()
    if not packages:
        raise EngineError("argostranslate has no package between English and Chinese installed")
    return CTranslate("argos", packages)


def from_folder(path: str) -> CTranslate:
    """The package in a folder, named by the folder's path."""
    return CTranslate(path, [read(path)])


def from_store(name: str) -> CTranslate:
    """An installed model, by its name."""
    package = store.find(name)
    if package is None:
        raise EngineError(f"no installed model is called {name!r}")
    return CTranslate(name, [package])


class CTranslate:
    """Packages, each for one direction or both, behind the `Engine` protocol; the first for a direction is used."""

    def __init__(self, name: str, packages: Sequence[ModelPackage]):
        self.name = name
        self._packages: dict[Lang, ModelPackage] = {}
        for package in packages:
            for to in package.prefixes:
                self._packages.setdefault(to, package)
        self._models: dict[os.PathLike[str], _Model] = {}

    @property
    def packages(self) -> dict[Lang, ModelPackage]:
        """The package that serves each target language."""
        return dict(self._packages)

    @property
    def fingerprint(self) -> str:
        prints = sorted({package.fingerprint for package in self._packages.values()})
        return prints[0] if len(prints) == 1 else hashlib.blake2b(" ".join(prints).encode()).hexdigest()[:12]

    @property
    def abilities(self) -> Abilities:
        used = list(self._packages.values())
        return Abilities(
            to=frozenset(self._packages),
            codes=all(package.codes for package in used),
            terms="source" if all(package.terms == "source" for package in used) else "none",
            hypotheses=min(int(package.decoding["beam_size"]) for package in used),
        )

    def translate(
        self,
        segments: Sequence[str],
        to: Lang,
        *,
        hypotheses: int = 1,
        progress: Callable[[int], object] | None = None,
    ) -> list[list[Hypothesis]]:
        """One batch over the distinct segments; see `Engine.translate`."""
        package = self._packages.get(to)
        if package is None:
            raise EngineError(f"engine {self.name!r} does not translate into {'English' if to == 'en' else 'Chinese'}")
        if package.path not in self._models:
            self._models[package.path] = _Model(package)
        distinct = list(dict.fromkeys(segments))
        asked = [apart(segment) for segment in distinct] if package.spaced and to == "en" else distinct
        answers = self._models[package.path].translate(asked, package.prefixes[to], hypotheses, progress)
        if package.spaced and to == "zh":
            answers = [[each._replace(text=together(each.text)) for each in some] for some in answers]
        found = dict(zip(distinct, answers, strict=True))
        return [found[segment] for segment in segments]


class _Model:
    """One loaded package."""

    def __init__(self, package: ModelPackage):
        import ctranslate2
        import sentencepiece

        self._decoding, self._path = package.decoding, package.path
        try:
            self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(package.tokenizer))
        except (OSError, RuntimeError) as error:
            raise EngineError(f"the tokenizer is damaged: {error}", path=str(package.tokenizer)) from error
        inter, intra = _threads()
        self._at_once = inter
        try:
            self._translator = ctranslate2.Translator(
                str(package.model), device="cpu", inter_threads=inter, intra_threads=intra
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(f"the model is damaged: {error}", path=str(package.model)) from error

    def translate(
        self, segments: Sequence[str], prefix: str, hypotheses: int, progress: Callable[[int], object] | None
    ) -> list[list[Hypothesis]]:
        pieces: list[list[str]] = self._pieces.encode(list(segments), out_type=str)
        answers = [[Hypothesis(segment, 0.0)] for segment in segments]
        todo = sorted(
            (i for i, some in enumerate(pieces) if 0 < len(some) <= MOST_PIECES), key=lambda i: -len(pieces[i])
        )
        done = len(pieces) - len(todo)
        for batch in self._batches(todo, pieces):
            results = self._run([pieces[i] for i in batch], prefix, hypotheses)
            for i, result in zip(batch, results, strict=True):
                texts = [self._text(tokens, prefix) for tokens in result.hypotheses]
                answers[i] = [Hypothesis(*pair) for pair in zip(texts, result.scores, strict=True)]
            done += len(batch)
            if progress:
                progress(done)
        return answers

    def _batches(self, order: Sequence[int], pieces: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """Segments of like length, longest first, as many as run at a time: between two batches Ctrl-C is heard, and
        short segments need not wait for a long one's answer to end."""
        start = 0
        while start < len(order):
            size = max(1, self._at_once * BATCH_TOKENS // len(pieces[order[start]]))
            yield list(order[start : start + size])
            start += size

    def _run(self, pieces: list[list[str]], prefix: str, hypotheses: int) -> Sequence[Any]:
        options: dict[str, Any] = dict(self._decoding)
        options["num_hypotheses"] = max(1, min(hypotheses, int(options["beam_size"])))
        try:
            results: Sequence[Any] = self._translator.translate_batch(
                pieces,
                target_prefix=[[prefix]] * len(pieces) if prefix else None,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_decoding_length=min(LONGEST, 3 * len(pieces[0]) + 16),
                return_scores=True,
                replace_unknowns=True,
                **options,
            )
        except RuntimeError as error:
            raise EngineError(f"the model fails: {error}", path=str(self._path)) from error
        return results

    def _text(self, tokens: list[str], prefix: str) -> str:
        kept = tokens[1:] if prefix and tokens[:1] == [prefix] else tokens
        text: str = self._pieces.decode_pieces(kept)
        return text.strip()


def _threads() -> tuple[int, int]:
    """Batches at a time, and threads for each: a small model gains little from more than four."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    intra = min(4, cores)
    return max(1, cores // intra), intra
