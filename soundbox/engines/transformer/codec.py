"""Codes to samples and back: EnCodec (Défossez et al., arXiv:2210.13438) through transformers, a channel at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import EncodecConfig, EncodecModel

from soundbox.engines.protocol import Samples
from soundbox.engines.transformer.beside import Beside
from soundbox.engines.transformer.decoding import Decoding
from soundbox.engines.transformer.loading import filled, placed


class Codec:
    """Of one channel; codebooks of left and right are interleaved."""

    def __init__(self, model: EncodecModel, channels: int) -> None:
        self._model, self._channels = model, channels
        self.beside = Beside(model.device)

    @classmethod
    def load(
        cls,
        config: Mapping[str, Any],
        tensors: Mapping[str, Callable[[], Tensor]],
        channels: int,
        device: torch.device,
        prefix: str = "audio_encoder.",
    ) -> Codec:
        """`config`: the `audio_encoder` of config.json. Raises `EngineError`."""
        make = partial(EncodecModel, EncodecConfig.from_dict(dict(config)))
        return cls(filled(make, tensors, prefix, device), channels)

    @classmethod
    def pretrained(cls, folder: Path, channels: int, device: torch.device) -> Codec:
        """From a transformers folder of its own."""
        model: EncodecModel = EncodecModel.from_pretrained(folder, local_files_only=True)
        return cls(placed(model, device), channels)

    def decoding(self) -> Decoding:
        """For the codes of one sound."""
        return Decoding(self._model, self._channels)

    @torch.inference_mode()
    def encode(self, samples: Samples) -> Tensor:
        """(channel, sample) at the model's rate to (codebook, frame); channels are mixed or doubled as needed."""
        sound = torch.from_numpy(samples).float()
        if len(sound) != self._channels:
            sound = sound.mean(0, keepdim=True).expand(self._channels, -1)
        found: Any = self._model.encode(sound[:, None].to(self._model.device))
        codes: Tensor = found.audio_codes[0]  # (channel, codebook of the channel, frame)
        return codes.transpose(0, 1).flatten(0, 1)
