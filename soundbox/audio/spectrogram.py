"""How bright each pitch is at each moment: the numbers behind every picture of a sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.ndimage import convolve1d

from soundbox.audio.samples import Samples, mono

RANGE_DB = 70.0
GAMMA = 1.25
QUIETEST_TOP_DB = -50.0  # what never gets louder than this stays dim
LOWEST_HZ = 30.0
HIGHEST_HZ = 16_000.0
CROSSOVER_HZ = (500.0, 1600.0)  # below the long window alone, above the short one alone
LONG_WINDOW = 4096  # frames: tells bass notes apart
SHORT_WINDOW = 1024  # frames: keeps drums sharp
MOST_WINDOWS_PER_COLUMN = 3


def brightness(samples: Samples, rate: int, bands: int, columns: int) -> NDArray[np.float32]:
    """Shape (bands, columns), 0..1, lowest band first: mel bands over 70 dB below the loudest place, gamma 1.25.

    Two windows are blended, a long one for the bass and a short one for the treble; both shrink with short sounds.
    """
    signal = mono(samples)
    long, short = _window_sizes(len(signal))
    blend = _blend(rate, bands)
    low = _band_power(signal, rate, long, bands, columns, 1)
    high = _band_power(signal, rate, short, bands, columns, _windows_per_column(len(signal), columns, short))
    # A tone is as high in both; noise is higher in the short window by their ratio. Halfway hides the seam.
    power = low * blend + high * (1.0 - blend) * np.sqrt(short / long)
    decibels = 10.0 * np.log10(np.maximum(power.T, 1e-14))
    top = max(float(np.percentile(decibels, 99.9)), QUIETEST_TOP_DB)
    bright = np.clip((decibels - top) / RANGE_DB + 1.0, 0.0, 1.0) ** GAMMA
    return _soften_treble(bright, blend).astype(np.float32)


def _soften_treble(bright: NDArray[np.float32], blend: NDArray[np.float32]) -> NDArray[np.float32]:
    """Smooth neighbouring treble bands: calmer noise and smaller pictures; bass lines and drum edges stay sharp."""
    smooth = convolve1d(bright, (0.25, 0.5, 0.25), axis=0)
    return smooth + blend[:, None] * (bright - smooth)


def _window_sizes(frames: int) -> tuple[int, int]:
    longest = 1 << max(8, int(np.log2(max(frames, 1) / 10)))
    return min(LONG_WINDOW, longest), min(SHORT_WINDOW, max(256, longest // 4))


def _windows_per_column(frames: int, columns: int, window: int) -> int:
    return max(1, min(MOST_WINDOWS_PER_COLUMN, frames // (columns * window)))


def _blend(rate: int, bands: int) -> NDArray[np.float32]:
    """Share of the long window in each band."""
    centres = np.log(_mel_edges(rate, bands)[1:-1])
    low, high = np.log(CROSSOVER_HZ)
    return np.clip((high - centres) / (high - low), 0.0, 1.0).astype(np.float32)


def _band_power(
    signal: Samples, rate: int, window: int, bands: int, columns: int, per_column: int
) -> NDArray[np.float32]:
    """Power in shape (columns, bands); of several windows in a column the strongest counts."""
    filters = _filters(rate, window, bands)
    spectra = rfft(_windows(signal, window, columns * per_column), axis=1)
    power = np.square(spectra.real) + np.square(spectra.imag)
    return (power[:, filters.bins] @ filters.weights).reshape(columns, per_column, bands).max(axis=1)


def _windows(signal: Samples, window: int, count: int) -> NDArray[np.float32]:
    """`count` tapered windows centred evenly along the sound, shape (count, window)."""
    padded = np.pad(signal, window // 2 + 1, mode="reflect")
    starts = ((np.arange(count) + 0.5) * len(signal) / count).astype(np.intp)
    taper = np.hanning(window + 1)[:-1].astype(np.float32)
    return np.lib.stride_tricks.sliding_window_view(padded, window)[starts] * (taper * np.float32(2.0 / taper.sum()))


@dataclass(frozen=True)
class _Filters:
    bins: slice  # the part of the spectrum that is used
    weights: NDArray[np.float32]  # shape (bins, bands)


@lru_cache(maxsize=16)
def _filters(rate: int, window: int, bands: int) -> _Filters:
    """Triangles over the mel bands, each at least one bin wide, so that no band is empty."""
    edges = _mel_edges(rate, bands)
    frequencies = np.arange(window // 2 + 1) * rate / window
    below = np.maximum(edges[1:-1] - edges[:-2], rate / window)
    above = np.maximum(edges[2:] - edges[1:-1], rate / window)
    away = frequencies[:, None] - edges[1:-1]
    triangles = np.maximum(0.0, 1.0 - np.abs(away) / np.where(away < 0.0, below, above))
    weights = (triangles / triangles.sum(axis=0)).astype(np.float32)
    last = int(np.flatnonzero(weights.any(axis=1))[-1]) + 1
    return _Filters(slice(0, last), weights[:last])


def _mel_edges(rate: int, bands: int) -> NDArray[np.float64]:
    """Lower edge, centres and upper edge in Hz, evenly along the mel scale."""
    highest = min(HIGHEST_HZ, 0.49 * rate)
    return 700.0 * np.expm1(np.linspace(np.log1p(LOWEST_HZ / 700.0), np.log1p(highest / 700.0), bands + 2))
