"""Noise of any band, as a circle: it may be read from anywhere, for as long as one likes, without a seam."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

FRAMES = 2**17  # 3 seconds


@lru_cache(maxsize=64)
def band_noise(low: float, high: float, channels: int = 1, seed: int = 11, frames: int = FRAMES) -> Samples:
    """Shape (channels, frames), white noise of deviation 1 behind a gentle band-pass. Not to be written on."""
    generator = np.random.default_rng(seed)
    frequencies = np.arange(1, frames // 2 + 1, dtype=np.float32) * np.float32(SAMPLE_RATE / frames)
    passed = 1 / np.sqrt((1 + (low / frequencies) ** 2) * (1 + (frequencies / high) ** 2))
    spectrum = np.zeros((channels, frames // 2 + 1), np.complex64)
    drawn = generator.standard_normal((channels, len(frequencies), 2), dtype=np.float32)
    spectrum[:, 1:] = drawn.view(np.complex64)[..., 0] * (passed * np.float32((frames / 2) ** 0.5))
    noise = scipy.fft.irfft(spectrum, n=frames, axis=1)
    noise.flags.writeable = False
    return noise


def read_round(circle: Samples, start: int, frames: int) -> Samples:
    """`frames` of a circle from frame `start` on, as a copy."""
    pieces = []
    start %= circle.shape[1]
    while frames > 0:
        pieces.append(circle[:, start : start + frames])
        frames -= pieces[-1].shape[1]
        start = 0
    return np.concatenate(pieces, axis=1)
