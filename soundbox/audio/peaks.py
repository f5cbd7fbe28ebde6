"""The outline of a sound for lists: small enough to travel with every row."""

from __future__ import annotations

import numpy as np

from soundbox.audio.samples import Samples

PAIRS = 200
FULL_SCALE = 127


def peaks(samples: Samples, pairs: int = PAIRS) -> list[int]:
    """Lowest and highest sample of equal parts, interleaved: [min, max, min, max ...], each -127..127.

    All channels together. A sound with fewer frames than `pairs` repeats frames.
    """
    frames = samples.shape[1]
    if frames == 0:
        return [0] * (2 * pairs)
    starts = np.arange(pairs) * frames // pairs
    lowest = np.minimum.reduceat(samples, starts, axis=1).min(axis=0)
    highest = np.maximum.reduceat(samples, starts, axis=1).max(axis=0)
    outline = np.clip(np.stack([lowest, highest], axis=1), -1.0, 1.0)
    return np.rint(outline * FULL_SCALE).astype(int).ravel().tolist()
