"""How much a sound has pitches and a key, and where that key lies."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len, rfft

from soundbox.audio.samples import Samples

WINDOW_SECONDS = 0.186
MOST_WINDOWS = 120
LOWEST_HZ, HIGHEST_HZ = 65.0, 2100.0
MIDDLE_C_HZ = 261.63
# How well each degree of the scale fits a key: Krumhansl and Kessler's listeners (1982).
MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


def of(signal: Samples, rate: int) -> NDArray[np.float64]:
    """Of a mono signal, shape (5,): clear key 0..1, major above minor, clear pitches in dB, and the key's place on the
    circle of fifths (cosine and sine, as far from the middle as the key is clear)."""
    window = next_fast_len(round(WINDOW_SECONDS * rate), real=True)
    padded = np.pad(signal, window // 2)
    count = min(MOST_WINDOWS, max(1, len(signal) // (window // 2)))
    starts = np.linspace(0, len(signal), count, endpoint=False).astype(np.intp)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[starts]
    lowest, highest = (round(hertz * window / rate) for hertz in (LOWEST_HZ, HIGHEST_HZ))
    spectra = rfft(frames * np.hanning(window).astype(np.float32), axis=1)[:, lowest : highest + 1]
    power = np.square(spectra.real) + np.square(spectra.imag)
    clear = 10.0 * np.log10((power.max(axis=1) + 1e-9) / (power.mean(axis=1) + 1e-9))
    share = power.mean(axis=1)
    chroma = np.sqrt(power).sum(axis=0) @ _classes(rate, window, lowest, power.shape[1])
    return _key(chroma, float((clear * share).sum() / max(float(share.sum()), 1e-12)))


def _key(chroma: NDArray[np.float64], clear_db: float) -> NDArray[np.float64]:
    if chroma.std() == 0.0:
        return np.array([0.0, 0.0, clear_db, 0.0, 0.0])
    fits = _profiles() @ ((chroma - chroma.mean()) / (chroma.std() * 12.0))
    major, minor = fits[:12], fits[12:]
    best = max(0.0, float(fits.max()))
    tonic = int(fits.argmax())
    fifths = 2.0 * np.pi * ((tonic % 12 + (3 if tonic >= 12 else 0)) * 7 % 12) / 12.0  # a minor key by its relative
    return np.array([best, major.max() - minor.max(), clear_db, best * np.cos(fifths), best * np.sin(fifths)])


@lru_cache(maxsize=1)
def _profiles() -> NDArray[np.float64]:
    """Shape (24, 12): major on every tonic, then minor, each with mean 0 and deviation 1."""
    rows = np.array([np.roll(profile, tonic) for profile in (MAJOR, MINOR) for tonic in range(12)])
    return (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)


@lru_cache(maxsize=16)
def _classes(rate: int, window: int, lowest: int, bins: int) -> NDArray[np.float32]:
    """Shape (bins, 12): which pitch class each bin belongs to, each class of equal weight in all."""
    hertz = (np.arange(bins) + lowest) * rate / window
    nearest = np.rint(12.0 * np.log2(hertz / MIDDLE_C_HZ)).astype(int) % 12
    members = (nearest[:, None] == np.arange(12)).astype(np.float32)
    return members / np.maximum(members.sum(axis=0), 1.0)
