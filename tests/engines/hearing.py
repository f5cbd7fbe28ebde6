"""Ears for tests: tempo, key, metre, drums, bass and form, heard in the samples alone.

Nothing here knows how a piece was made. Frames are taken every `HOP` samples; samples are (channels, frames).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
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
        rows = [self.spectrum[(self.hz >= low) & (self.hz < high)] for low, high in pairwise(edges)]
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
        """Low notes that last (35 to 140 Hz, between the kicks) beside all from 200 Hz to 2 kHz."""
        low = np.square(self.spectrum[(self.hz >= 35) & (self.hz < 140)]).sum(axis=0)
        middle = np.square(self.spectrum[(self.hz >= 200) & (self.hz < 2_000)]).sum(axis=0).mean()
        return float(10 * np.log10((np.percentile(low, 35) + 1e-9) / (middle + 1e-9)))

    def _ratio_db(self, these: tuple[float, float], those: tuple[float, float]) -> float:
        def energy(low: float, high: float) -> float:
            return float(np.square(self.spectrum[(self.hz >= low) & (self.hz < high)]).sum())

        return 10 * np.log10((energy(*these) + 1e-9) / (energy(*those) + 1e-9))

    @cached_property
    def hits_db(self) -> float:
        """How suddenly and how noisily the treble rises at its loudest: drums are both, strings and keys are not."""
        top = np.square(self.spectrum[(self.hz > 5_000) & (self.hz < 14_000)])
        body = np.square(self.spectrum[(self.hz > 200) & (self.hz < 2_000)]).sum(axis=0).mean() + 1e-12
        level = top.sum(axis=0)
        rise = np.percentile(np.maximum(level[2:] - level[:-2], 0), 99)
        loudest = top[:, np.argsort(-level)[: max(1, len(level) // 30)]] + 1e-12
        flatness = np.exp(np.log(loudest).mean(axis=0)) / loudest.mean(axis=0)
        return float(10 * np.log10((rise + 1e-12) / body) + 10 * np.log10(flatness).mean())

    def tonic(self, mode: str) -> str:
        """The note whose scale of this mode holds most of what is heard; home is also low, and where music ends."""
        weights = np.zeros(12)
        weights[list(MODES[mode])] = 1.0
        weights[[0, 7, MODES[mode][2]]] += (0.4, 0.2, 0.1)
        whole, low, end = (
            _shares(self.notes),
            _shares(self.low_notes),
            _shares(self.notes[:, -len(self.notes.T) // 8 :]),
        )
        fits = [(np.roll(weights, tonic) * whole).sum() + 0.3 * low[tonic] + 0.3 * end[tonic] for tonic in range(12)]
        return NOTES[int(np.argmax(fits))]

    @cached_property
    def notes(self) -> np.ndarray:
        """Power of each of the twelve notes from 100 Hz to 2 kHz, C first, shape (12, moments)."""
        return self._notes_between(100, 2_000)

    @cached_property
    def low_notes(self) -> np.ndarray:
        return self._notes_between(50, 200)

    def _notes_between(self, lowest_hz: float, highest_hz: float) -> np.ndarray:
        hz, spectrum = self._fine_spectrum
        tonal = (hz > lowest_hz) & (hz < highest_hz)
        note_of = np.round(12 * np.log2(hz[tonal] / 440) + 69).astype(int) % 12
        return (note_of == np.arange(12)[:, None]).astype(float) @ spectrum[tonal]

    @cached_property
    def _fine_spectrum(self) -> tuple[np.ndarray, np.ndarray]:
        """Power with a window long enough to tell low notes apart, so moments overlap."""
        hz, _, spectrum = stft(self.mono, self.rate, nperseg=16_384, noverlap=16_384 - 4_096)
        return hz[:800], np.square(np.abs(spectrum[:800]))

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
        rows = np.array([rise[:, max(0, a) : b].sum(axis=1) for a, b in pairwise(edges)])
        beats = rows.reshape(-1, 2 * BANDS)
        beats = beats - beats.mean(axis=0)
        return beats / (np.linalg.norm(beats, axis=1, keepdims=True) + 1e-9)

    def _changes(self, tempo: float) -> np.ndarray:
        """How much the notes of each beat differ from those of the beat before; mean 0, deviation 1."""
        frames = self.notes.shape[1]
        places = (np.arange(int(self.seconds * tempo / 60) + 1) * 60 / tempo / self.seconds * frames).astype(int)
        beats = np.array([self.notes[:, a : max(b, a + 1)].sum(axis=1) for a, b in pairwise(places)])
        beats = np.sqrt(beats / (beats.sum(axis=1, keepdims=True) + 1e-12))
        change = 1.0 - (beats[1:] * beats[:-1]).sum(axis=1)
        change = np.concatenate([[change.mean()], change])
        return (change - change.mean()) / (change.std() + 1e-9)

    def repeated_bars(self, bar_seconds: float) -> float:
        """Share of bars whose wave is that of the bar before: a loop pasted again, not played again."""
        length = bar_seconds * self.rate
        starts = (np.arange(int(len(self.mono) / length)) * length).round().astype(int)
        bars = np.array(
            [self.mono[start : start + int(length)] for start in starts if start + int(length) <= len(self.mono)]
        )
        bars /= np.linalg.norm(bars, axis=1, keepdims=True) + 1e-9
        return float(((bars[1:] * bars[:-1]).sum(axis=1) > 0.97).mean())

    def returning(self, bar_seconds: float) -> float:
        """How well bars are found again two or more later, at any pitch: 1 is note for note. Meant for one voice."""
        bars = self._phrases(bar_seconds)
        found = [
            max(_phrase_likeness(bar, other) for far, other in enumerate(bars) if abs(far - number) >= 2)
            for number, bar in enumerate(bars)
        ]
        return float(np.median(found))

    def knows(self, other: Heard, bar_seconds: float) -> float:
        """How well bars are found in another piece of this tempo, at any pitch: 1 is note for note, all of them."""
        mine, theirs = self._phrases(bar_seconds), other._phrases(bar_seconds)
        found = [max(_phrase_likeness(bar, another) for another in theirs) for bar in mine]
        return float(np.median(found))

    def _phrases(self, bar_seconds: float) -> list[tuple[np.ndarray, np.ndarray]]:
        notes = np.sqrt(_sharpened(self._bars(self.notes, bar_seconds, slots=16)))
        rises = np.sqrt(self._bars(np.maximum(self.onsets, 0)[None], bar_seconds, slots=16))
        return list(zip(notes, rises, strict=True))

    def _bars(self, rows: np.ndarray, bar_seconds: float, slots: int = 64) -> np.ndarray:
        """`rows` (kinds, frames) cut into whole bars of equal slots: shape (bars, kinds, slots)."""
        frames_a_second = rows.shape[1] / self.seconds
        bars = int(self.seconds / bar_seconds)
        places = (np.arange(bars * slots + 1) * bar_seconds / slots * frames_a_second).astype(int)
        cut = [rows[:, a : max(b, a + 1)].mean(axis=1) for a, b in pairwise(places)]
        return np.array(cut).reshape(bars, slots, -1).transpose(0, 2, 1)

    @cached_property
    def fingerprint(self) -> np.ndarray:
        """What tells one kind of music from another, key and melody apart: colour, its movement, rhythm, width."""
        levels = self.bands
        colour = levels.mean(axis=1)
        rises = np.maximum(np.diff(levels, axis=1), 0)
        lags = (np.geomspace(0.1, 2.0, 24) * self.rate / HOP).astype(int)
        rhythm = np.array([self.echo[max(0, lag - 2) : lag + 3].max() for lag in lags])
        peaky = np.sort(_shares(self.notes))[::-1]
        side, middle = self.samples[0] - self.samples[-1], self.samples[0] + self.samples[-1]
        width = np.log(np.square(side).mean() + 1e-9) - np.log(np.square(middle).mean() + 1e-9)
        lone = [self.onsets_a_second, self.treble_db, self.bass_db, self.hits_db, self.tempo / 10, float(width)]
        return np.concatenate([colour, levels.std(axis=1), rises.mean(axis=1), rhythm, peaky, lone])


def note(name: str) -> str:
    """The spelling that `Heard.tonic` uses."""
    return FLATS.get(name, name)


def _shares(notes: np.ndarray) -> np.ndarray:
    """How much of what sounds at each moment is each note, on the average."""
    return (notes / (notes.sum(axis=0) + 1e-12)).mean(axis=1)


def _sharpened(notes: np.ndarray) -> np.ndarray:
    """The loudest note of each moment stands out, and moments count alike; shape (bars, 12, slots)."""
    return notes**2 / ((notes**2).sum(axis=1, keepdims=True) + 1e-18)


def _phrase_likeness(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    """Of two bars: the same rhythm counts half, the same tune, wherever it lies, the other half."""
    tune = max(_likeness(one[0], np.roll(other[0], up, axis=0)) for up in range(12))
    return 0.5 * (tune + _likeness(one[1], other[1]))


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one - one.mean(), other - other.mean()
    return float((one * other).sum() / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))
