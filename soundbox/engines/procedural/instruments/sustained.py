"""What sounds as long as it is held: synthesisers, bowed strings, winds, organs, voices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.procedural.instruments.envelopes import adsr, fade_edges
from soundbox.engines.procedural.instruments.filters import bandpass
from soundbox.engines.procedural.instruments.oscillators import (
    Phase,
    Signal,
    bent_phase,
    cycle_table,
    hertz,
    partial_count,
    scan,
    seconds_axis,
    steady_phase,
)
from soundbox.engines.procedural.instruments.struck import resonances
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_ROWS = 18
_ROWS_AN_OCTAVE = 2
_GOLDEN = 0.618034  # spreads the start phases of unison voices evenly


@dataclass(frozen=True)
class Sustained:
    """An oscillator bank, a low-pass filter with its own envelope, and a level envelope."""

    shape: str = "saw"  # saw, square, pulse, narrow, triangle, sine; or "drawbars" with `weights`
    weights: tuple[float, ...] = ()
    voices: int = 2  # unison oscillators
    detune: float = 9.0  # cents between the outer ones
    width: float = 0.7  # 0 mono .. 1 outer voices hard left and right
    cutoff: float = 2_000.0  # Hz
    tracking: float = 0.5  # how far the cutoff follows the pitch
    sweep: float = 1.0  # octaves the filter opens at the start
    sweep_seconds: float = 0.3
    resonance: float = 0.0
    attack: float = 0.01  # seconds
    decay: float = 0.5
    sustain: float = 0.8
    release: float = 0.15
    opens_slowly: bool = False  # the filter rises with the attack, as with bow and breath
    vibrato: float = 0.0  # cents
    vibrato_hz: float = 5.2
    glide: float = 0.0  # semitones from above, gone in 40 ms (negative: from below)
    breath: float = 0.0  # level of air or bow noise
    drive: float = 0.0
    body: tuple[tuple[float, float, float], ...] = ()

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        level = adsr(seconds, self.attack, self.decay, self.sustain, self.release)
        row = self._filter_rows(frequency, level, velocity)
        sound = self._voices(cycle_table(*self._table(frequency)), frequency, row) * level
        if self.breath:
            sound = sound + self._air(frequency, level)
        if self.drive:
            sound = np.tanh(sound * np.float32(self.drive))
        return fade_edges(sound)

    def _filter_rows(self, frequency: float, level: Signal, velocity: float) -> Signal:
        seconds = seconds_axis(len(level))
        cutoff = self.cutoff * (frequency / 261.6) ** self.tracking * 2.0 ** (1.6 * (velocity - 0.8))
        if self.opens_slowly:
            movement = self.sweep * (np.sqrt(level) - 1)
        else:
            movement = self.sweep * np.exp(seconds * np.float32(-1.0 / self.sweep_seconds))
        return ((np.float32(np.log2(cutoff / frequency)) + movement) * _ROWS_AN_OCTAVE).astype(np.float32)

    def _table(self, frequency: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        harmonic = np.arange(1.0, partial_count(frequency, len(self.weights) or 128) + 1)
        spectrum = spectrum_of(self.shape, harmonic, self.weights) * resonances(self.body, harmonic * frequency)
        cutoffs = 2.0 ** (np.arange(_ROWS) / _ROWS_AN_OCTAVE)[:, None]
        passed = 1 / np.sqrt(1 + (harmonic / cutoffs) ** 6)
        peak = self.resonance * np.exp(-0.5 * (np.log2(harmonic / cutoffs) * 4) ** 2)
        phases = np.full(len(harmonic), -np.pi / 2) if self.voices == 1 else -np.pi / 2 + 2.4 * np.sin(harmonic * 1.7)
        return spectrum * (passed + peak), phases

    def _voices(self, table: Signal, frequency: float, row: Signal) -> Samples:
        if self.voices == 1:
            return scan(table, self._phase(frequency, len(row), 0.0), row)[None, :]
        sound = np.zeros((2, len(row)), np.float32)
        for voice in range(self.voices):
            place = 2 * voice / (self.voices - 1) - 1
            tuned = frequency * 2 ** (place * self.detune / 2400)
            wave = scan(table, self._phase(tuned, len(row), voice * _GOLDEN), row)
            pan = np.pi / 4 * (1 + self.width * place * (-1) ** voice)
            sound += np.array([[np.cos(pan)], [np.sin(pan)]], np.float32) * wave
        return sound

    def _phase(self, frequency: float, frames: int, start: float) -> Phase:
        if not self.vibrato and not self.glide:
            return steady_phase(frequency, frames, start)
        seconds = seconds_axis(frames)
        onset = np.minimum(seconds / 0.5, 1)
        cents = self.vibrato * onset * np.sin(seconds * np.float32(2 * np.pi * self.vibrato_hz) + np.float32(start))
        cents = cents + 100 * self.glide * np.exp(seconds * np.float32(-1 / 0.02))
        return bent_phase(frequency * np.exp2(cents / 1200), start)

    def _air(self, frequency: float, level: Signal) -> Samples:
        whisper = _whisper(round(max(500.0, frequency * 1.5), -2))
        return np.resize(whisper, len(level))[None, :] * level * np.float32(self.breath)


@lru_cache(maxsize=32)
def _whisper(low: float) -> Signal:
    """Three seconds of the noise of air above `low` Hz; what plays longer hears it again."""
    noise = np.random.default_rng(11).standard_normal(3 * SAMPLE_RATE, dtype=np.float32)
    return bandpass(noise, low, 7_000.0)


def spectrum_of(shape: str, harmonic: NDArray[np.float64], weights: tuple[float, ...] = ()) -> NDArray[np.float64]:
    """Amplitudes of the harmonics of a classic wave."""
    odd = harmonic % 2 == 1
    match shape:
        case "saw":
            return 1.0 / harmonic
        case "square":
            return odd / harmonic
        case "pulse":
            return np.abs(np.sin(np.pi * harmonic * 0.25)) / harmonic
        case "narrow":
            return np.abs(np.sin(np.pi * harmonic * 0.125)) / harmonic
        case "triangle":
            return odd / harmonic**2.0
        case "sine":
            return (harmonic == 1) * 1.0
        case "drawbars":
            return np.asarray(weights[: len(harmonic)], float)
    raise ValueError(f"no wave is called {shape}")
