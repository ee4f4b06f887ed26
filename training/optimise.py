"""The optimiser: Muon for the matrices inside of the layers, AdamW for embeddings, biases and norms.

Muon (Jordan et al. 2024) replaces a matrix's momentum by the nearest orthogonal matrix, by a Newton–Schulz iteration;
the step is scaled so that its size is AdamW's and one learning rate serves both (Liu et al. 2025).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(stack: Tensor, steps: int = 5) -> Tensor:
    """The nearest orthogonal matrix of each of a stack (n × rows × columns), about: singular values .7 to 1.2."""
    a, b, c = _COEFFICIENTS
    x = stack.to(torch.bfloat16)
    wide = x.shape[1] <= x.shape[2]
    x = x if wide else x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * (square @ square)) @ x
    return x if wide else x.transpose(1, 2)


class Muon(torch.optim.Optimizer):
    """Orthogonalised momentum for matrices; all of one shape in one stack."""

    def __init__(self, params: list[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.01):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """One step of every matrix that has a gradient."""
        assert closure is None
        for group in self.param_groups:
            shapes: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    shapes[p.shape].append(p)
            for shape, params in shapes.items():
                scale = group["lr"] * 0.2 * max(shape) ** 0.5
                updates = orthogonal(torch.stack([self._momentum(p, group["momentum"]) for p in params]))
                for p, update in zip(params, updates, strict=True):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update.to(p.dtype), alpha=-scale)

    def _momentum(self, p: nn.Parameter, beta: float) -> Tensor:
        """Nesterov's look ahead of the gradient's moving average."""
        assert p.grad is not None
        state: dict[str, Any] = self.state[p]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(p)
        state["momentum"].lerp_(p.grad, 1 - beta)
        return p.grad.lerp(state["momentum"], beta)


def optimisers(model: nn.Module, kind: str, lr: float) -> list[torch.optim.Optimizer]:
    """The optimisers of a model: `kind` is "muon" (with AdamW for the rest) or "adamw"."""
    named = list(model.named_parameters())
    inner = [p for name, p in named if p.dim() == 2 and not name.startswith("emb.")] if kind == "muon" else []
    chosen = {id(p) for p in inner}
    tables = [p for _, p in named if p.dim() > 1 and id(p) not in chosen]
    rest = [p for _, p in named if p.dim() < 2]
    adam = torch.optim.AdamW(
        [{"params": tables, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}],
        lr=lr, betas=(0.9, 0.98), eps=1e-9, fused=True,
    )  # fmt: skip
    return [adam, Muon(inner, lr)] if inner else [adam]
