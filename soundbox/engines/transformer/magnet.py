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
        self._choosing = columns.choosing()
        self.codebook = next(self._choosing)  # whose logits it waits for

    def put(self, logits: Tensor) -> bool:
        """Choose by those of its codebook, (2, frame, entry). True: nothing is left to choose."""
        try:
            self.codebook = self._choosing.send(logits)
        except StopIteration:
            return True
        return False


class SpanBatch:
    """The oldest sound, and all that choose from the same codebook as it does, in one pass.

    A CPU, which the thousand columns of a single one keep busy, gains nothing by more than one slot.
    """

    def __init__(self, network: Parallel, slots: int) -> None:
        self._network, self._slots = network, slots
        self._members: dict[str, SpanMember] = {}  # by job, in the order they came
        self._together: list[SpanMember] = []  # in the pass that is on its way
        self._pass: Generator[None, None, Tensor] | None = None

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
        self._members.pop(job_id, None)
        if not any(self._is_here(member) for member in self._together):
            self._pass = None

    @torch.inference_mode()
    def step(self) -> list[SpanMember]:
        """One layer more of a pass. Returns those that are finished; they have left."""
        if not self._members:
            return []
        self._pass = self._pass or self._begun()
        try:
            next(self._pass)
        except StopIteration as end:
            return self._ended(end.value)
        return []

    def _begun(self) -> Generator[None, None, Tensor]:
        codebook = next(iter(self._members.values())).codebook
        self._together = [member for member in self._members.values() if member.codebook == codebook]
        codes = torch.stack([member.columns.grid for member in self._together])
        return self._network.logits(codes, codebook, [member.told for member in self._together])

    def _ended(self, logits: Tensor) -> list[SpanMember]:
        """`logits`: (member, 2, frame, entry). Who left meanwhile chooses no more."""
        self._pass = None
        pairs = zip(self._together, logits, strict=True)
        finished = [member for member, own in pairs if self._is_here(member) and member.put(own)]
        for member in finished:
            self.leave(member.job_id)
        return finished

    def _is_here(self, member: SpanMember) -> bool:
        return self._members.get(member.job_id) is member
