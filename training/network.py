"""The model: a Transformer with a deep encoder, a shallow decoder and one vocabulary for all, and its loss.

One model translates both ways: the first token of the target (`__en__` or `__zh__`) names its language. Layers are
pre-norm; embeddings are shared by source, target and output.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

PAD, UNKNOWN, START, END, TO_EN, TO_ZH = range(6)


@dataclass(frozen=True)
class Shape:
    """How large a model is."""

    vocab: int = 16_000
    d: int = 256
    """Width."""
    f: int = 1024
    """Width inside of the feed-forward layers."""
    h: int = 4
    """Attention heads."""
    enc: int = 6
    dec: int = 2
    drop: float = 0.0
    max_len: int = 512


def positions(length: int, width: int) -> Tensor:
    """Sinusoidal position encodings (Vaswani et al. 2017), length × width, sines and cosines interleaved."""
    at = torch.arange(length).float()[:, None]
    rates = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000.0) / width))
    table = torch.zeros(length, width)
    table[:, 0::2] = torch.sin(at * rates)
    table[:, 1::2] = torch.cos(at * rates)
    return table


class Attention(nn.Module):
    """Pre-norm multi-head attention with its residual; to itself, or to an encoder's output."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.h, self.drop = shape.h, shape.drop
        self.norm = nn.LayerNorm(shape.d)
        self.q, self.k, self.v, self.o = (nn.Linear(shape.d, shape.d) for _ in range(4))

    def forward(
        self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        """`x` batch × length × width; `mask` is added to the scores (a boolean one on a GPU: True is seen)."""
        y = self.norm(x)
        seen = y if memory is None else memory
        q, k, v = (self._heads(layer(of)) for layer, of in ((self.q, y), (self.k, seen), (self.v, seen)))
        if x.is_cuda:
            drop = self.drop if self.training else 0.0
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal, dropout_p=drop)
        else:  # five times faster than the fused kernel's backward pass on short sequences on a CPU
            scores = torch.matmul(q * (q.shape[-1] ** -0.5), k.transpose(-1, -2))
            if causal:
                scores = scores + torch.full(scores.shape[-2:], float("-inf"), dtype=scores.dtype).triu(1)
            if mask is not None:
                scores = scores + mask
            mixed = torch.matmul(torch.softmax(scores, -1), v)
        out = self.o(mixed.transpose(1, 2).reshape(x.shape))
        return x + functional.dropout(out, self.drop, self.training)

    def _heads(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.h, -1).transpose(1, 2)


class FeedForward(nn.Module):
    """Pre-norm feed-forward layer with its residual."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.drop = shape.drop
        self.norm = nn.LayerNorm(shape.d)
        self.a, self.b = nn.Linear(shape.d, shape.f), nn.Linear(shape.f, shape.d)

    def forward(self, x: Tensor) -> Tensor:
        """Batch × length × width in and out."""
        return x + functional.dropout(self.b(functional.relu(self.a(self.norm(x)))), self.drop, self.training)


class Network(nn.Module):
    """The translator. `forward` gives hidden states; `Output` turns them into a loss."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.emb = nn.Embedding(shape.vocab, shape.d, padding_idx=PAD)
        nn.init.normal_(self.emb.weight, std=shape.d**-0.5)
        self.register_buffer("pe", positions(shape.max_len, shape.d), persistent=False)
        self.enc = nn.ModuleList(nn.ModuleList([Attention(shape), FeedForward(shape)]) for _ in range(shape.enc))
        self.enc_norm = nn.LayerNorm(shape.d)
        self.dec = nn.ModuleList(
            nn.ModuleList([Attention(shape), Attention(shape), FeedForward(shape)]) for _ in range(shape.dec)
        )
        self.dec_norm = nn.LayerNorm(shape.d)
        self.bias = nn.Parameter(torch.zeros(shape.vocab))

    def embed(self, ids: Tensor) -> Tensor:
        """Token ids, batch × length, as vectors with their positions."""
        vectors = self.emb(ids) * math.sqrt(self.shape.d) + self.pe[: ids.shape[1]]  # type: ignore[index]
        return functional.dropout(vectors, self.shape.drop, self.training)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Hidden states, batch × target length × width, of a source and the target up to each place."""
        mask = (source != PAD)[:, None, None, :]
        if not source.is_cuda:
            kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
            mask = torch.zeros(mask.shape, dtype=kind).masked_fill(~mask, float("-inf"))
        x = self.embed(source)
        for attention, feed in self.enc:  # type: ignore[misc]
            x = feed(attention(x, mask=mask))
        memory = self.enc_norm(x)
        x = self.embed(target)
        for to_self, to_source, feed in self.dec:  # type: ignore[misc]
            x = feed(to_source(to_self(x, causal=True), memory=memory, mask=mask))
        hidden: Tensor = self.dec_norm(x)
        return hidden

    def loss(self, source: Tensor, target: Tensor, smooth: float) -> tuple[Tensor, int]:
        """Mean label-smoothed cross-entropy of a batch and the number of tokens that it is of; the language token is
        given, not predicted."""
        hidden = self(source, target[:, :-1])
        gold = target[:, 1:].clone()
        gold[:, 0] = PAD
        keep = gold != PAD
        hidden, gold = hidden[keep], gold[keep]
        with torch.autocast(hidden.device.type, enabled=False):
            value: Tensor = TiedLoss.apply(
                hidden, self.emb.weight, self.bias, gold, smooth, 4096 if hidden.is_cuda else 512
            )
        return value, gold.numel()


def grown(weights: Mapping[str, Tensor], old: Shape, new: Shape) -> dict[str, Tensor]:
    """The weights of a network of shape `old` in one with more layers, which translates as before: the layers on top of
    its encoder and its decoder add nothing until they are trained."""
    model = Network(new)
    fresh = [layer for stack, n in ((model.enc, old.enc), (model.dec, old.dec)) for layer in list(stack)[n:]]
    for part in (part for layer in fresh for part in layer):
        last = part.b if isinstance(part, FeedForward) else part.o
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
    return {**model.state_dict(), **weights}


class TiedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy over the tied output layer, the gradient made in the forward pass, chunk by chunk.

    Passes over (tokens × vocabulary) are most of its cost on a CPU; this makes about three instead of ten (0.10 s
    against 0.38 s for 1,500 tokens and 16,000 pieces on two cores).
    """

    @staticmethod
    def forward(ctx: Any, h: Tensor, w: Tensor, b: Tensor, gold: Tensor, smooth: float, chunk: int) -> Tensor:
        """`h` tokens × width, `w` pieces × width, `b` pieces, `gold` tokens; the mean loss."""
        tokens, pieces = h.shape[0], w.shape[0]
        w16, h16, b16 = w.to(torch.bfloat16), h.to(torch.bfloat16), b.to(torch.bfloat16)
        dh, dw = torch.empty_like(h16), torch.zeros_like(w)
        db = torch.zeros(pieces, dtype=torch.float32, device=h.device)
        loss, rows = torch.zeros((), device=h.device), torch.arange(chunk, device=h.device)
        w_mean, b_mean = w16.float().mean(0), b16.float().mean()
        for at in range(0, tokens, chunk):
            part, right = h16[at : at + chunk], gold[at : at + chunk]
            n = part.shape[0]
            logits = torch.addmm(b16, part, w16.t())
            wanted = logits[rows[:n], right].float()
            p = torch.softmax(logits, -1)
            log_p = torch.log(p[rows[:n], right].float().clamp_min(1e-30))
            spread = (wanted - log_p).sum() - (part.float() @ w_mean).sum() - n * b_mean
            loss = loss - (1 - smooth) * log_p.sum() + smooth * spread
            p[rows[:n], right] -= 1 - smooth
            dh[at : at + n] = p @ w16
            dw += p.t() @ part
            db += torch.mv(p.t(), torch.ones(n, dtype=p.dtype, device=p.device)).float()
        if smooth:  # the uniform part of the target is the same for every token
            dh -= (smooth * w_mean).to(dh.dtype)
            dw -= (smooth / pieces) * h16.float().sum(0)
            db -= smooth * tokens / pieces
        ctx.save_for_backward(dh, dw, db)
        ctx.tokens = tokens
        return loss / tokens

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """Scale what was made in the forward pass."""
        dh, dw, db = ctx.saved_tensors
        scale = grads[0] / ctx.tokens
        return dh.float() * scale, dw * scale, db * scale, None, None, None
