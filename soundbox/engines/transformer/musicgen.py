"""A MusicGen in memory, or an AudioGen, which is the same for sound effects: decoded column after column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.asked import Sampling, sampling_of
from soundbox.engines.transformer.batch import Batch, Member
from soundbox.engines.transformer.cache import bytes_a_slot
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.parts import Parts
from soundbox.engines.transformer.window import Columns


class MusicGen(Parts):
    def manner(self, parameters: Mapping[str, Any]) -> Sampling:
        """Raises `EngineError` for a value that cannot be."""
        return sampling_of(parameters)

    def batch(self, slots: int) -> Batch:
        return Batch(self.decoder(slots))

    def decoder(self, slots: int) -> Decoder:
        """With a memory of its own."""
        return Decoder(self.shape, self.weights, slots)

    def member(self, request: SoundRequest, frames: int, begun: Tensor) -> Member:
        """`begun`: codes that the sound of `frames` begins with."""
        text, columns = self.text.encode(request.prompt), Columns(self.shape, frames, begun)
        chance = torch.Generator(self.device).manual_seed(request.seed)
        return Member(request.job_id, text, columns, self.manner(request.parameters), chance)

    def bytes_a_slot(self) -> int:
        return bytes_a_slot(self.shape, self.weights.embeddings.itemsize)
