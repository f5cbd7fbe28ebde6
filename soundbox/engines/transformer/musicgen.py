"""A MusicGen in memory: its text encoder, its decoder and its codec."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from soundbox.engines.transformer.codec import Codec
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.shape import Shape, read_config, read_shape
from soundbox.engines.transformer.text import TextEncoder
from soundbox.engines.transformer.weights import Weights, musicgen_weights, opened


@dataclass(frozen=True)
class MusicGen:
    shape: Shape
    weights: Weights
    text: TextEncoder
    codec: Codec

    @classmethod
    def load(cls, folder: Path, device: torch.device, dtype: torch.dtype) -> MusicGen:
        """From a transformers folder. `dtype` is the decoder's; the others compute in float32. Raises `EngineError`."""
        shape, config = read_shape(folder), read_config(folder)
        with opened(folder) as tensors:
            return cls(
                shape,
                musicgen_weights(tensors, shape, device, dtype),
                TextEncoder.load(folder, config["text_encoder"], tensors, device),
                Codec.load(config["audio_encoder"], tensors, shape.channels, device),
            )

    @property
    def device(self) -> torch.device:
        return self.weights.embeddings.device

    def decoder(self, slots: int) -> Decoder:
        """With a memory of its own."""
        return Decoder(self.shape, self.weights, slots)
