"""Measures of what can be wrong with a sound. Figures only; `quality` says what they mean."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft

from soundbox.audio.samples import Samples

AUDIBLE_DB = -60.0  # RMS of a window, dB of full scale
WINDOW_SECONDS = 0.05
FULL_SCALE = 0.98
FLAT = 1e-5  # difference of neighbours in a cut peak, as a share of the peak
SPECTRUM_FRAMES = 2048
MOST_SPECTRA = 200
BAND_BINS = 32
NOISE_BELOW_HZ = 16_000.0
TREBLE_HZ = 10_000.0
HOLE_SECONDS = (0.004, 0.2)
RIM_SECONDS = 0.002


def levels_db(samples: Samples, rate: int) -> NDArray[np.float64]:
    """RMS level of every 50 ms window, loudest channel; the whole sound when it is shorter."""
    window = min(max(1, int(WINDOW_SECONDS * rate)), samples.shape[1])
    whole = samples[:, : samples.shape[1] // window * window].reshape(len(samples), -1, window)
    power = np.einsum("cwf,cwf->cw", whole, whole).max(axis=0).astype(np.float64) / window
    return 10.0 * np.log10(np.maximum(power, 1e-20))


def silent_share(levels: NDArray[np.float64]) -> float:
    """Share of the sound in silences of a second and more; rests between steps or words are no fault."""
    silences = (end - start for start, end in _runs(levels < AUDIBLE_DB))
    return sum(length for length in silences if length * WINDOW_SECONDS >= 1.0) / len(levels)


def steadiness_db(levels: NDArray[np.float64]) -> float:
    """Standard deviation of the level where it is audible: white noise about 0.1, music 2 and more."""
    return float(np.std(levels[levels >= AUDIBLE_DB]))


def clipped_share(samples: Samples) -> float:
    """Share of samples in peaks that are cut off flat (3 and more) at or above full scale."""
    peak = float(np.abs(samples).max())
    if peak < FULL_SCALE:
        return 0.0
    flat = 0
    for channel in samples:
        high = np.abs(channel) >= 0.999 * peak
        alike = high[1:] & high[:-1] & (np.abs(np.diff(channel)) <= FLAT * peak)
        flat += int(np.count_nonzero(alike[1:] & alike[:-1]))
    return flat / samples.size


def offset_share(samples: Samples) -> float:
    """The constant part of the worst channel as a share of its RMS, 0..1."""
    mean = np.abs(samples.mean(axis=1, dtype=np.float64))
    rms = np.sqrt(np.mean(np.square(samples), axis=1, dtype=np.float64))
    return float(np.max(mean / np.maximum(rms, 1e-9)))


def dropouts(samples: Samples, rate: int) -> int:
    """Holes of 4 to 200 ms without any sound, cut abruptly at both rims."""
    loudness = np.abs(samples).max(axis=0)
    shortest, longest = (int(seconds * rate) for seconds in HOLE_SECONDS)
    rim = max(1, int(RIM_SECONDS * rate))
    enough = 0.3 * float(np.sqrt(np.mean(np.square(loudness[loudness > 1e-4])))) if loudness.max() > 1e-4 else 1.0
    return sum(
        shortest <= end - start <= longest
        and min(loudness[max(0, start - rim) : start].max(), loudness[end : end + rim].max()) > enough
        for start, end in _runs(loudness < 1e-5)
        if start > 0 and end < len(loudness)
    )


def _runs(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch that is True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def noisiness(signal: Samples, rate: int) -> float:
    """How flat the mean spectrum is within narrow bands, 0..1: tones near 0, music up to 0.72, pink noise 0.9, white 1.

    Within bands, so that the colour of the noise does not matter; loud bands count more.
    """
    power = _mean_spectrum(signal)[1:]
    bands = int(len(power) * min(1.0, NOISE_BELOW_HZ / (rate / 2))) // BAND_BINS
    if bands == 0:
        return 0.0
    banded = np.maximum(power[: bands * BAND_BINS].reshape(bands, BAND_BINS), 1e-20)
    mean = banded.mean(axis=1)
    flatness = np.exp(np.log(banded).mean(axis=1)) / mean
    return float(np.average(flatness, weights=np.sqrt(mean)))


def treble_share(signal: Samples, rate: int) -> float:
    """Share of the power above 10 kHz; 0 where the rate holds none."""
    power = _mean_spectrum(signal)
    lowest = int(len(power) * TREBLE_HZ / (rate / 2))
    return float(power[lowest:].sum() / max(float(power.sum()), 1e-20))


def _mean_spectrum(signal: Samples) -> NDArray[np.float64]:
    """Power of up to 200 windows spread over the sound."""
    size = min(SPECTRUM_FRAMES, len(signal))
    starts = np.linspace(0, len(signal) - size, min(MOST_SPECTRA, 1 + 2 * (len(signal) // size))).astype(int)
    windows = np.stack([signal[start : start + size] for start in starts]) * np.hanning(size).astype(np.float32)
    spectra = rfft(windows, axis=1)
    return np.mean(np.square(np.abs(spectra)), axis=0, dtype=np.float64)
