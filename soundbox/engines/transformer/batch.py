"""Continuous batching: sounds that are decoded together join and leave between steps, and none changes another."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.slots import CHANCES, Slots
from soundbox.engines.transformer.steps import steps_for
from soundbox.engines.transformer.window import Columns


@dataclass
class Member:
    """One sound while its columns are chosen. The same seed makes the same choices, whoever shares the batch."""

    job_id: str
    text: Tensor  # (token, width), from the text encoder
    columns: Columns
    sampling: Sampling
    chance: torch.Generator
    steps: int = 0

    @property
    def must_draw(self) -> bool:
        return self.sampling.temperature > 0 and self.steps % CHANCES == 0


class Batch:
    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._slots = Slots(decoder.shape, decoder.slots, decoder.device)
        self._steps = steps_for(decoder, self._slots)
        self._members: list[Member] = []  # each in the slot of its number

    @property
    def members(self) -> list[Member]:
        return list(self._members)

    @property
    def room(self) -> int:
        return self._decoder.slots - len(self._members)

    @torch.inference_mode()
    def join(self, member: Member) -> None:
        """Call it only where there is room."""
        slot = len(self._members)
        self._decoder.hear(slot, member.text)
        self._slots.admit(slot, self._decoder.cache.text_lengths[slot], member.sampling)
        self._begin_window(slot, member.columns)
        self._members.append(member)

    @torch.inference_mode()
    def leave(self, job_id: str) -> None:
        """The last one moves into the free slot. A stranger's id is ignored."""
        slot = next((slot for slot, member in enumerate(self._members) if member.job_id == job_id), None)
        if slot is None:
            return
        last = self._members.pop()
        if slot < len(self._members):
            self._members[slot] = last
            self._decoder.cache.move(len(self._members), slot, last.columns.position)
            self._slots.move(len(self._members), slot)
            last.columns.settle(self._slots.grid[slot])

    @torch.inference_mode()
    def step(self) -> list[Member]:
        """One column more of every member. Returns those that are finished; they have left."""
        if not self._members:
            return []
        for slot, member in enumerate(self._members):
            if member.must_draw:
                self._slots.draw(slot, member.chance)
        self._steps.run([member.columns.position for member in self._members])
        for slot, member in enumerate(self._members):
            member.steps += 1
            if member.columns.move_on():
                self._begin_window(slot, member.columns)
        finished = [member for member in self._members if member.columns.finished]
        for member in finished:
            self.leave(member.job_id)
        return finished

    def _begin_window(self, slot: int, columns: Columns) -> None:
        self._decoder.fill(slot, columns.known)
        columns.settle(self._slots.grid[slot])
        self._slots.positions[slot] = columns.position
