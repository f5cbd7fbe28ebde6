"""The stretch of time a piece fills: a line with two ends, or a circle when it has to loop."""

from __future__ import annotations

from collections.abc import Callable
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

    def settled(self, process: Callable[[Samples], Samples], sound: Samples, memory_seconds: float) -> Samples:
        """Apply a process that remembers the past. On a circle it first hears what comes before the head, and after
        the tail what follows, so that head and tail meet as if the piece had always been running."""
        if not self.loop:
            return process(sound)
        before = around(sound, -int(memory_seconds * SAMPLE_RATE), 0)
        after = around(sound, 0, SAMPLE_RATE // 20)
        processed = process(np.concatenate([before, sound, after], axis=1))
        return processed[:, before.shape[1] : before.shape[1] + self.frames]


def around(sound: Samples, start: int, stop: int) -> Samples:
    """Frames start..stop of a sound that repeats for ever."""
    index: NDArray[np.intp] = np.arange(start, stop) % sound.shape[1]
    return sound[:, index]
