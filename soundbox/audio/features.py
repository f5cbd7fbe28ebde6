"""What a sound is like, as 48 numbers: two sounds whose numbers are near each other sound alike.

Only numpy and scipy: a 30 s sound takes about 25 ms. How loud a sound is, its file format and its sample rate do not
count. The measures are common ones of music information retrieval: mel-frequency cepstra (Davis and Mermelstein 1980)
for timbre, spectral centroid, roll-off and flatness (Peeters 2004), spectral flux and its autocorrelation for onsets
and tempo, chroma and key profiles (Krumhansl 1990), temporal centroid and crest for the envelope.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, next_fast_len, rfft

from soundbox.audio import tonality
from soundbox.audio.feature_form import GROUPS, LONGEST_SECONDS, Vector
from soundbox.audio.samples import Samples, mono
from soundbox.audio.scale import scale

STEPS = 24.0  # of the stored whole numbers, for one deviation of a number that counts 1.0
SHORTEST_SECONDS = 0.25  # shorter ones are filled up with silence
WINDOW_SECONDS = 0.0464
BANDS = 24
LOWEST_HZ, HIGHEST_HZ = 60.0, 10_000.0
CEPSTRA, MOVING = 12, 8
FLOOR_DB = -60.0  # below the loudest band of the sound
AUDIBLE_DB = -45.0  # below the loudest moment
SILENCE = 1e-5  # a peak below it is no sound
PULSES_HZ = ((0.5, 2.0), (2.0, 6.0), (6.0, 20.0))
BEAT_SECONDS = (0.25, 1.5)
DURATIONS = (0.25, 240.0)


def features(samples: Samples, rate: int, seconds: float | None = None) -> Vector:
    """Of samples of shape (channels, frames) at `rate` Hz: in deviations from the middle of all kinds of sound.

    `seconds`: how long the whole lasts, where `samples` are only its middle.
    """
    scaled = (measure(samples, rate, seconds) - scale().middle) / scale().spread
    return np.rint(np.clip(scaled, -4.0, 4.0) * weights() * STEPS).astype(np.int8)


@lru_cache(maxsize=1)
def weights() -> NDArray[np.float64]:
    return np.concatenate([np.full(count, weight) for _, count, weight in GROUPS])


def measure(samples: Samples, rate: int, seconds: float | None = None) -> NDArray[np.float64]:
    """The same before it is brought to one scale, shape (DIMENSIONS,), each number in its own unit: decibels, mel
    bands, octaves or shares."""
    heard = _Heard.of(samples, rate)
    if heard is None:
        return scale().middle  # silence is like nothing in particular
    numbers = np.concatenate(
        [
            _timbre(heard),
            _brightness(heard),
            _rhythm(heard),
            _pulsation(heard),
            tonality.of(heard.signal, rate),
            _dynamics(heard),
            [_width(heard.excerpt), _duration(seconds or samples.shape[1] / rate)],
        ]
    )
    return np.nan_to_num(numbers)


@dataclass(frozen=True)
class _Heard:
    """A sound brought to full scale, and what its short windows hold."""

    excerpt: Samples
    signal: Samples  # mono, shape (frames,)
    hop_seconds: float
    power: NDArray[np.float32]  # shape (windows, bins up to HIGHEST_HZ)
    bands: NDArray[np.float32]  # shape (windows, BANDS): power in mel bands
    band_db: NDArray[np.float32]  # the same from FLOOR_DB to 0
    levels_db: NDArray[np.float64]  # of every window, 0 for the loudest
    audible: NDArray[np.bool_]

    @classmethod
    def of(cls, samples: Samples, rate: int) -> _Heard | None:
        excerpt = _middle(samples, rate)
        signal = mono(excerpt)
        peak = float(np.abs(signal).max(initial=0.0))
        if peak < SILENCE:
            return None
        signal = signal / np.float32(peak)
        window = next_fast_len(round(WINDOW_SECONDS * rate), real=True)
        power = _power(signal, window, round(HIGHEST_HZ * window / rate))
        bands = power @ _mel(rate, window, power.shape[1])
        band_db = np.maximum(10.0 * np.log10(bands / bands.max() + 1e-12), FLOOR_DB)
        levels = bands.sum(axis=1, dtype=np.float64)
        levels_db = np.maximum(10.0 * np.log10(levels / levels.max() + 1e-12), 2 * FLOOR_DB)
        return cls(excerpt, signal, window // 2 / rate, power, bands, band_db, levels_db, levels_db > AUDIBLE_DB)


def _middle(samples: Samples, rate: int) -> Samples:
    longest, shortest = round(LONGEST_SECONDS * rate), round(SHORTEST_SECONDS * rate)
    frames = samples.shape[1]
    if frames > longest:
        start = (frames - longest) // 2
        return samples[:, start : start + longest]
    return np.pad(samples, ((0, 0), (0, shortest - frames))) if frames < shortest else samples


def _power(signal: Samples, window: int, bins: int) -> NDArray[np.float32]:
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(signal, window // 4), window)[:: window // 2]
    spectra = rfft(frames * np.hanning(window).astype(np.float32), axis=1)[:, : bins + 1]
    return np.square(spectra.real) + np.square(spectra.imag)


@lru_cache(maxsize=16)
def _mel(rate: int, window: int, bins: int) -> NDArray[np.float32]:
    """Triangles of equal weight, shape (bins, BANDS); bands above half the rate stay empty."""
    edges = 700.0 * np.expm1(np.linspace(np.log1p(LOWEST_HZ / 700), np.log1p(HIGHEST_HZ / 700), BANDS + 2))
    at = np.arange(bins)[:, None] * rate / window
    below = np.maximum(edges[1:-1] - edges[:-2], rate / window)
    above = np.maximum(edges[2:] - edges[1:-1], rate / window)
    away = at - edges[1:-1]
    triangles = np.maximum(0.0, 1.0 - np.abs(away) / np.where(away < 0, below, above))
    return (triangles / np.maximum(triangles.sum(axis=0), 1e-9)).astype(np.float32)


def _timbre(heard: _Heard) -> NDArray[np.float64]:
    cepstra = dct(heard.band_db[heard.audible], norm="ortho", axis=1)[:, 1 : CEPSTRA + 1]
    return np.concatenate([cepstra.mean(axis=0), cepstra[:, :MOVING].std(axis=0)])


def _brightness(heard: _Heard) -> NDArray[np.float64]:
    bands, power = heard.bands[heard.audible], heard.power[heard.audible]
    whole = bands.sum(axis=1)
    centroids = bands @ np.arange(BANDS) / whole
    roll_off = (bands.cumsum(axis=1) < 0.85 * whole[:, None]).sum(axis=1)
    some = power[:: max(1, len(power) // 400), 4:] + power.max() * np.float32(1e-9)
    flatness = np.log(some).mean(axis=1) - np.log(some.mean(axis=1))
    mean = bands.mean(axis=0) / bands.mean(axis=0).sum()
    bass, treble = (10.0 * np.log10(part.sum() + 1e-5) for part in (mean[:4], mean[-8:]))
    return np.array(
        [centroids.mean(), centroids.std(), roll_off.mean(), flatness.mean(), flatness.std(), bass, treble], np.float64
    )


def _rhythm(heard: _Heard) -> NDArray[np.float64]:
    rises = np.maximum(np.diff(heard.band_db, axis=0, prepend=FLOOR_DB), 0.0).mean(axis=1)
    usual = float(np.median(rises))
    peaks = (rises[1:-1] >= rises[:-2]) & (rises[1:-1] > rises[2:]) & (rises[1:-1] > usual + 3.0)
    a_second = (peaks.sum() + 1.0) / (len(rises) * heard.hop_seconds)
    strength, seconds = _beat(rises - rises.mean(), heard.hop_seconds)
    turn = 2.0 * np.pi * np.log2(seconds)
    return np.array([np.log2(a_second), strength, strength * np.cos(turn), strength * np.sin(turn)])


def _beat(rises: NDArray[np.floating], hop_seconds: float) -> tuple[float, float]:
    """How strongly onsets come back at one interval (0..1), and that interval in seconds."""
    size = next_fast_len(2 * len(rises), real=True)
    spectrum = rfft(rises, size)
    turned = np.fft.irfft(np.square(np.abs(spectrum)), size)[: len(rises)]
    shortest, longest = (round(seconds / hop_seconds) for seconds in BEAT_SECONDS)
    lags = turned[shortest : longest + 1]
    if len(lags) < 2 or turned[0] <= 0.0:
        return 0.0, 1.0
    best = int(lags.argmax())
    return max(0.0, float(lags[best] / turned[0])), (shortest + best) * hop_seconds


def _pulsation(heard: _Heard) -> NDArray[np.float64]:
    level = 10.0 ** (heard.levels_db / 20.0)
    movement = np.square(np.abs(rfft(level - level.mean())))
    at = np.arange(len(movement)) / (len(level) * heard.hop_seconds)
    depth = level.std() / level.mean()
    whole = max(float(movement.sum()), 1e-12)
    shares = [movement[(at >= low) & (at < high)].sum() / whole for low, high in PULSES_HZ]
    return np.sqrt(np.array(shares)) * min(float(depth), 2.0)


def _dynamics(heard: _Heard) -> NDArray[np.float64]:
    levels = heard.levels_db
    loud = levels[heard.audible]
    energy = 10.0 ** (levels / 10.0)
    at = np.arange(len(levels)) / max(1, len(levels) - 1)
    fifth = max(1, len(levels) // 5)
    around = np.convolve(energy, np.ones(max(1, round(0.4 / heard.hop_seconds))), "same").max() / energy.sum()
    quiet = float(np.median(loud) - np.percentile(loud, 10))
    crest = -10.0 * np.log10(np.square(heard.signal, dtype=np.float32).mean() + 1e-9)
    slope = np.clip(levels[-fifth:].mean() - levels[:fifth].mean(), AUDIBLE_DB, -AUDIBLE_DB)
    centroid = (energy * at).sum() / energy.sum()
    return np.array([crest, loud.std(), quiet, 1.0 - heard.audible.mean(), centroid, slope, around])


def _width(excerpt: Samples) -> float:
    """What differs between the first two channels in dB of the whole, from -40 (mono) to 0."""
    if len(excerpt) < 2:
        return -40.0
    side, whole = np.square(excerpt[0] - excerpt[1]).mean() / 4.0, np.square(excerpt[:2]).mean() / 2.0
    return float(10.0 * np.log10(np.clip(side / max(whole, 1e-12), 1e-4, 1.0)))


def _duration(seconds: float) -> float:
    """In octaves of a second."""
    return float(np.log2(np.clip(seconds, *DURATIONS)))
