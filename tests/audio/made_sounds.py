"""Sounds made for these tests: shape (channels, frames), float32, equal every time."""

from __future__ import annotations

import numpy as np

from soundbox.audio.samples import Samples

RATE = 44_100


def moments(seconds: float) -> np.ndarray:
    return np.arange(round(seconds * RATE)) / RATE


def tone(hertz: float = 220.0, seconds: float = 4.0, level: float = 0.3) -> Samples:
    return stereo(level * np.sin(2 * np.pi * hertz * moments(seconds)))


def noise(seconds: float = 4.0, level: float = 0.2, seed: int = 1) -> Samples:
    return stereo(level * np.random.default_rng(seed).standard_normal(round(seconds * RATE)))


def pink_noise(seconds: float = 4.0) -> Samples:
    spectrum = np.fft.rfft(noise(seconds)[0]) / np.sqrt(np.arange(round(seconds * RATE) // 2 + 1) + 1.0)
    signal = np.fft.irfft(spectrum)
    return stereo(0.5 * signal / np.abs(signal).max())


def band(seconds: float = 8.0, level: float = 0.3) -> Samples:
    """A chord that changes every second, a bass drum and a hi-hat: music, as far as measures can tell."""
    time = moments(seconds)
    root = 220.0 * 2.0 ** (np.array([0, 5, 7, 3])[(time.astype(int)) % 4] / 12)
    phase = 2 * np.pi * np.cumsum(root) / RATE
    chord = sum(np.sin(step * phase) / step for step in (1.0, 1.25, 1.5, 2.0, 3.0)) * np.exp(-1.5 * (time % 1.0))
    drum = np.sin(2 * np.pi * 55 * (time % 0.5)) * np.exp(-18 * (time % 0.5))
    hat = noise(seconds)[0] * np.exp(-60 * ((time + 0.25) % 0.5))
    mix = chord + 1.2 * drum + hat
    return stereo(level * mix / np.abs(mix).max())


def footsteps(seconds: float = 5.0) -> Samples:
    time = moments(seconds) % 0.6
    return stereo(noise(seconds)[0] * np.exp(-40 * time))


def door_slam(seconds: float = 3.0) -> Samples:
    """A one-shot: a third of a second of sound, then room tail and silence."""
    time = moments(seconds)
    return stereo((noise(seconds)[0] + 0.6 * np.sin(2 * np.pi * 70 * time)) * np.exp(-14 * time))


def syllables(seconds: float = 4.0) -> Samples:
    """A buzzing voice with a pause after every fourth syllable."""
    time = moments(seconds)
    voice = sum(np.sin(2 * np.pi * 120 * step * time) / step for step in range(1, 20))
    opened = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1) * (time % 1.25 < 1.0)
    return stereo(0.2 * voice * opened)


def square(level: float, seconds: float = 2.0) -> Samples:
    return stereo(level * np.sign(np.sin(2 * np.pi * 220 * moments(seconds) + 0.1)))


def with_holes(samples: Samples, count: int) -> Samples:
    broken = samples.copy()
    for start in np.linspace(RATE // 2, samples.shape[1] - RATE, count).astype(int):
        broken[:, start : start + RATE // 50] = 0.0
    return broken


def stereo(signal: np.ndarray) -> Samples:
    return np.stack([signal, signal]).astype(np.float32)
