"""Where the music is heard: reverberation."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, rfft

from soundbox.engines.procedural.instruments.filters import lowpass
from soundbox.engines.procedural.instruments.noise import between, white_spectrum
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_PREDELAY_SECONDS = 0.012
_BANDS = ((220.0, 700.0, 1.15, 0.9), (700.0, 2_500.0, 1.0, 1.0), (2_500.0, 6_000.0, 0.72, 0.85),
    (6_000.0, 11_000.0, 0.42, 0.6))  # Hz from and to, length against the whole, level  # fmt: skip
_REFLECTIONS = 22
_FIRST_REFLECTIONS_SECONDS = 0.085
_BLOCK, _LONG_BLOCK = 2**18, 2**19  # frames answered at once, response included: few sizes, few spectra to keep


@lru_cache(maxsize=8)
def impulse(seconds: float) -> Samples:
    """A room that fades by 60 dB in `seconds`: reflections that grow denser, then noise whose top dies first, unalike
    left and right; the lows are left out, which keeps a mix clear. Shape (2, frames), energy one a channel."""
    frames = int(seconds * SAMPLE_RATE)
    time = np.arange(frames, dtype=np.float32) / SAMPLE_RATE
    generator = np.random.default_rng(5)
    diffused = 1 - np.exp(time * np.float32(-1 / (0.02 + 0.015 * seconds)))
    tail = np.zeros((2, frames), np.float32)
    circle = 2 ** (int(frames * 1.3) - 1).bit_length()
    noise = white_spectrum(2, circle)
    for low, high, length, level in _BANDS:
        heard = min(frames, int(frames * length * 1.1))
        decay = np.exp(time[:heard] * np.float32(-6.9 / (seconds * length)))
        band = irfft(noise * (between(low, high, circle) * np.float32(level)), n=circle, axis=1)
        tail[:, :heard] += band[:, :heard] * decay
    response = np.pad(tail * diffused + _first_reflections(frames, generator),
                      ((0, 0), (int(_PREDELAY_SECONDS * SAMPLE_RATE), 0)))  # fmt: skip
    return (response / np.sqrt(np.square(response).sum(axis=1, keepdims=True))).astype(np.float32)


def _first_reflections(frames: int, generator: np.random.Generator) -> Samples:
    """Walls near by: single echoes, duller and weaker the later they come."""
    taps = np.zeros((2, frames), np.float32)
    for side in taps:
        delays = np.sort(generator.uniform(0.006, _FIRST_REFLECTIONS_SECONDS, _REFLECTIONS))
        places = (delays * SAMPLE_RATE).astype(int)
        kept = places < frames
        signs = generator.choice([-1.0, 1.0], _REFLECTIONS)
        side[places[kept]] += (signs * 0.9 * np.exp(-delays / 0.045))[kept].astype(np.float32)
    return lowpass(taps, 7_000.0, 1)


def reverberated(send: Samples, seconds: float) -> Samples:
    """The answer of the room that `impulse` describes, longer than `send` by its response."""
    response = impulse(seconds).shape[1]
    size = _LONG_BLOCK if response > _LONG_BLOCK // 4 else _BLOCK
    spectrum = _spectrum(seconds, size)
    answer = np.zeros((2, send.shape[1] + response - 1), np.float32)
    for start in range(0, send.shape[1], size - response + 1):
        heard = irfft(rfft(send[:, start : start + size - response + 1], size) * spectrum, size)
        rest = answer[:, start : start + size]
        rest += heard[:, : rest.shape[1]]
    return answer


@lru_cache(maxsize=8)
def _spectrum(seconds: float, size: int) -> NDArray[np.complex64]:
    return rfft(impulse(seconds), size)
