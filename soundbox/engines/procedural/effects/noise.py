"""Pink noise that was filtered before it is cut: a filter costs time once, and is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from soundbox.engines.procedural.effects.shaping import RATE, Signal, filtered, pink

_REEL_FRAMES = 12 * RATE
_WARM_UP_FRAMES = RATE // 2
_REELS = 24  # kept, of 4 MB each


@dataclass(frozen=True)
class Noise:
    """A piece of an endless reel. Its bands belong together: they are cut at the same place of the same noise."""

    start: int
    frames: int

    @classmethod
    def drawn(cls, random: Generator, frames: int) -> Noise:
        return cls(int(random.integers(0, _REEL_FRAMES)), frames)

    def low(self, hz: float, order: int = 2) -> Signal:
        return self._cut("low", (hz,), order)

    def high(self, hz: float, order: int = 2) -> Signal:
        return self._cut("high", (hz,), order)

    def band(self, low_hz: float, high_hz: float, order: int = 1) -> Signal:
        return self._cut("band", (low_hz, high_hz), order)

    def plain(self) -> Signal:
        return self._cut("plain", (), 0)

    def _cut(self, kind: str, corners: tuple[float, ...], order: int) -> Signal:
        """Shape (2, frames)."""
        reel = _reel(kind, corners, order)
        piece = np.empty((2, self.frames))
        done = 0
        while done < self.frames:
            place = (self.start + done) % _REEL_FRAMES
            length = min(self.frames - done, _REEL_FRAMES - place)
            piece[:, done : done + length] = reel[:, place : place + length]
            done += length
        return piece


@lru_cache(maxsize=_REELS)
def _reel(kind: str, corners: tuple[float, ...], order: int) -> NDArray[np.float32]:
    """Filtered as a ring, so that its end runs into its beginning."""
    reel = pink(default_rng(2), (2, _REEL_FRAMES))
    ring = np.concatenate([reel[:, -_WARM_UP_FRAMES:], reel], axis=1)
    if kind != "plain":
        ring = filtered(kind, ring, corners, order)
    return ring[:, _WARM_UP_FRAMES:].astype(np.float32)
