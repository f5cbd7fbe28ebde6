"""What all models of this family are made of, from a folder into memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import torch

from soundbox.engines.transformer.checkpoint import CODEC, LANGUAGE, Checkpoint
from soundbox.engines.transformer.checkpoint_weights import (
    codec_config,
    codec_tensors,
    language_weights,
    opened_checkpoint,
)
from soundbox.engines.transformer.codec import Codec
from soundbox.engines.transformer.folder import is_checkpoint
from soundbox.engines.transformer.precision import Precision
from soundbox.engines.transformer.shape import Shape, read_config, read_shape
from soundbox.engines.transformer.text import TextEncoder
from soundbox.engines.transformer.weights import Weights, musicgen_weights, opened


@dataclass(frozen=True)
class Parts:
    shape: Shape
    weights: Weights
    text: TextEncoder
    codec: Codec

    @classmethod
    def load(cls, folder: Path, device: torch.device, dtype: torch.dtype) -> Self:
        """From a transformers folder, or a checkpoint of audiocraft.

        `dtype` is that of the decoder's matrices; the others compute in float32. Raises `EngineError`.
        """
        if is_checkpoint(folder):
            return cls._from_checkpoint(Checkpoint(folder), device, dtype)
        shape, config = read_shape(folder), read_config(folder)
        with opened(folder) as tensors:
            return cls(
                shape,
                musicgen_weights(tensors, shape, Precision(device, dtype)),
                TextEncoder.load(folder, config["text_encoder"], tensors, device),
                Codec.load(config["audio_encoder"], tensors, shape.channels, device),
            )

    @classmethod
    def _from_checkpoint(cls, checkpoint: Checkpoint, device: torch.device, dtype: torch.dtype) -> Self:
        shape = checkpoint.shape
        text = TextEncoder.pretrained(checkpoint.text_encoder, device)
        with opened_checkpoint(checkpoint.folder / LANGUAGE) as tensors:
            weights = language_weights(tensors, shape, Precision(device, dtype))
        bundled = checkpoint.bundled_codec
        if bundled is None:
            return cls(shape, weights, text, Codec.pretrained(checkpoint.named_codec, shape.channels, device))
        config = codec_config(bundled, shape.codebooks // shape.channels)
        with opened_checkpoint(checkpoint.folder / CODEC) as tensors:
            codec = Codec.load(config, codec_tensors(tensors), shape.channels, device, prefix="")
        return cls(shape, weights, text, codec)

    @property
    def device(self) -> torch.device:
        return self.weights.embeddings.device
