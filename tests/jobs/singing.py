"""A device that gives its sound away while it makes it, a second and a half at each step, for as long as it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from soundbox.engines.protocol import Chunk, Done, Event, Failed, Progress, Sound, SoundRequest
from tests.jobs.fake import RATE, FakeEngine

PART_SECONDS = 1.5
PARTS = 4


@dataclass
class SingingEngine(FakeEngine):
    """It stops before its last part until `may_end`. The first take of "silent first" is silence."""

    may_end: bool = False
    ends_badly: bool = False
    sung: dict[str, int] = field(default_factory=dict)

    def step(self) -> list[Event]:
        return [event for job_id in list(self.running) for event in self._sing(job_id)]

    def _sing(self, job_id: str) -> list[Event]:
        request, done = self.running[job_id]
        if done == PARTS - 1 and not self.may_end:
            return [Progress(job_id, 0.75, "holding the note")]
        if done == PARTS:
            del self.running[job_id]
            if self.ends_badly:
                return [Failed(job_id, "Out of breath.")]
            return [Done(job_id, Sound(song(request), RATE))]
        self.running[job_id][1] += 1
        first = round(done * PART_SECONDS * RATE)
        part = song(request)[:, first : first + round(PART_SECONDS * RATE)]
        return [Chunk(job_id, part), Progress(job_id, (done + 1) / (PARTS + 1), f"part {done + 1}")]


def song(request: SoundRequest) -> np.ndarray:
    """A chord that beats, so that it passes for music, or silence. Shape (1, frames)."""
    time = np.arange(round(PARTS * PART_SECONDS * RATE)) / RATE
    if request.prompt == "silent first" and request.seed % 2 == 0:
        return np.zeros((1, len(time)), np.float32)
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277, 330)) / 6
    return (chord * (0.7 + 0.3 * np.sin(2 * np.pi * 2 * time)))[None].astype(np.float32)
