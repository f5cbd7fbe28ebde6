"""The transformer of MusicGen and AudioGen in plain torch: one new column of every running slot in each step.

It is the network of Copet et al., "Simple and Controllable Music Generation" (arXiv:2306.05284). Guidance needs every
column twice, with the prompt and without; without a prompt the attention to the text adds nothing, so it is left out.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import embedding

from soundbox.engines.transformer.attention import Look
from soundbox.engines.transformer.cache import LONGEST_TEXT, Cache
from soundbox.engines.transformer.shape import Shape
from soundbox.engines.transformer.weights import Weights
from soundbox.engines.transformer.whole import fed_forward, normed, of_itself, of_text, text_keys_and_values, waves


class Decoder:
    """Slots are numbered from 0; each remembers one window of one sound."""

    def __init__(self, shape: Shape, weights: Weights, slots: int) -> None:
        self.shape, self.slots = shape, slots
        self._weights = weights
        self.device, self.dtype = weights.embeddings.device, weights.embeddings.dtype
        self.cache = Cache(shape, slots, self.device, self.dtype)
        self._waves = waves(shape.width, shape.columns(shape.window)).to(self.device, self.dtype)
        self._tables = torch.arange(shape.codebooks, device=self.device) * (shape.entries + 1)

    @torch.inference_mode()
    def hear(self, slot: int, text: Tensor) -> None:
        """Make the slot's own keys and values of its prompt: `text` is (token, text width), without padding."""
        text = self._weights.projected(text[:LONGEST_TEXT])
        for index, layer in enumerate(self._weights.layers):
            self.cache.remember_text(slot, index, *text_keys_and_values(layer, text, self.shape.heads))
        self.cache.text_lengths[slot] = len(text)

    @torch.inference_mode()
    def fill(self, slot: int, columns: Tensor) -> None:
        """Begin with columns that are known, (codebook, column), all in one pass."""
        cache, known = self.cache, columns.shape[1]
        if not known:
            return
        x = embedding(columns + self._tables[:, None], self._weights.embeddings).sum(0) + self._waves[:known]
        x, said = x.repeat(2, 1, 1), slice(cache.text_lengths[slot])
        for index, layer in enumerate(self._weights.layers):
            added, keys, values = of_itself(layer, x, self.shape.heads, causal=True)
            cache.remember_columns(slot, index, keys, values)
            x = x + added
            x[0] += of_text(layer, x[0], cache.text_keys[index, slot, :, said], cache.text_values[index, slot, :, said])
            x = x + fed_forward(layer, x)

    @torch.inference_mode()
    def next(self, tokens: Tensor, positions: Tensor, look: Look) -> Tensor:
        """Put the next column of the first n slots, `tokens` (n, codebook), behind those they remember.

        `positions` (n,) tells which column that is. Returns the logits of the column after it, (n, 2, codebook,
        entry): with the prompt, and without.
        """
        x = embedding(tokens + self._tables, self._weights.embeddings).sum(1) + self._waves[positions]
        x = x.unsqueeze(1).repeat(1, 2, 1)  # (n, row, width)
        for index, layer in enumerate(self._weights.layers):
            y = layer.self_qkv(normed(x, layer.before_self)).unflatten(2, (3, self.shape.heads, -1))
            queries, keys, values = y.unbind(2)
            look.remember(index, keys, values)
            x = x + layer.self_out(look.at_itself(index, queries).flatten(2))
            told = layer.text_q(normed(x[:, :1], layer.before_text)).unflatten(2, (self.shape.heads, -1))
            x[:, :1] += layer.text_out(look.at_text(index, told).flatten(2))
            x = x + fed_forward(layer, x)
        logits = self._weights.heads(normed(x, self._weights.last))
        return logits.unflatten(2, (self.shape.codebooks, -1))
