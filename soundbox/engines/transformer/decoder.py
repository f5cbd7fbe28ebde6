"""The transformer of MusicGen and AudioGen in plain torch: one new column of every running slot in each step.

It is the network of Copet et al., "Simple and Controllable Music Generation" (arXiv:2306.05284). Guidance needs every
column twice, with the prompt and without; without a prompt the attention to the text adds nothing, so it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn.functional import embedding, gelu, linear

from soundbox.engines.transformer.attention import all_at_once, slot_by_slot
from soundbox.engines.transformer.cache import LONGEST_TEXT, Cache
from soundbox.engines.transformer.shape import Shape
from soundbox.engines.transformer.weights import Layer, Weights
from soundbox.engines.transformer.whole import fed_forward, normed, of_itself, of_text, text_keys_and_values, waves


class Decoder:
    """Slots are numbered from 0; each remembers one window of one sound."""

    def __init__(self, shape: Shape, weights: Weights, slots: int) -> None:
        self.shape, self.slots = shape, slots
        self._weights = weights
        self.device, self.dtype = weights.embeddings.device, weights.embeddings.dtype
        self._cache = Cache(shape, slots, self.device, self.dtype)
        self._positions = waves(shape.width, shape.columns(shape.window)).to(self.device, self.dtype)
        self._tables = torch.arange(shape.codebooks, device=self.device) * (shape.entries + 1)
        self._attend = slot_by_slot if self.device.type == "cpu" else all_at_once
        self._times = _product(self.device, self.dtype)

    @torch.inference_mode()
    def hear(self, slot: int, text: Tensor) -> None:
        """Make the slot's own keys and values of its prompt: `text` is (token, text width), without padding."""
        text = self._weights.projected(text[:LONGEST_TEXT])
        for index, layer in enumerate(self._weights.layers):
            self._cache.remember_text(slot, index, *text_keys_and_values(layer, text, self.shape.heads))
        self._cache.text_lengths[slot] = len(text)
        self._cache.positions[slot] = 0

    @torch.inference_mode()
    def fill(self, slot: int, columns: Tensor) -> None:
        """Begin with columns that are known, (codebook, column), all in one pass; `step` goes on behind them."""
        cache, known = self._cache, columns.shape[1]
        cache.positions[slot] = known
        if not known:
            return
        x = embedding(columns + self._tables[:, None], self._weights.embeddings).sum(0) + self._positions[:known]
        x, said = x.expand(2, -1, -1), slice(cache.text_lengths[slot])
        for index, layer in enumerate(self._weights.layers):
            added, keys, values = of_itself(layer, x, self.shape.heads, causal=True)
            cache.keys[index, slot, :, :, :known] = keys
            cache.values[index, slot, :, :, :known] = values
            x = x + added
            x[0] += of_text(layer, x[0], cache.text_keys[index, slot, :, said], cache.text_values[index, slot, :, said])
            x = x + fed_forward(layer, x)

    @torch.inference_mode()
    def step(self, slots: Sequence[int], tokens: Tensor) -> Tensor:
        """Put the next column, `tokens` (n, codebook), behind those of each slot.

        Returns the logits of the column after it, (n, 2, codebook, entry): with the prompt, and without. Nothing has
        moved when it raises, so it may be called again.
        """
        cache = self._cache
        positions = [cache.positions[slot] for slot in slots]
        at = torch.tensor(positions, device=self.device)
        x = embedding(tokens + self._tables, self._weights.embeddings).sum(1) + self._positions[at]
        x = x.unsqueeze(1).repeat(1, 2, 1).flatten(0, 1)  # (2 n, width); a slot's rows lie together
        for index, layer in enumerate(self._weights.layers):
            x = x + self._of_itself(index, layer, x, slots, positions)
            x = x.reshape(len(slots), 2, -1)
            x[:, 0] += self._of_text(index, layer, x[:, 0], slots)
            x = x.flatten(0, 1)
            inner = gelu(self._times(normed(x, layer.before_feed), layer.feed_in, 2))
            x = x + self._times(inner, layer.feed_out, 2)
        logits = self._times(normed(x, self._weights.last), self._weights.heads, 2)
        for slot in slots:
            cache.positions[slot] += 1
        return logits.reshape(len(slots), 2, self.shape.codebooks, self.shape.entries)

    def _of_itself(self, index: int, layer: Layer, x: Tensor, slots: Sequence[int], positions: list[int]) -> Tensor:
        shape, cache = self.shape, self._cache
        y = self._times(normed(x, layer.before_self), layer.self_qkv, 2)
        queries, keys, values = y.reshape(len(slots), 2, 3, shape.heads, shape.head_width).unbind(2)
        for i, (slot, position) in enumerate(zip(slots, positions, strict=True)):
            cache.keys[index, slot, :, :, position] = keys[i]
            cache.values[index, slot, :, :, position] = values[i]
        lengths = [position + 1 for position in positions]
        found = self._attend(queries, cache.keys[index], cache.values[index], slots, lengths)
        return self._times(found.reshape(len(x), -1), layer.self_out, 2)

    def _of_text(self, index: int, layer: Layer, x: Tensor, slots: Sequence[int]) -> Tensor:
        cache = self._cache
        queries = self._times(normed(x, layer.before_text), layer.text_q, 1)
        queries = queries.reshape(len(slots), 1, self.shape.heads, self.shape.head_width)
        keys, values = cache.text_keys[index].unsqueeze(1), cache.text_values[index].unsqueeze(1)
        found = self._attend(queries, keys, values, slots, [cache.text_lengths[slot] for slot in slots])
        return self._times(found.reshape(len(x), -1), layer.text_out, 1)


def _product(device: torch.device, dtype: torch.dtype) -> Callable[[Tensor, Tensor, int], Tensor]:
    """The fastest way to multiply (slot * rows, .) by a matrix in which, on a CPU, no slot hears of the others.

    There the last digits of `linear` in float32 depend on how many rows there are, so each slot is multiplied alone.
    In bfloat16 they do not, and it is twice as fast with the matrix first.
    """
    if device.type != "cpu":
        return lambda x, weight, _: linear(x, weight)
    if dtype == torch.float32:
        return lambda x, weight, rows: torch.cat([linear(slot, weight) for slot in x.split(rows)])
    return lambda x, weight, _: torch.mm(weight, x.t()).t()
