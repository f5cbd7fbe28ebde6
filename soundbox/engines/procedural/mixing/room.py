"""Where the music is heard: reverberation and echoes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from scipy.signal import oaconvolve

from soundbox.engines.procedural.instruments.filters import bandpass, lowpass
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

_BLOCK = 6 * SAMPLE_RATE  # frames that are reverberated at once
_PREDELAY_SECONDS = 0.018


@lru_cache(maxsize=8)
def impulse(seconds: float) -> Samples:
    """A room that fades by 60 dB in `seconds`: first reflections, then noise whose top dies first, unalike left and
    right; the lows are left out, which keeps a mix clear. Shape (2, frames), energy one a channel."""
    frames = int(seconds * SAMPLE_RATE)
    time = np.arange(frames, dtype=np.float32) / SAMPLE_RATE
    noise = np.random.default_rng(5).standard_normal((2, frames), dtype=np.float32)
    decay = np.exp(time * np.float32(-6.9 / seconds))
    bright = bandpass(noise, 2_500, 9_000) * np.exp(time * np.float32(-14 / seconds))
    tail = (bandpass(noise, 220, 2_500) + 0.7 * bright) * decay * np.minimum(time / 0.03, 1)
    for place, milliseconds in enumerate((7, 11, 17, 23, 31, 41)):
        tail[place % 2, milliseconds * SAMPLE_RATE // 1_000] += 1.2 * 0.8**place
    response = np.pad(tail, ((0, 0), (int(_PREDELAY_SECONDS * SAMPLE_RATE), 0)))
    return (response / np.sqrt(np.square(response).sum(axis=1, keepdims=True))).astype(np.float32)


def reverberate(timeline: Timeline, send: Samples, seconds: float, target: Samples, amount: float) -> Iterator[None]:
    """Add the room's answer to `send` onto `target`, some seconds of it at each turn."""
    response = impulse(round(seconds, 2)) * np.float32(amount)
    for start in range(0, timeline.frames, _BLOCK):
        block = send[:, start : start + _BLOCK]
        timeline.add(target, oaconvolve(block, response, axes=1).astype(np.float32, copy=False), start)
        yield


def echo(timeline: Timeline, source: Samples, seconds: float, amount: float) -> Samples:
    """Three repeats, each quieter and duller, that cross from side to side."""
    echoes = timeline.silence()
    repeat = timeline.without_surroundings(lowpass(timeline.surrounded(source, 0.05), 3_200.0, 1), 0.05)
    for turn in range(1, 4):
        side = repeat[::-1] if turn % 2 else repeat
        weight = np.array([[1.0], [0.45]] if turn % 2 else [[0.45], [1.0]], np.float32)
        timeline.add(
            echoes, side * weight * np.float32(amount * 0.62 ** (turn - 1)), round(turn * seconds * SAMPLE_RATE)
        )
    return echoes
