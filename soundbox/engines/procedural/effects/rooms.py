"""Where layers sound: each room answers once to all that happens in it, however much that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from soundbox.engines.procedural.effects.joining import lay
from soundbox.engines.procedural.effects.shaping import RATE
from soundbox.engines.procedural.effects.space import impulse_response, wetness
from soundbox.engines.protocol import Samples

_BLOCK_FRAMES = 4 * RATE  # answered at a time, so that nobody waits long for a step


@dataclass
class Rooms:
    """Direct sounds by the room they sound in, each of shape (2, frames)."""

    frames: int
    loop: bool
    canvases: dict[str, Samples] = field(default_factory=dict)

    def of(self, room_name: str) -> Samples:
        if room_name not in self.canvases:
            self.canvases[room_name] = self.silence()
        return self.canvases[room_name]

    def silence(self) -> Samples:
        return np.zeros((2, self.frames), dtype=np.float32)

    def direct(self) -> Samples:
        """All that sounds, without any answer."""
        return np.sum(list(self.canvases.values()), axis=0) if self.canvases else self.silence()


class Scene:
    """The mix: direct sounds as they are, and what is sent into each room."""

    def __init__(self, frames: int, loop: bool) -> None:
        self.mix = np.zeros((2, frames), dtype=np.float32)
        self._sent = Rooms(frames, loop)

    def add(self, layer: Rooms, gain: float, distance: float) -> None:
        for room_name, canvas in layer.canvases.items():
            canvas *= np.float32(gain)
            self.mix += canvas
            if wet := wetness(room_name, distance):
                self._sent.of(room_name)[:] += canvas * np.float32(wet)

    def answer(self) -> Iterator[float]:
        """Adds the rooms' answers to the mix, yielding the share done."""
        blocks = [
            (room_name, sent, start)
            for room_name, sent in self._sent.canvases.items()
            for start in range(0, sent.shape[1], _BLOCK_FRAMES)
        ]
        for done, (room_name, sent, start) in enumerate(blocks, start=1):
            block = sent[:, start : start + _BLOCK_FRAMES]
            if np.any(block):
                lay(self.mix, _answered(block, room_name), start, self._sent.loop)
            yield done / len(blocks)


def _answered(block: Samples, room_name: str) -> Samples:
    """The block convolved with the room's answer to a click, longer by the room's ring."""
    frames = block.shape[1] + _answer_frames(room_name) - 1
    size = next_fast_len(frames, real=True)
    answer: Samples = irfft(rfft(block, size) * _spectrum(room_name, size), size)[:, :frames]
    return answer


def _answer_frames(room_name: str) -> int:
    return impulse_response(room_name).shape[1]


@lru_cache(maxsize=16)
def _spectrum(room_name: str, size: int) -> NDArray[np.complex64]:
    return np.asarray(rfft(impulse_response(room_name).astype(np.float32), size))
