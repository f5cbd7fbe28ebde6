"""A MusicGen in memory, or an AudioGen, which is the same for sound effects: decoded column after column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.asked import Sampling, sampling_of
from soundbox.engines.transformer.batch import Batch, Member
from soundbox.engines.transformer.cache import bytes_a_slot
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.parts import Parts
from soundbox.engines.transformer.sampling import Choice
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
        choice = Choice.of(self.manner(request.parameters), request.seed, self.device)
        text = self.text.encode(request.prompt)
        return Member(request.job_id, text, Columns(self.shape, frames, begun), choice)

    def bytes_a_slot(self, itemsize: int) -> int:
        return bytes_a_slot(self.shape, itemsize)
