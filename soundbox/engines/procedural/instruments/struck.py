"""What is plucked or struck and then left to die away: strings, keys, tines, bars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.procedural.instruments.envelopes import fade_edges, release_curve
from soundbox.engines.procedural.instruments.filters import lowpass
from soundbox.engines.procedural.instruments.oscillators import (
    Signal,
    cycle_table,
    hertz,
    partial_count,
    scan,
    steady_phase,
)
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_ROWS = 14
_LONGEST_SECONDS = 6.0


@dataclass(frozen=True)
class Struck:
    """A struck sound as laws of its partials; the highest ones die first, hard strokes wake more of them."""

    slope: float = 1.2  # partial k starts at k ** -slope
    weights: tuple[float, ...] = ()  # or its first partials by hand; the rest are absent
    position: float = 0.0  # where the string is plucked, share of its length; 0: everywhere
    decay: float = 1.0  # of the fundamental at A3, e-foldings a second
    damping: float = 0.25  # how much faster each higher partial dies, share of `decay`
    pitch_scaling: float = 0.5  # higher notes die faster: octave ratio 2 ** this
    softness: float = 0.9  # extra slope of the gentlest stroke
    body: tuple[tuple[float, float, float], ...] = ()  # resonances: Hz, width in octaves, gain
    detune: float = 1.5  # cents between the two strings that make it wide; 0: one string, mono
    stretch: float = 0.0  # sharpness of the upper partials (stiff strings), in cents
    knock: float = 0.0  # level of the noise of hammer or finger
    knock_hz: float = 2_500.0
    rings: bool = False  # goes on sounding when the key is let go
    release: float = 0.12  # seconds

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        rates = self._decay_rates(frequency)
        frames = self._frames(seconds, float(rates[0]))
        spectra = self._spectrum(frequency, velocity) * np.exp(-np.outer(_moments(frames), rates))
        sound = self._strings(spectra, frequency, frames)
        if self.knock:
            sound = sound + _knock(frames, self.knock * velocity, self.knock_hz)
        self._let_go(sound, seconds)
        return fade_edges(sound)

    def _decay_rates(self, frequency: float) -> NDArray[np.float64]:
        harmonic = np.arange(1.0, self._partials(frequency) + 1)
        fundamental = self.decay * (frequency / 220.0) ** self.pitch_scaling
        return fundamental * (1 + self.damping * (harmonic - 1))

    def _partials(self, frequency: float) -> int:
        return partial_count(frequency, len(self.weights) or 96)

    def _frames(self, seconds: float, rate: float) -> int:
        audible = min(_LONGEST_SECONDS, 6.0 / rate)
        return int(min(audible, audible if self.rings else seconds + self.release) * SAMPLE_RATE) + 64

    def _spectrum(self, frequency: float, velocity: float) -> NDArray[np.float64]:
        harmonic = np.arange(1.0, self._partials(frequency) + 1)
        weights = np.asarray(self.weights[: len(harmonic)]) if self.weights else harmonic**-self.slope
        weights = weights * harmonic ** (-self.softness * (1 - velocity))
        if self.position:
            weights = weights * (0.08 + np.abs(np.sin(np.pi * harmonic * self.position)))
        return weights * resonances(self.body, harmonic * frequency)

    def _strings(self, spectra: NDArray[np.float64], frequency: float, frames: int) -> Samples:
        row = (np.sqrt(np.linspace(0, 1, frames, dtype=np.float32)) * (_ROWS - 1)).astype(np.float32)
        if not self.detune:
            return self._string(spectra, frequency, row, 0.0)[None, :]
        first = self._string(spectra, frequency * 2 ** (-self.detune / 2400), row, 0.0)
        second = self._string(spectra, frequency * 2 ** (self.detune / 2400), row, 0.03)
        return np.stack([first + 0.45 * second, 0.45 * first + second])

    def _string(self, spectra: NDArray[np.float64], frequency: float, row: Signal, start: float) -> Signal:
        if not self.stretch or spectra.shape[1] < 8:
            return scan(cycle_table(spectra), steady_phase(frequency, len(row), start), row)
        low, high = spectra.copy(), spectra.copy()
        low[:, 6:], high[:, :6] = 0, 0
        sharp = frequency * 2 ** (self.stretch / 1200)
        return scan(cycle_table(low), steady_phase(frequency, len(row), start), row) + scan(
            cycle_table(high), steady_phase(sharp, len(row), start), row
        )

    def _let_go(self, sound: Samples, seconds: float) -> None:
        released = int(seconds * SAMPLE_RATE)
        if not self.rings and released < sound.shape[1]:
            sound[:, released:] *= release_curve(sound.shape[1] - released)


def resonances(body: tuple[tuple[float, float, float], ...], frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gain of a body (wood, mouth, horn) at each frequency: one, raised around each of its resonances."""
    gain = np.ones_like(frequencies)
    for centre, octaves, strength in body:
        gain += strength * np.exp(-0.5 * (np.log2(frequencies / centre) / octaves) ** 2)
    return gain


def _moments(frames: int) -> NDArray[np.float64]:
    return frames / SAMPLE_RATE * np.linspace(0, 1, _ROWS) ** 2


def _knock(frames: int, level: float, cutoff: float) -> Signal:
    burst = np.zeros(frames, np.float32)
    stroke = _stroke(cutoff)[:frames]
    burst[: len(stroke)] = stroke * np.float32(level)
    return burst


@lru_cache(maxsize=16)
def _stroke(cutoff: float) -> Signal:
    length = int(0.05 * SAMPLE_RATE)
    noise = np.random.default_rng(7).standard_normal(length, dtype=np.float32)
    return lowpass(noise, cutoff) * np.exp(np.arange(length, dtype=np.float32) / -(0.008 * SAMPLE_RATE))
