"""A MAGNeT in memory: the parts of a MusicGen, decoded in spans."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import torch
from torch import Tensor

from soundbox.engines.protocol import SoundRequest
from soundbox.engines.transformer.asked_spans import SpanSampling, span_sampling_of
from soundbox.engines.transformer.parallel import Parallel, Told
from soundbox.engines.transformer.parts import Parts
from soundbox.engines.transformer.spans import SpanCodes


class Magnet(Parts):
    def manner(self, parameters: Mapping[str, Any]) -> SpanSampling:
        """Raises `EngineError` for a value that cannot be."""
        return span_sampling_of(parameters)

    def batch(self, slots: int) -> SpanBatch:
        return SpanBatch(self._network, slots)

    def member(self, request: SoundRequest, frames: int, begun: Tensor) -> SpanMember:
        """`begun`: codes that the sound of `frames` begins with."""
        chance = torch.Generator(self.device).manual_seed(request.seed)
        columns = SpanCodes(self.shape, frames, begun, self.manner(request.parameters), chance)
        return SpanMember(request.job_id, columns, self._network.hear(self.text.encode(request.prompt)))

    def bytes_a_slot(self) -> int:
        """What passes through a layer: two rows, as wide as their feed forward, and who may look at whom."""
        inner = 2 * self.shape.window * self.shape.feed_forward * self.weights.embeddings.itemsize
        return 2 * inner + self.shape.window**2

    @property
    def _network(self) -> Parallel:
        return Parallel(self.shape, self.weights)


class SpanMember:
    """One sound while its codes are chosen."""

    def __init__(self, job_id: str, columns: SpanCodes, told: Told) -> None:
        self.job_id, self.columns, self.told = job_id, columns, told


class SpanBatch:
    """Sounds one after the other.

    The thousand columns of a single one keep a GPU as busy as many would, so side by side each would only end later.
    """

    def __init__(self, network: Parallel, slots: int) -> None:
        self._network, self._slots = network, slots
        self._members: dict[str, SpanMember] = {}  # by job, in the order they came
        self._turns: Generator[None, None, None] | None = None  # of the first of them

    @property
    def members(self) -> list[SpanMember]:
        return list(self._members.values())

    @property
    def room(self) -> int:
        return self._slots - len(self._members)

    def join(self, member: SpanMember) -> None:
        self._members[member.job_id] = member

    def leave(self, job_id: str) -> None:
        """A stranger's id is ignored."""
        if self._members and job_id == next(iter(self._members)):
            self._turns = None
        self._members.pop(job_id, None)

    @torch.inference_mode()
    def step(self) -> list[SpanMember]:
        """One layer more of the first member. Returns it when it is finished; it has left."""
        if not self._members:
            return []
        first = next(iter(self._members.values()))
        self._turns = self._turns or self._decoding(first)
        if next(self._turns, first) is first:
            self.leave(first.job_id)
            return [first]
        return []

    def _decoding(self, member: SpanMember) -> Generator[None, None, None]:
        choosing = member.columns.choosing()
        codebook = next(choosing)
        while True:
            logits = yield from self._network.logits(member.columns.grid, codebook, member.told)
            try:
                codebook = choosing.send(logits)
            except StopIteration:
                return
