"""The stretch of time a piece fills: a line with two ends, or a circle when it has to loop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.protocol import Samples

SAMPLE_RATE = 44_100  # Hz, of everything this engine makes


@dataclass(frozen=True)
class Timeline:
    frames: int
    loop: bool = False

    def silence(self) -> Samples:
        """Shape (2, frames), float32."""
        return np.zeros((2, self.frames), np.float32)

    def add(self, target: Samples, sound: Samples, start: int) -> None:
        """Mix `sound` (channels, any frames) into `target` from frame `start`; on a circle what hangs over the end
        continues at the head, on a line it is cut."""
        if self.loop:
            self._add_around(target, sound, start % self.frames)
            return
        skip = max(0, -start)
        stop = min(self.frames, start + sound.shape[1])
        if start + skip < stop:
            target[:, start + skip : stop] += sound[:, skip : stop - start]

    def _add_around(self, target: Samples, sound: Samples, start: int) -> None:
        done = 0
        while done < sound.shape[1]:
            span = min(self.frames - start, sound.shape[1] - done)
            target[:, start : start + span] += sound[:, done : done + span]
            done, start = done + span, 0

    def surrounded(self, sound: Samples, seconds: float) -> Samples:
        """What a process that remembers the past should hear: on a circle also the `seconds` before the head, and a
        little of what follows the tail, so that both meet as if the piece had always been running."""
        if not self.loop:
            return sound
        return around(sound, -int(seconds * SAMPLE_RATE), self.frames + SAMPLE_RATE // 20)

    def without_surroundings(self, sound: Samples, seconds: float) -> Samples:
        """The piece itself, after such a process."""
        start = int(seconds * SAMPLE_RATE) if self.loop else 0
        return sound[:, start : start + self.frames]


def around(sound: Samples, start: int, stop: int) -> Samples:
    """Frames start..stop of a sound that repeats for ever."""
    index: NDArray[np.intp] = np.arange(start, stop) % sound.shape[1]
    return sound[:, index]
