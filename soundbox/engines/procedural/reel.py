"""The multitrack tape: a moving stretch of every stem, long enough for what still rings."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_LONGEST = 24 * SAMPLE_RATE  # frames that are held at once; what rings longer is cut


class Reel:
    """Sounds may be added from `origin` on; what lies before a moment is taken off and forgotten."""

    def __init__(self, frames: int) -> None:
        """`frames`: of the whole piece and what rings after it."""
        self._capacity = min(_LONGEST, frames)
        self._tracks: dict[str, Samples] = {}
        self.origin = 0
        self.reached = 0  # the frame after the last that sounds

    def add(self, name: str, sound: Samples, start: int) -> None:
        """Mix `sound` (1 or 2 channels) onto a track at frame `start`."""
        if start < self.origin:
            sound, start = sound[:, self.origin - start :], self.origin
        if name not in self._tracks:
            self._tracks[name] = np.zeros((2, self._capacity), np.float32)
        track = self._tracks[name]
        sound = sound[:, : self.origin + self._capacity - start]
        self.reached = max(self.reached, start + sound.shape[1])
        at = start % self._capacity
        first = min(sound.shape[1], self._capacity - at)
        track[:, at : at + first] += sound[:, :first]
        track[:, : sound.shape[1] - first] += sound[:, first:]

    def peek(self, frames: int) -> dict[str, Samples]:
        """The next `frames` of every track, shape (2, frames); they stay, and are not to be written on."""
        frames = min(frames, self._capacity)
        at = self.origin % self._capacity
        if at + frames <= self._capacity:
            return {name: track[:, at : at + frames] for name, track in self._tracks.items()}
        first, rest = min(frames, self._capacity - at), max(0, frames - self._capacity + at)
        return {
            name: np.concatenate([track[:, at : at + first], track[:, :rest]], axis=1)
            for name, track in self._tracks.items()
        }

    def take(self, until: int) -> dict[str, Samples]:
        """Everything up to frame `until`, which is now past."""
        if until - self.origin >= self._capacity:
            whole = self.peek(self._capacity)
            self._tracks, self.origin = {}, until
            return whole
        taken = {name: track.copy() for name, track in self.peek(until - self.origin).items()}
        at, stop = self.origin % self._capacity, until - self.origin + self.origin % self._capacity
        for track in self._tracks.values():
            track[:, at:stop] = 0
            track[:, : max(0, stop - self._capacity)] = 0
        self.origin = until
        return taken
