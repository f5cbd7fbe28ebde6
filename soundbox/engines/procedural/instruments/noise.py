"""Noise of any band, as a circle: it may be read from anywhere, for as long as one likes, without a seam."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_FRAMES = 2**18  # 5.9 seconds


@lru_cache(maxsize=48)
def band_noise(low: float, high: float, channels: int = 1, seed: int = 11) -> Samples:
    """Shape (channels, 2**18), white noise of deviation 1 behind a gentle band-pass. Not to be written on."""
    generator = np.random.default_rng(seed)
    frequencies = np.fft.rfftfreq(_FRAMES, 1 / SAMPLE_RATE)[1:]
    passed = 1 / np.sqrt((1 + (low / frequencies) ** 2) * (1 + (frequencies / high) ** 2))
    angles = generator.random((channels, len(frequencies)), dtype=np.float32) * np.float32(2 * np.pi)
    spectrum = np.zeros((channels, len(frequencies) + 1), np.complex64)
    spectrum[:, 1:] = passed.astype(np.float32) * np.exp(1j * angles) * np.float32(_FRAMES**0.5)
    noise = scipy.fft.irfft(spectrum, n=_FRAMES, axis=1)
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
