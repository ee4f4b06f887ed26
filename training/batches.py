"""Examples as token ids on disk, and batches of them: like lengths together, in random order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.edits import Example
from training.network import END, PAD, START, TO_EN, TO_ZH

LONGEST = 200
"""Pieces that a side may have."""
_CHUNK = 200_000
_AT_ONCE = 20_000

Batch = tuple[Tensor, Tensor]
"""Source and target ids, examples × length, padded; a target is `<s> __zh__ … </s>`."""


def write(examples: Iterable[Example], tokenizer: Path, folder: Path) -> int:
    """Write examples as ids; the number of them. Those without a piece or with too many are left out."""
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
    if (pieces.piece_to_id("__en__"), pieces.piece_to_id("__zh__")) != (TO_EN, TO_ZH):
        raise ValueError(f"{tokenizer}: __en__ and __zh__ are not pieces {TO_EN} and {TO_ZH}")
    sides: list[list[NDArray[np.uint16]]] = [[], []]
    sizes: list[list[int]] = [[], []]
    rest = iter(examples)
    while some := list(islice(rest, _AT_ONCE)):
        sources = pieces.encode([example.source for example in some], out_type=int)
        targets = pieces.encode([example.target for example in some], out_type=int)
        for example, source, target in zip(some, sources, targets, strict=True):
            if not (0 < len(source) <= LONGEST and 0 < len(target) <= LONGEST):
                continue
            whole = [START, TO_EN if example.to == "en" else TO_ZH, *target, END]
            for side, ids in enumerate((source, whole)):
                sides[side].append(np.array(ids, np.uint16))
                sizes[side].append(len(ids))
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    fresh.mkdir(parents=True)
    for side, name in enumerate(("source", "target")):
        np.save(fresh / f"{name}.npy", np.concatenate(sides[side]))
        np.save(fresh / f"{name}_ends.npy", np.cumsum([0, *sizes[side]]))
    os.replace(fresh, folder)
    return len(sizes[0])


class Examples:
    """The examples of a folder."""

    def __init__(self, folder: Path):
        self._ids = [np.load(folder / f"{name}.npy") for name in ("source", "target")]
        self._ends = [np.load(folder / f"{name}_ends.npy") for name in ("source", "target")]
        self.lengths = [np.diff(ends) for ends in self._ends]

    def __len__(self) -> int:
        return len(self.lengths[0])

    def batches(self, tokens: int, seed: int) -> Iterator[Batch]:
        """All examples once, in batches of at most `tokens` padded tokens a side."""
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(self))
        for at in range(0, len(order), _CHUNK):
            part = order[at : at + _CHUNK]
            longest = np.maximum(self.lengths[0][part], self.lengths[1][part])
            part = part[np.lexsort((self.lengths[0][part], longest))]
            groups = list(self._groups(part, tokens))
            for index in rng.permutation(len(groups)):
                yield self.pad(groups[index])

    def _groups(self, order: NDArray[np.int64], tokens: int) -> Iterator[list[int]]:
        group: list[int] = []
        longest = 0
        for index in order.tolist():
            length = int(max(self.lengths[0][index], self.lengths[1][index]))
            if group and max(longest, length) * (len(group) + 1) > tokens:
                yield group
                group, longest = [], 0
            group.append(index)
            longest = max(longest, length)
        if group:
            yield group

    def pad(self, group: list[int]) -> Batch:
        """Some examples as one batch."""
        padded = []
        for ids, ends in zip(self._ids, self._ends, strict=True):
            rows = [ids[ends[index] : ends[index + 1]] for index in group]
            table = np.full((len(rows), max(map(len, rows))), PAD, np.int64)
            for row, found in zip(table, rows, strict=True):
                row[: len(found)] = found
            padded.append(torch.from_numpy(table))
        return padded[0], padded[1]
