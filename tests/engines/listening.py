"""Measuring what a piece sounds like, from its samples alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.signal import stft

from soundbox.engines.procedural.composition.scales import MODES

HOP = 256
ATTACK = 0.02  # mean rise of the log spectrum in one hop


def onset_strength(samples: np.ndarray, sample_rate: int) -> np.ndarray:
    """How much new energy each hop brings (spectral flux of log magnitudes), mean removed."""
    _, _, spectrum = stft(samples.mean(axis=0), sample_rate, nperseg=1_024, noverlap=1_024 - HOP)
    flux = np.maximum(np.diff(np.log1p(100 * np.abs(spectrum)), axis=1), 0).mean(axis=0)
    return flux - flux.mean()


def beats_a_minute(samples: np.ndarray, sample_rate: int) -> float:
    """The tempo, 60..180, whose beat and half beat the onsets repeat at most strongly."""
    onsets = onset_strength(samples, sample_rate)
    echo = np.fft.irfft(np.abs(np.fft.rfft(onsets, 2 * len(onsets))) ** 2)[: len(onsets)]
    tempi = np.arange(60, 180, 0.25)
    lags = 60 / tempi * sample_rate / HOP
    scores = sum(np.interp(multiple * lags, np.arange(len(echo)), echo) for multiple in (0.5, 1, 2, 4, 8))
    return float(tempi[int(np.argmax(scores))])


def onsets_a_second(samples: np.ndarray, sample_rate: int) -> float:
    """Attacks that lift the whole spectrum by a good deal; loudness must be comparable."""
    onsets = onset_strength(samples, sample_rate)
    higher = (onsets[1:-1] > onsets[:-2]) & (onsets[1:-1] >= onsets[2:]) & (onsets[1:-1] > ATTACK)
    return float(higher.sum() * sample_rate / samples.shape[1])


def centroid(samples: np.ndarray, sample_rate: int) -> float:
    """Hz at which the magnitude spectrum balances."""
    magnitudes = np.abs(np.fft.rfft(samples.mean(axis=0)))
    return float((magnitudes * np.fft.rfftfreq(samples.shape[1], 1 / sample_rate)).sum() / magnitudes.sum())


def pitch_classes(samples: np.ndarray, sample_rate: int) -> np.ndarray:
    """How much of each of the twelve notes sounds, C first, sum 1."""
    frequencies, _, spectrum = stft(samples.mean(axis=0), sample_rate, nperseg=16_384)
    tonal = (frequencies > 110) & (frequencies < 1_800)
    notes = np.round(12 * np.log2(frequencies[tonal] / 440) + 69).astype(int) % 12
    heard = np.bincount(notes, weights=np.abs(spectrum[tonal]).mean(axis=1) ** 2, minlength=12)
    return heard / heard.sum()


def best_tonic(heard: np.ndarray, mode: str) -> int:
    """The tonic whose scale holds most of what is heard."""
    steps = np.array(MODES[mode])
    return int(np.argmax([heard[(tonic + steps) % 12].sum() for tonic in range(12)]))


def bands(samples: np.ndarray, sample_rate: int, count: int = 16) -> np.ndarray:
    """Decibels of `count` bands from 40 Hz to 16 kHz, equally wide in octaves, mean removed."""
    power = np.abs(np.fft.rfft(samples.mean(axis=0))) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(samples.shape[1], 1 / sample_rate), np.geomspace(40, 16_000, count + 1))
    decibels = 10 * np.log10([power[low:high].sum() + 1e-9 for low, high in pairwise(edges)])
    return decibels - decibels.mean()
