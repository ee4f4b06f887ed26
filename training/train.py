"""Training: one phase of a recipe, resumable at any moment.

The checkpoint is written about every minute and when the process is told to stop; starting the same phase again goes on
from there. A phase ends after its steps, or after its minutes of training time, all runs of it together.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.batches import Batch, Examples
from training.network import Network, Shape, grown
from training.optimise import optimisers

_CHECK = 3
"""The held-out loss is shown on the first and then on every third line."""


@dataclass(frozen=True)
class Phase:
    """How to train: one stretch with one set of examples."""

    name: str
    minutes: float = 0.0
    """How long it is trained, all runs of it together; or, where `steps` is given, that many steps."""
    steps: int = 0
    lr: float = 1.2e-3
    """The learning rate until the decay begins."""
    decay: float = 0.0
    """The last part of the phase in which the rate falls in a straight line; 1 is all of the phase."""
    floor: float = 0.02
    """What is left of the rate at the end of the decay."""
    warmup: int = 300
    """Steps in which the rate rises, where the optimiser is new."""
    tokens: int = 3500
    """Padded tokens a batch and side."""
    optimiser: str = "adamw"
    smooth: float = 0.1
    drop: float = 0.0
    layers: tuple[int, int] | None = None
    """Encoder and decoder layers from this phase on, where the network has fewer."""
    averaging: float = 0.99
    """What the moving average of the weights keeps, every ten steps."""
    every: float = 60.0
    """Seconds between two checkpoints, each with a line of progress."""


class Trainer:
    """A network on its way through the phases of a recipe, and its checkpoint."""

    def __init__(self, checkpoint: Path, phase: Phase, shape: Shape, start: Path | None = None):
        """Goes on from the checkpoint where there is one, else from the weights of `start`, else from nothing."""
        self.checkpoint, self.phase = checkpoint, phase
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(1)
        found = checkpoint if checkpoint.exists() else start
        state, shape = _taken_up(found, shape, phase)
        self.model = Network(shape)
        if state:
            self.model.load_state_dict(state.get("model") or state["ema"])
        self.model.to(self.device)
        self.average = {
            name: value.detach().float().clone().to(self.device)
            for name, value in (state.get("ema") or self.model.state_dict()).items()
        }
        self.optimisers = optimisers(self.model, phase.optimiser, phase.lr)
        self.step, self.seen = int(state.get("step", 0)), int(state.get("seen", 0))
        self.spent = float(state.get("spent", 0.0)) if state.get("phase") == phase.name else 0.0
        """Seconds of this phase that were trained already."""
        self.begun = int(state["begun"]) if state.get("phase") == phase.name else self.step
        """The step at which this phase began."""
        self.new_at = self.step
        if state.get("optimiser") == phase.optimiser:
            for optimiser, saved in zip(self.optimisers, state["opt"], strict=True):
                optimiser.load_state_dict(saved)
            self.new_at = int(state["new_at"])
        self._stop = False

    def run(
        self, data: Examples, say: Callable[[str], None] = print, check: Callable[[Trainer], str] | None = None
    ) -> None:
        """Train until the phase is over, or until SIGTERM or SIGINT; either way the checkpoint is written."""
        before = {name: signal.signal(name, self._asked_to_stop) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._run(data, say, check)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        self.save()

    @property
    def finished(self) -> bool:
        """Whether the phase has had all of its steps or minutes."""
        return self.part >= 1

    @property
    def part(self) -> float:
        """How much of the phase is done; 1 is all of it."""
        if self.phase.steps:
            return (self.step - self.begun) / self.phase.steps
        return self.spent / (60 * self.phase.minutes)

    def _run(self, data: Examples, say: Callable[[str], None], check: Callable[[Trainer], str] | None) -> None:
        loss, tokens, both, last, lines = 0.0, 0, 0, time.monotonic(), 0
        for source, target in _endless(data, self.phase.tokens, self.step):
            start = time.monotonic()
            part = self.part
            if part >= 1 or self._stop:
                return
            value, n = self._step(source.to(self.device), target.to(self.device), part)
            loss, tokens, both = loss + value * n, tokens + n, both + source.numel() + target.numel()
            now = time.monotonic()
            self.spent += now - start
            if now - last >= self.phase.every:
                self.save()
                note = check(self) if check and lines % _CHECK == 0 else ""
                lines += 1
                rate = self.optimisers[0].param_groups[0]["lr"]
                say(
                    f"{self.phase.name} {part:4.0%} step {self.step} lr {rate:.2e} loss {loss / tokens:.3f} "
                    f"seen {self.seen / 1e6:.1f}M {both / (now - last):.0f} tok/s {note}"
                )
                loss, tokens, both, last = 0.0, 0, 0, time.monotonic()

    def _step(self, source: torch.Tensor, target: torch.Tensor, part: float) -> tuple[float, int]:
        phase = self.phase
        rate = phase.lr * min(1.0, (self.step + 1 - self.new_at) / max(1, phase.warmup))
        if phase.decay and part > 1 - phase.decay:
            rate *= phase.floor + (1 - phase.floor) * (1 - part) / phase.decay
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
        self.model.train()
        with torch.autocast(self.device, dtype=torch.bfloat16):
            loss, n = self.model.loss(source, target, phase.smooth)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.seen += n
        if self.step % 10 == 0:
            keep = min(phase.averaging, (self.step + 1) / (self.step + 100))
            with torch.no_grad():
                for name, value in self.model.state_dict().items():
                    self.average[name].lerp_(value.float(), 1 - keep)
        return float(loss.detach()), n

    @torch.no_grad()
    def held_out(self, batches: list[Batch]) -> float:
        """Mean cross-entropy of the averaged weights on batches that are not trained on, in nats a token."""
        model = Network(self.model.shape).to(self.device).eval()
        model.load_state_dict(self.average)
        total, tokens = 0.0, 0
        for source, target in batches:
            with torch.autocast(self.device, dtype=torch.bfloat16):
                loss, n = model.loss(source.to(self.device), target.to(self.device), 0.0)
            total, tokens = total + float(loss) * n, tokens + n
        return total / tokens

    def save(self) -> None:
        """Write the checkpoint; the old one is replaced in one step."""
        state = {
            "cfg": asdict(self.model.shape), "model": self.model.state_dict(), "ema": self.average,
            "step": self.step, "seen": self.seen, "phase": self.phase.name, "spent": self.spent,
            "begun": self.begun,
            "new_at": self.new_at, "optimiser": self.phase.optimiser,
            "opt": [optimiser.state_dict() for optimiser in self.optimisers],
        }  # fmt: skip
        fresh = self.checkpoint.with_suffix(".new")
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, fresh)
        os.replace(fresh, self.checkpoint)

    def _asked_to_stop(self, *_: object) -> None:
        self._stop = True


def _taken_up(file: Path | None, shape: Shape, phase: Phase) -> tuple[dict[str, Any], Shape]:
    """A checkpoint as the phase needs it, and its shape, which goes before the given one. New layers begin with new
    optimisers."""
    state: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=False) if file else {}
    old = Shape(**{**asdict(shape), **state.get("cfg", {}), "drop": phase.drop})
    new = replace(old, enc=phase.layers[0], dec=phase.layers[1]) if phase.layers else old
    if not state or new == old:
        return state, new
    weights = {name: grown(state[name], old, new) for name in ("model", "ema") if name in state}
    return {**state, **weights, "optimiser": None}, new


def _endless(data: Examples, tokens: int, seed: int) -> Iterator[Batch]:
    while True:
        yield from data.batches(tokens, seed)
        seed += 1
