"""Ears for tests: tempo, key, metre, drums, bass and form, heard in the samples alone.

Nothing here knows how a piece was made. Frames are taken every `HOP` samples; samples are (channels, frames).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import stft

WINDOW, HOP = 2048, 256
BANDS = 24  # of the onset envelope, evenly on a logarithmic scale
LOWEST_HZ, HIGHEST_HZ = 40.0, 14_000.0
SLOWEST, FASTEST = 50.0, 200.0  # beats a minute
BEATS_AHEAD = 12  # a beat is believed when the onsets come back after so many of them
MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
FLATS = {"Db": "C#", "D#": "Eb", "Gb": "F#", "G#": "Ab", "A#": "Bb"}


@dataclass(frozen=True)
class Heard:
    """A sound as ears have it; every measure is worked out once."""

    samples: np.ndarray
    rate: int

    @cached_property
    def mono(self) -> np.ndarray:
        return self.samples.mean(axis=0).astype(np.float64)

    @cached_property
    def seconds(self) -> float:
        return self.samples.shape[1] / self.rate

    @cached_property
    def spectrum(self) -> np.ndarray:
        """Magnitudes, shape (frequencies, frames)."""
        return np.abs(stft(self.mono, self.rate, nperseg=WINDOW, noverlap=WINDOW - HOP)[2])

    @cached_property
    def hz(self) -> np.ndarray:
        return np.fft.rfftfreq(WINDOW, 1 / self.rate)

    @cached_property
    def bands(self) -> np.ndarray:
        """Log energy of each band, shape (BANDS, frames)."""
        edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1)
        rows = [self.spectrum[(self.hz >= low) & (self.hz < high)] for low, high in itertools.pairwise(edges)]
        energy = np.array(
            [np.square(row).sum(axis=0) if len(row) else np.zeros(self.spectrum.shape[1]) for row in rows]
        )
        return np.log1p(1e5 * energy)

    @cached_property
    def onsets(self) -> np.ndarray:
        """How much begins at each frame, mean removed."""
        rise = np.maximum(np.diff(self.bands, axis=1, prepend=self.bands[:, :1]), 0).sum(axis=0)
        smooth = np.convolve(rise, np.hanning(7) / np.hanning(7).sum(), mode="same")
        return smooth - smooth.mean()

    @cached_property
    def echo(self) -> np.ndarray:
        """Autocorrelation of the onsets, fair to long lags, 1 at lag 0."""
        size = len(self.onsets)
        whole = np.fft.irfft(np.abs(np.fft.rfft(self.onsets, 2 * size)) ** 2)[:size]
        return whole / np.arange(size, 0, -1) / (whole[0] / size + 1e-12)

    @cached_property
    def tempo(self) -> float:
        """Beats a minute, to a few hundredths; half or double are as right, see `tempo_near`."""
        tempi = np.arange(SLOWEST, FASTEST, 0.05)
        return float(tempi[int(np.argmax(self._support(tempi)))])

    def tempo_near(self, asked: float) -> float:
        """The tempo heard, in the octave of the asked one: a listener may tap half as often, or twice, or in threes."""
        kin = self.tempo * np.array([0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1, 4 / 3, 1.5, 2, 3, 4])
        return float(kin[int(np.argmin(np.abs(np.log(kin / asked))))])

    def _support(self, tempi: np.ndarray) -> np.ndarray:
        """How strongly the onsets come back after 1, 2, 4 ... beats of each tempo; long lags make it exact."""
        lags = 60.0 / tempi * self.rate / HOP
        frames = np.arange(len(self.echo))
        total, weights = np.zeros(len(tempi)), np.zeros(len(tempi))
        for beats in (0.5, 1, 2, 3, 4, 6, 8, BEATS_AHEAD, 16):
            reached = beats * lags < 0.75 * len(self.echo)
            weight = 0.5 if beats == 0.5 else 1.0
            total += weight * np.where(reached, np.interp(beats * lags, frames, self.echo), 0.0)
            weights += weight * reached
        return total / np.maximum(weights, 1.0)

    @cached_property
    def onsets_a_second(self) -> float:
        """Clear beginnings: peaks of the onset envelope well above what is usual."""
        rise = self.onsets - self.onsets.min()
        peak = (rise[1:-1] > rise[:-2]) & (rise[1:-1] >= rise[2:])
        clear = rise[1:-1] > np.median(rise) + 0.25 * (np.percentile(rise, 98) - np.median(rise)) + 1.0
        return float((peak & clear).sum() / self.seconds)

    @cached_property
    def centroid_hz(self) -> float:
        power = np.square(self.spectrum).sum(axis=1)
        return float(np.exp((np.log(self.hz[1:]) * power[1:]).sum() / power[1:].sum()))

    @cached_property
    def treble_db(self) -> float:
        """Energy above 5 kHz beside that from 200 Hz to 2 kHz."""
        return self._ratio_db((5_000, 16_000), (200, 2_000))

    @cached_property
    def bass_db(self) -> float:
        """Energy of bass notes (35 to 140 Hz) beside that from 200 Hz to 2 kHz."""
        return self._ratio_db((35, 140), (200, 2_000))

    def _ratio_db(self, these: tuple[float, float], those: tuple[float, float]) -> float:
        def energy(low: float, high: float) -> float:
            return float(np.square(self.spectrum[(self.hz >= low) & (self.hz < high)]).sum())

        return 10 * np.log10((energy(*these) + 1e-9) / (energy(*those) + 1e-9))

    @cached_property
    def hits_db(self) -> float:
        """What stands upright in the spectrogram above 3 kHz (hits) beside all that is there (median filters)."""
        top = np.square(self.spectrum[(self.hz > 3_000) & (self.hz < 14_000), ::2])
        rows = np.sqrt(top[: len(top) // 12 * 12].reshape(-1, 12, top.shape[1]).sum(axis=1))
        lying, upright = median_filter(rows, (1, 15)), median_filter(rows, (15, 1))
        return 10 * np.log10((np.square(np.maximum(upright - lying, 0)).sum() + 1e-9) / (np.square(rows).sum() + 1e-9))

    @cached_property
    def chroma(self) -> np.ndarray:
        """How much of each of the twelve notes sounds, C first, sum 1."""
        return self.notes.sum(axis=1) / self.notes.sum()

    @cached_property
    def notes(self) -> np.ndarray:
        """Power of each of the twelve notes from 100 Hz to 2 kHz, shape (12, moments).

        The window is long enough to tell low notes apart, so moments overlap.
        """
        hz, _, spectrum = stft(self.mono, self.rate, nperseg=16_384, noverlap=16_384 - 4_096)
        tonal = (hz > 100) & (hz < 2_000)
        note_of = np.round(12 * np.log2(hz[tonal] / 440) + 69).astype(int) % 12
        return (note_of == np.arange(12)[:, None]).astype(float) @ np.square(np.abs(spectrum[tonal]))

    def tonic(self, mode: str) -> str:
        """The note whose scale of this mode holds most of what is heard; home and its fifth count more."""
        weights = np.zeros(12)
        weights[list(MODES[mode])] = 1.0
        weights[[0, 7, MODES[mode][2]]] += (0.4, 0.2, 0.1)
        fits = [float((np.roll(weights, tonic) * self.chroma).sum()) for tonic in range(12)]
        return NOTES[int(np.argmax(fits))]

    def beats_in_a_bar(self, tempo: float, candidates: tuple[int, ...] = (3, 4, 5, 7)) -> int:
        """After how many beats of this tempo the hits of a beat come back best, and changes of harmony too."""
        hits, changes = self._hits(tempo), self._changes(tempo)
        likeness = hits @ hits.T
        returns = {}
        for bar in candidates:
            lags = [lag for lag in (bar, 2 * bar, 3 * bar) if lag < len(hits) - 2]
            accents = np.mean([np.diagonal(likeness, lag).mean() for lag in lags])
            harmony = np.mean([changes[lag:] @ changes[:-lag] / (len(changes) - lag) for lag in lags])
            returns[bar] = accents + 0.5 * harmony
        return max(returns, key=lambda bar: returns[bar])

    def _hits(self, tempo: float) -> np.ndarray:
        """One row a beat: how each band rises in each half of it; rows of length one, mean removed."""
        rise = np.maximum(np.diff(self.bands, axis=1, prepend=self.bands[:, :1]), 0)
        halves = int(self.seconds * tempo / 60) * 2
        edges = (np.arange(halves + 1) * 30 / tempo * self.rate / HOP).round().astype(int) - 4
        rows = np.array([rise[:, max(0, a) : b].sum(axis=1) for a, b in itertools.pairwise(edges)])
        beats = rows.reshape(-1, 2 * BANDS)
        beats = beats - beats.mean(axis=0)
        return beats / (np.linalg.norm(beats, axis=1, keepdims=True) + 1e-9)

    def _changes(self, tempo: float) -> np.ndarray:
        """How much the notes of each beat differ from those of the beat before; mean 0, deviation 1."""
        frames = self.notes.shape[1]
        places = (np.arange(int(self.seconds * tempo / 60) + 1) * 60 / tempo / self.seconds * frames).astype(int)
        beats = np.array([self.notes[:, a : max(b, a + 1)].sum(axis=1) for a, b in itertools.pairwise(places)])
        beats = np.sqrt(beats / (beats.sum(axis=1, keepdims=True) + 1e-12))
        change = 1.0 - (beats[1:] * beats[:-1]).sum(axis=1)
        change = np.concatenate([[change.mean()], change])
        return (change - change.mean()) / (change.std() + 1e-9)


def note(name: str) -> str:
    """The spelling that `Heard.tonic` uses."""
    return FLATS.get(name, name)
