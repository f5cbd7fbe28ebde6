"""From logits to tokens, every job with its own manner and its own chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from soundbox.engines.transformer.asked import Sampling


@dataclass(frozen=True)
class Choice:
    """How one job chooses. The same seed makes the same choices, whoever shares the batch."""

    sampling: Sampling
    chance: Generator

    @classmethod
    def of(cls, sampling: Sampling, seed: int, device: torch.device) -> Choice:
        return cls(sampling, Generator(device).manual_seed(seed))


def guided(logits: Tensor, choices: Sequence[Choice]) -> Tensor:
    """(n, 2, codebook, entry), with the prompt and without, to (n, codebook, entry) in float32."""
    told, untold = logits.float().unbind(1)
    strength = torch.tensor([choice.sampling.guidance for choice in choices], device=logits.device)
    return untold + (told - untold) * strength[:, None, None]


def choose(logits: Tensor, choices: Sequence[Choice]) -> Tensor:
    """(n, codebook, entry) to tokens, (n, codebook).

    Temperature, then top-k, then top-p, as transformers does it.
    """
    temperatures = torch.tensor([choice.sampling.temperature or 1 for choice in choices], device=logits.device)
    warmed = _likeliest(logits / temperatures[:, None, None], [choice.sampling.top_k for choice in choices])
    warmed = _most_of_all(warmed, [choice.sampling.top_p for choice in choices])
    probabilities = warmed.softmax(-1)
    return torch.stack(
        [
            row.argmax(-1) if choice.sampling.greedy else _drawn(probability, choice.chance)
            for row, probability, choice in zip(logits, probabilities, choices, strict=True)
        ]
    )


def _likeliest(logits: Tensor, counts: Sequence[int]) -> Tensor:
    """Only the first so many of each row may be chosen; 0: all."""
    entries = logits.shape[-1]
    kept = [min(count or entries, entries) for count in counts]
    if min(kept) == entries:
        return logits
    ordered = logits.topk(max(kept), -1).values
    lowest = torch.stack([row[..., count - 1] for row, count in zip(ordered, kept, strict=True)])
    return logits.masked_fill(logits < lowest[..., None], -torch.inf)


def _most_of_all(logits: Tensor, shares: Sequence[float]) -> Tensor:
    """Only the likeliest that together reach the share of each row may be chosen; 0 or 1: all."""
    if all(share in (0, 1) for share in shares):
        return logits
    ordered, order = logits.sort(-1)
    rest = torch.tensor([1 - (share or 1) for share in shares], device=logits.device)[:, None, None]
    unlikely = ordered.softmax(-1).cumsum(-1) <= rest
    unlikely[..., -1] = False
    return logits.masked_fill(unlikely.scatter(-1, order, unlikely), -torch.inf)


def _drawn(probabilities: Tensor, chance: Generator) -> Tensor:
    """One of each row, (codebook, entry): as `torch.multinomial`, but on a GPU without waiting for it."""
    waits = torch.empty_like(probabilities).exponential_(generator=chance)
    return (probabilities / waits).argmax(-1)
