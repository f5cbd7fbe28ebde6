"""What is plucked or struck and then left to die away: strings, keys, tines, bars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.procedural.instruments.envelopes import fade_edges, release_curve
from soundbox.engines.procedural.instruments.filters import lowpass
from soundbox.engines.procedural.instruments.oscillators import (
    Phase,
    Signal,
    control_axis,
    cycle_table,
    hertz,
    partial_count,
    scan,
    steady_phase,
    wavering_phase,
)
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_FIRST_ROW_SECONDS = 0.03  # the second row of a table is at most that far from the first
_LEAST_ROWS, _MOST_ROWS = 6, 14
_GROUPS = ((0, 5), (5, 12), (12, 26), (26, 96))  # partials of a stiff string that are equally sharp
_BETWEEN_SIDES = np.array([[1.0, 0.45], [0.45, 1.0]], np.float32)  # of two strings, left and right


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
    stiffness: float = 0.0  # inharmonicity of the string in ten-thousandths: partial k is sharp by its square
    knock: float = 0.0  # level of the noise of hammer or finger
    knock_hz: float = 2_500.0
    rings: bool = False  # goes on sounding when the key is let go
    longest: float = 5.0  # seconds
    release: float = 0.12  # seconds
    aftersound: float = 0.0  # share that dies four times more slowly
    vibrato: float = 0.0  # cents, once the note stands
    glide: float = 0.0  # semitones from above, gone in 60 ms (negative: from below)

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        rates = self._decay_rates(frequency)
        frames = self._frames(seconds, float(rates[0]) * (1 - 0.6 * min(1.0, 2 * self.aftersound)))
        sound = self._strings(self._spectrum(frequency, velocity), rates, frequency, frames)
        if self.knock:
            add_knock(sound, self.knock * velocity, self.knock_hz)
        self._let_go(sound, seconds)
        return fade_edges(sound)

    def _decay_rates(self, frequency: float) -> NDArray[np.float64]:
        harmonic = np.arange(1.0, self._partials(frequency) + 1)
        fundamental = self.decay * (frequency / 220.0) ** self.pitch_scaling
        return fundamental * (1 + self.damping * (harmonic - 1))

    def _partials(self, frequency: float) -> int:
        return partial_count(frequency, len(self.weights) or 96)

    def _frames(self, seconds: float, rate: float) -> int:
        audible = min(self.longest, 5.2 / rate)
        return int(min(audible, audible if self.rings else seconds + self.release) * SAMPLE_RATE) + 64

    def _spectrum(self, frequency: float, velocity: float) -> NDArray[np.float64]:
        harmonic = np.arange(1.0, self._partials(frequency) + 1)
        weights = np.asarray(self.weights[: len(harmonic)]) if self.weights else harmonic**-self.slope
        weights = weights * harmonic ** (-self.softness * (1 - velocity))
        if self.position:
            weights = weights * (0.08 + np.abs(np.sin(np.pi * harmonic * self.position)))
        return weights * resonances(self.body, harmonic * frequency)

    def _strings(
        self, spectrum: NDArray[np.float64], rates: NDArray[np.float64], frequency: float, frames: int
    ) -> Samples:
        if not self.detune:
            return self._tuned(spectrum, rates, ((frequency, 0.0),), frames)
        apart = 2 ** (self.detune / 2400)
        strings = self._tuned(spectrum, rates, ((frequency / apart, 0.0), (frequency * apart, 0.03)), frames)
        return _BETWEEN_SIDES @ strings

    def _tuned(
        self,
        spectrum: NDArray[np.float64],
        rates: NDArray[np.float64],
        strings: tuple[tuple[float, float], ...],
        frames: int,
    ) -> Samples:
        """Equal strings, each at a frequency of its own and from a phase of its own. Partials come in groups: each
        group is as sharp as its middle, and only as long as it can be heard."""
        sound = np.zeros((len(strings), frames), np.float32)
        groups = _GROUPS if self.stiffness else ((0, len(spectrum)),)
        for low, high in groups:
            if low >= len(spectrum):
                break
            heard = frames if low == 0 else min(frames, int(5.5 / rates[low] * SAMPLE_RATE) + 64)
            inside = (np.arange(len(spectrum)) >= low) & (np.arange(len(spectrum)) < high)
            levels = (self._fading(rates, heard) * (spectrum * inside))[:, :high]
            middle = low + 0.4 * (min(high, len(spectrum)) - low)
            sharp = (1 + 1e-4 * self.stiffness * middle**2) ** 0.5
            phases = [self._phase(frequency * sharp, heard, start) for frequency, start in strings]
            sound[:, :heard] += scan(cycle_table(levels), phases, _rows(heard))
        return sound

    def _fading(self, rates: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
        times = np.outer(_moments(frames), rates)
        if not self.aftersound:
            return np.exp(-times)
        return (1 - self.aftersound) * np.exp(-times) + self.aftersound * np.exp(-times / 4)

    def _phase(self, frequency: float, frames: int, start: float) -> Phase:
        if not self.vibrato and not self.glide:
            return steady_phase(frequency, frames, start)
        time = control_axis(frames)
        cents = self.vibrato * np.clip((time - 0.25) / 0.35, 0, 1) * np.sin(2 * np.pi * 5.4 * time)
        return wavering_phase(frequency, cents + 100 * self.glide * np.exp(-time / 0.03), frames, start)

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


@lru_cache(maxsize=32)
def _rows(frames: int) -> Signal:
    """Which row of the table is heard at each frame; see `_moments`."""
    last = _row_count(frames) - 1
    return np.sqrt(np.arange(frames, dtype=np.float32) * np.float32(last**2 / max(frames - 1, 1)))


def _moments(frames: int) -> NDArray[np.float64]:
    """Seconds at which the rows of a table stand, the closer the earlier, for change is quickest then."""
    return frames / SAMPLE_RATE * np.linspace(0, 1, _row_count(frames)) ** 2


def _row_count(frames: int) -> int:
    needed = 1 + np.ceil(np.sqrt(frames / (SAMPLE_RATE * _FIRST_ROW_SECONDS)))
    return int(np.clip(needed, _LEAST_ROWS, _MOST_ROWS))


def add_knock(sound: Samples, level: float, cutoff: float) -> None:
    """The noise of a hammer, a mallet or a finger, on every channel; in place."""
    stroke = _stroke(cutoff)[: sound.shape[1]]
    sound[:, : len(stroke)] += stroke * np.float32(level)


@lru_cache(maxsize=16)
def _stroke(cutoff: float) -> Signal:
    length = int(0.05 * SAMPLE_RATE)
    noise = np.random.default_rng(7).standard_normal(length, dtype=np.float32)
    return lowpass(noise, cutoff) * np.exp(np.arange(length, dtype=np.float32) / -(0.008 * SAMPLE_RATE))
