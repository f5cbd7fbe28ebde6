"""Worn machines: a tape whose speed wanders."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.mixing.dynamics import BLOCK
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

_WAVES = ((0.55, 0.0030), (1.3, 0.0008), (6.3, 0.00008))  # Hz, seconds of delay: wow, wow, flutter


def wander(sound: Samples, depth: float, timeline: Timeline) -> Samples:
    """The sound on a tape that runs a little faster and slower; `depth` 0..1. On a loop it comes back to itself."""
    period = timeline.frames / SAMPLE_RATE
    waves = [(max(1, round(rate * period)) / period if timeline.loop else rate, delay) for rate, delay in _WAVES]
    least = depth * sum(delay for _, delay in waves)
    wandered = np.empty_like(sound)
    for start in range(0, sound.shape[1], BLOCK):
        stop = min(start + BLOCK, sound.shape[1])
        time = np.arange(start, stop) / SAMPLE_RATE
        late = least + depth * sum(delay * np.sin(2 * np.pi * rate * time) for rate, delay in waves)
        place = np.clip(np.arange(start, stop) - late * SAMPLE_RATE, 0, sound.shape[1] - 2)
        before = place.astype(np.int64)
        share = (place - before).astype(np.float32)
        wandered[:, start:stop] = sound[:, before] * (1 - share) + sound[:, before + 1] * share
    return wandered
