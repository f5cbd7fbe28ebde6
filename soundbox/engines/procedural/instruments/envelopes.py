"""How a note's level moves from key down to silence."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from soundbox.engines.procedural.instruments.oscillators import Signal
from soundbox.engines.procedural.timeline import SAMPLE_RATE


def adsr(seconds: float, attack: float, decay: float, sustain: float, release: float) -> Signal:
    """Level for a key held `seconds`, then released: (held + release) frames. Times in seconds, sustain 0..1."""
    held, freed = max(1, int(seconds * SAMPLE_RATE)), max(64, int(release * SAMPLE_RATE))
    level = np.empty(held + freed, np.float32)
    rise = min(held, max(24, int(attack * SAMPLE_RATE)))
    level[:rise] = np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32))
    fall = np.arange(held - rise, dtype=np.float32) * np.float32(-1.0 / (max(decay, 1e-3) * SAMPLE_RATE))
    level[rise:held] = sustain + (1 - sustain) * np.exp(fall)
    level[held:] = level[held - 1] * release_curve(freed)
    return level


@lru_cache(maxsize=32)
def release_curve(frames: int) -> Signal:
    """From one down to exactly nothing, quickly first. Not to be written on."""
    return np.square(np.linspace(1, 0, frames, dtype=np.float32))


@lru_cache(maxsize=32)
def _ramp(frames: int) -> Signal:
    return np.linspace(0, 1, frames, dtype=np.float32)


def fade_edges(sound: Signal, rise_seconds: float = 0.001, fall_seconds: float = 0.008) -> Signal:
    """Take away the click at both ends of the last axis, in place."""
    rise = min(sound.shape[-1] // 2, max(1, int(rise_seconds * SAMPLE_RATE)))
    fall = min(sound.shape[-1] // 2, max(1, int(fall_seconds * SAMPLE_RATE)))
    sound[..., :rise] *= _ramp(rise)
    sound[..., sound.shape[-1] - fall :] *= _ramp(fall)[::-1]
    return sound
