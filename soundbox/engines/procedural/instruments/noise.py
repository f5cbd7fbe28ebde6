"""Noise of any band, as a circle: it may be read from anywhere, for as long as one likes, without a seam."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

FRAMES = 2**17  # 3 seconds


@lru_cache(maxsize=64)
def band_noise(low: float, high: float, channels: int = 1, seed: int = 11, frames: int = FRAMES) -> Samples:
    """Shape (channels, frames), white noise of deviation 1 behind a gentle band-pass. Not to be written on."""
    noise = scipy.fft.irfft(white_spectrum(channels, frames, seed) * between(low, high, frames), n=frames, axis=1)
    noise.flags.writeable = False
    return noise


def white_spectrum(channels: int, frames: int, seed: int = 11) -> NDArray[np.complex64]:
    """Of white noise of deviation 1 that goes round in `frames`, shape (channels, frames // 2 + 1); no 0 Hz in it."""
    drawn = np.random.default_rng(seed).standard_normal((channels, frames // 2, 2), dtype=np.float32)
    spectrum = np.zeros((channels, frames // 2 + 1), np.complex64)
    np.multiply(drawn.view(np.complex64)[..., 0], np.float32((frames / 2) ** 0.5), out=spectrum[:, 1:])
    return spectrum


def between(low: float, high: float, frames: int) -> NDArray[np.float32]:
    """Gain of a gentle band-pass for each frequency of such a spectrum."""
    frequencies = np.arange(frames // 2 + 1, dtype=np.float32) * np.float32(SAMPLE_RATE / frames)
    gain = frequencies / np.sqrt((frequencies**2 + low**2) * (1 + (frequencies / high) ** 2))
    return gain.astype(np.float32, copy=False)


def read_round(circle: Samples, start: int, frames: int) -> Samples:
    """`frames` of a circle from frame `start` on, as a copy."""
    pieces = []
    start %= circle.shape[1]
    while frames > 0:
        pieces.append(circle[:, start : start + frames])
        frames -= pieces[-1].shape[1]
        start = 0
    return np.concatenate(pieces, axis=1)
