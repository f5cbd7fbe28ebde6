"""The transformer of MAGNeT in plain torch: all frames of a sound at once (Ziv et al., arXiv:2401.04577).

It has the layers of MusicGen, but nothing is hidden from what comes before: every frame hears all others in the first
codebook, and only its neighbours in those behind it.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

import torch
from torch import Tensor
from torch.nn.functional import embedding

from soundbox.engines.transformer.shape import Shape
from soundbox.engines.transformer.weights import Weights
from soundbox.engines.transformer.whole import fed_forward, normed, of_itself, of_text, text_keys_and_values, waves

Told = list[tuple[Tensor, Tensor]]  # keys and values of a text in each layer


class Parallel:
    def __init__(self, shape: Shape, weights: Weights) -> None:
        self._shape, self._weights = shape, weights
        self._tables = torch.arange(shape.codebooks, device=weights.embeddings.device) * (shape.entries + 1)

    @torch.inference_mode()
    def hear(self, text: Tensor) -> Told:
        """`text`: (token, text width), from the text encoder."""
        text = self._weights.projected(text)
        return [text_keys_and_values(layer, text, self._shape.heads) for layer in self._weights.layers]

    def logits(self, codes: Tensor, codebook: int, told: Sequence[Told]) -> Generator[None, None, Tensor]:
        """Of one codebook for every frame of `codes` (n, codebook, frame), with what each is told and without: (n, 2,
        frame, entry).

        One layer at each turn, because all of them take seconds on a CPU.
        """
        n, _, frames = codes.shape
        seen = self._seen(codebook, frames)
        x = embedding(codes + self._tables[:, None], self._weights.embeddings).sum(1)
        x = (x + waves(self._shape.width, frames).to(x.device, x.dtype)).repeat_interleave(2, 0)
        for number, layer in enumerate(self._weights.layers):
            yield
            x = x + of_itself(layer, x, self._shape.heads, seen)[0]
            for row, text in zip(x[::2], told, strict=True):
                row += of_text(layer, row, *text[number])
            x = x + fed_forward(layer, x)
        logits = self._weights.heads(normed(x, self._weights.last))  # the other codebooks' are a fortieth of the work
        return logits.unflatten(2, (self._shape.codebooks, -1))[:, :, codebook].unflatten(0, (n, 2))

    def _seen(self, codebook: int, frames: int) -> Tensor | None:
        """(frame, frame): who may look at whom; None: everybody at everybody."""
        if not codebook or self._shape.context < 0:
            return None
        at = torch.arange(frames, device=self._weights.embeddings.device)
        return (at[:, None] - at).abs() <= self._shape.context
