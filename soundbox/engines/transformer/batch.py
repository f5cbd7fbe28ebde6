"""Continuous batching: sounds that are decoded together join and leave between steps, and none changes another."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.sampling import Choice, choose, guided
from soundbox.engines.transformer.window import Columns


@dataclass(frozen=True)
class Member:
    """One sound while its columns are chosen."""

    job_id: str
    text: Tensor  # (token, width), from the text encoder
    columns: Columns
    choice: Choice


class Batch:
    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._members: dict[int, Member] = {}  # by slot

    @property
    def members(self) -> list[Member]:
        """In the order they came."""
        return list(self._members.values())

    @property
    def room(self) -> int:
        return self._decoder.slots - len(self._members)

    def join(self, member: Member) -> None:
        """Takes the lowest free slot; call it only where there is room."""
        slot = min(set(range(self._decoder.slots)) - set(self._members))
        self._decoder.hear(slot, member.text)
        self._decoder.fill(slot, member.columns.known)
        self._members[slot] = member

    def leave(self, job_id: str) -> None:
        """A stranger's id is ignored."""
        self._members = {slot: member for slot, member in self._members.items() if member.job_id != job_id}

    @torch.inference_mode()
    def step(self) -> list[Member]:
        """One column more of every member. Returns those that are finished; they have left."""
        if not self._members:
            return []
        slots, members = list(self._members), self.members
        logits = self._decoder.step(slots, torch.stack([member.columns.latest for member in members]))
        choices = [member.choice for member in members]
        tokens = choose(guided(logits, choices), choices)
        for slot, member, chosen in zip(slots, members, tokens, strict=True):
            if member.columns.put(chosen):
                self._decoder.fill(slot, member.columns.known)
        finished = [member for member in members if member.columns.finished]
        for member in finished:
            self.leave(member.job_id)
        return finished
