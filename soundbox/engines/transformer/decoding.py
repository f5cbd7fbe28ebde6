"""Codes to samples while there are only some of them: piece by piece, and joined the pieces are the whole.

EnCodec's decoder is a convolution, an LSTM and more convolutions. The LSTM is given each frame once and remembers; a
convolution also hears its neighbours, so a piece is decoded with some frames around it that are thrown away.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from transformers import EncodecModel
from transformers.models.encodec.modeling_encodec import EncodecLSTM

CONTEXT = 4  # frames; the first convolution hears 3 on either side, those behind the LSTM fewer than 2 together
PIECE = 50  # frames that are decoded at once: a second, so that a step stays short


class Decoding:
    """Of one sound."""

    def __init__(self, model: EncodecModel, channels: int) -> None:
        layers = list(model.decoder.layers)
        place = next(number for number, layer in enumerate(layers) if isinstance(layer, EncodecLSTM))
        self._before, self._behind = layers[:place], layers[place + 1 :]
        self._lstm = cast("nn.LSTM", layers[place].lstm)
        self._model, self._channels = model, channels
        self._state: tuple[Tensor, Tensor] | None = None
        self._remembered: Tensor | None = None  # (channel, width, frame) behind the LSTM: some frames of the last ones
        self.remembered = 0  # frames that the LSTM has been given
        self.decoded = 0  # frames that have become samples

    def wanted(self, frames: int, chosen: int) -> tuple[int, int] | None:
        """Which codes, [first, end), the next piece needs when so many of all frames are chosen; None: more of them."""
        end = min(frames, self.decoded + PIECE + 2 * CONTEXT)
        return (max(0, self.remembered - CONTEXT), end) if end <= chosen and self.decoded < frames else None

    @torch.inference_mode()
    def piece(self, codes: Tensor, first: int, frames: int) -> Tensor:
        """The next samples (channel, sample) in float32, from the codes (codebook, frame) that `wanted` named.

        The first of those is frame `first`, of `frames` in all.
        """
        end = first + codes.shape[1]
        new = self._model.quantizer.decode(self._by_channel(codes).transpose(0, 1))
        for layer in self._before:
            new = layer(new)
        known = end if end == frames else end - CONTEXT
        self._remember(new[..., self.remembered - first : known - first])
        self.remembered = known
        return self._turned(known if known == frames else known - CONTEXT)

    def _remember(self, frames: Tensor) -> None:
        """`EncodecLSTM.forward` with the memory of what came before."""
        given = frames.permute(2, 0, 1)
        found, self._state = self._lstm(given, self._state)
        found = (found + given).permute(1, 2, 0)
        self._remembered = found if self._remembered is None else torch.cat([self._remembered, found], -1)

    def _turned(self, until: int) -> Tensor:
        x = self._remembered
        if x is None:
            raise RuntimeError("There is nothing to turn into samples.")
        behind = self.remembered - x.shape[-1]
        hop = int(self._model.config.hop_length)
        kept = max(0, until - CONTEXT)
        self._remembered = x[..., kept - behind :]
        for layer in self._behind:
            x = layer(x)
        samples = x[:, 0, (self.decoded - behind) * hop : (until - behind) * hop].float()
        self.decoded = until
        return samples

    def _by_channel(self, codes: Tensor) -> Tensor:
        """(codebook, frame) to (channel, codebook of the channel, frame)."""
        return codes.unflatten(0, (-1, self._channels)).transpose(0, 1)
