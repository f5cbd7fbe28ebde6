"""Attention of one new column of each of the first n slots over what they remember, in two ways that agree.

Shapes of both: `queries`, `keys` and `values` (n, row, head, .), of the new column; a text is looked at by one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from soundbox.engines.transformer.cache import Cache


class Look(Protocol):
    """What the slots see in one step."""

    def remember(self, layer: int, keys: Tensor, values: Tensor) -> None: ...

    def at_itself(self, layer: int, queries: Tensor) -> Tensor:
        """At the columns so far, the new one included. The shape of `queries`."""
        ...

    def at_text(self, layer: int, queries: Tensor) -> Tensor: ...


class SlotBySlot:
    """For a CPU: each slot looks at its own columns alone, so who else is there changes not even its last digit."""

    def __init__(self, cache: Cache, positions: Sequence[int]) -> None:
        """`positions`: of each slot, the column that is new."""
        self._cache, self._positions = cache, positions

    def remember(self, layer: int, keys: Tensor, values: Tensor) -> None:
        for slot, position in enumerate(self._positions):
            self._cache.keys[layer, slot, :, :, position] = keys[slot]
            self._cache.values[layer, slot, :, :, position] = values[slot]

    def at_itself(self, layer: int, queries: Tensor) -> Tensor:
        lengths = [position + 1 for position in self._positions]
        return _each(queries, self._cache.keys[layer], self._cache.values[layer], lengths)

    def at_text(self, layer: int, queries: Tensor) -> Tensor:
        cache = self._cache
        keys, values = cache.text_keys[layer].unsqueeze(1), cache.text_values[layer].unsqueeze(1)
        return _each(queries, keys, values, cache.text_lengths)


def _each(queries: Tensor, keys: Tensor, values: Tensor, lengths: Sequence[int]) -> Tensor:
    """`keys` and `values` (slot, row, head, column, .), of which so many columns are filled."""
    found = [
        scaled_dot_product_attention(query.unsqueeze(2), keys[slot, :, :, :length], values[slot, :, :, :length])
        for slot, (query, length) in enumerate(zip(queries, lengths, strict=False))
    ]
    return torch.stack(found).squeeze(3)


class AllAtOnce:
    """For a GPU, where many small calls cost more than columns that are masked. How far each slot is stays in tensors,
    so what is done is the same in every step."""

    def __init__(self, cache: Cache, positions: Tensor, text_lengths: Tensor, columns: int, tokens: int) -> None:
        """`positions` (n,): of each slot, the column that is new; `text_lengths` (n,).

        Nobody looks beyond the first `columns`, and the first `tokens` of a text.
        """
        self._cache, self._positions = cache, positions
        self._slots = torch.arange(len(positions), device=positions.device)
        self._seen = _mask(positions + 1, columns)
        self._told = _mask(text_lengths, tokens)

    def remember(self, layer: int, keys: Tensor, values: Tensor) -> None:
        self._cache.keys[layer, self._slots, :, :, self._positions] = keys
        self._cache.values[layer, self._slots, :, :, self._positions] = values

    def at_itself(self, layer: int, queries: Tensor) -> Tensor:
        return _together(queries, self._cache.keys[layer], self._cache.values[layer], self._seen)

    def at_text(self, layer: int, queries: Tensor) -> Tensor:
        cache = self._cache
        keys, values = cache.text_keys[layer].unsqueeze(1), cache.text_values[layer].unsqueeze(1)
        return _together(queries, keys, values, self._told)


def _mask(lengths: Tensor, most: int) -> Tensor:
    """(n,) to (n, most): True for the first so many. An empty slot sees one, since nothing has no mean."""
    return torch.arange(most, device=lengths.device) < lengths.clamp(min=1)[:, None]


def _together(queries: Tensor, keys: Tensor, values: Tensor, seen: Tensor) -> Tensor:
    """`seen` (n, column)."""
    n, rows, _, _ = queries.shape
    columns = seen.shape[1]
    found = scaled_dot_product_attention(
        queries.flatten(0, 1).unsqueeze(2),
        keys[:n, :, :, :columns].flatten(0, 1),
        values[:n, :, :, :columns].flatten(0, 1),
        attn_mask=seen.repeat_interleave(rows, 0, output_size=n * rows)[:, None, None],
    )
    return found.squeeze(2).unflatten(0, (n, rows))
