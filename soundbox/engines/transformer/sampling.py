"""From logits to tokens, every job in its own manner and by its own chance, without waiting for a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from soundbox.engines.transformer.asked import Sampling


@dataclass(frozen=True)
class Manner:
    """How each of n jobs chooses: tensors (n,)."""

    guidance: Tensor
    temperature: Tensor  # 0: greedy
    likeliest: Tensor  # long: so many entries may be chosen at all
    cut: Tensor  # share of the unlikeliest of those that may not

    @classmethod
    def of(cls, samplings: Sequence[Sampling], entries: int, device: torch.device) -> Manner:
        """`entries`: of a codebook."""
        return cls(
            torch.tensor([float(sampling.guidance) for sampling in samplings], device=device),
            torch.tensor([float(sampling.temperature) for sampling in samplings], device=device),
            torch.tensor([min(sampling.top_k or entries, entries) for sampling in samplings], device=device),
            torch.tensor([1 - (sampling.top_p or 1.0) for sampling in samplings], device=device),
        )

    def first(self, n: int) -> Manner:
        return Manner(*(values[:n] for values in self._values))

    def put(self, number: int, manner: Manner, of: int = 0) -> None:
        """Job `number` chooses as that one there from now on."""
        for values, others in zip(self._values, manner._values, strict=True):
            values[number] = others[of]

    @property
    def _values(self) -> tuple[Tensor, ...]:
        return self.guidance, self.temperature, self.likeliest, self.cut


def guided(logits: Tensor, manner: Manner) -> Tensor:
    """(n, 2, codebook, entry), with the prompt and without, to (n, codebook, entry) in float32."""
    told, untold = logits.float().unbind(1)
    return untold + (told - untold) * manner.guidance[:, None, None]


def choose(logits: Tensor, manner: Manner, waits: Tensor) -> Tensor:
    """(n, codebook, entry) to tokens, (n, codebook).

    Temperature, then top-k, then top-p, as transformers does it. `waits` is of the shape of `logits`, exponential by
    the chance of each job: what comes first is chosen, as in `torch.multinomial`. At temperature 0 it is the likeliest.
    """
    greedy = manner.temperature == 0
    warmed = logits / torch.where(greedy, 1, manner.temperature)[:, None, None]
    drawn = (_allowed(warmed, manner).softmax(-1) / waits).argmax(-1)
    return torch.where(greedy[:, None], logits.argmax(-1), drawn)


def _allowed(logits: Tensor, manner: Manner) -> Tensor:
    """Minus infinity for all but the likeliest `top_k`, and of these the likeliest that reach `top_p` together."""
    ordered, order = logits.sort(-1)
    entries = logits.shape[-1]
    lowest = ordered.gather(-1, (entries - manner.likeliest)[:, None, None].expand(*ordered.shape[:-1], 1))
    ordered = ordered.masked_fill(ordered < lowest, -torch.inf)
    unlikely = ordered.softmax(-1).cumsum(-1) <= manner.cut[:, None, None]
    unlikely[..., -1] = False
    return logits.masked_fill(unlikely.scatter(-1, order, unlikely) | (logits < lowest), -torch.inf)
