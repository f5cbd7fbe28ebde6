"""What sounds as long as it is held: synthesisers, bowed strings, winds, organs, voices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.procedural.instruments.envelopes import adsr, fade_edges
from soundbox.engines.procedural.instruments.filters import bandpass
from soundbox.engines.procedural.instruments.noise import band_noise, read_round
from soundbox.engines.procedural.instruments.oscillators import (
    Phase,
    Signal,
    control_axis,
    cycle_table,
    hertz,
    partial_count,
    scan,
    seconds_axis,
    smoothed,
    steady_phase,
    wavering_phase,
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
    vibrato_delay: float = 0.15  # seconds before it begins
    drift: float = 0.0  # cents by which a player wanders
    unsteady: float = 0.0  # how much breath or bow pressure varies, 0..1
    swell: float = 0.0  # how much a long note grows towards its middle
    onset: float = 0.0  # level of the noise a bow, a tongue or a key makes at the start
    onset_hz: float = 2_500.0
    rotor: float = 0.0  # Hz of a rotating loudspeaker
    tremolo: float = 0.0  # depth of a trembling bow
    tremolo_hz: float = 11.0
    glide: float = 0.0  # semitones from above, gone in 40 ms (negative: from below)
    breath: float = 0.0  # level of air or bow noise
    drive: float = 0.0
    wobble: float = 0.0  # octaves by which the filter goes down and up while the note is held ...
    wobbles: int = 4  # ... so many times
    body: tuple[tuple[float, float, float], ...] = ()

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        level = adsr(seconds, self.attack * (1.25 - 0.4 * velocity), self.decay, self.sustain, self.release)
        chance = np.random.default_rng([int(pitch * 10), len(level)])
        level = self._played(level, seconds, chance)
        row = self._filter_rows(frequency, level, velocity)
        if self.wobble:
            turn = np.cos(2 * np.pi * self.wobbles * control_axis(len(level)) / seconds)
            row = row - _ROWS_AN_OCTAVE * self.wobble * smoothed(0.5 + 0.5 * turn, len(level))
        sound = self._voices(cycle_table(*self._table(frequency)), frequency, row, chance) * level
        if self.breath:
            sound = sound + self._air(frequency, level)
        if self.onset:
            scrape = self._onset(velocity)[: sound.shape[1]]
            sound[:, : len(scrape)] += scrape
        if self.drive:
            sound = np.tanh(sound * np.float32(self.drive))
        if self.rotor:
            sway = 0.28 * np.sin(np.float32(2 * np.pi * self.rotor) * seconds_axis(sound.shape[1]))
            sound = np.stack([sound[0] * (1 + sway), sound[-1] * (1 - sway)])
        return fade_edges(sound)

    def _played(self, level: Signal, seconds: float, chance: np.random.Generator) -> Signal:
        """The level as a living player holds it."""
        if self.swell and seconds > 0.5:
            held = np.clip(control_axis(len(level)) / seconds, 0, 1)
            level = level * smoothed(1 - self.swell + self.swell * np.sin(np.pi * held**0.8), len(level))
        if self.tremolo:
            bow = 0.5 + 0.5 * np.sin(2 * np.pi * self.tremolo_hz * control_axis(len(level)))
            level = level * smoothed(1 - self.tremolo * bow, len(level))
        if self.unsteady:
            level = level * smoothed(1 + self.unsteady * _wandering(len(level), 9.0, chance), len(level))
        return level

    def _onset(self, velocity: float) -> Signal:
        return _scrape(self.onset_hz) * np.float32(self.onset * (0.4 + velocity))

    def _filter_rows(self, frequency: float, level: Signal, velocity: float) -> Signal:
        seconds = seconds_axis(len(level))
        cutoff = self.cutoff * (frequency / 261.6) ** self.tracking * 2.0 ** (1.6 * (velocity - 0.8))
        if self.opens_slowly:
            movement = self.sweep * (np.sqrt(np.maximum(level, 0)) - 1)
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

    def _voices(self, table: Signal, frequency: float, row: Signal, chance: np.random.Generator) -> Samples:
        if self.voices == 1:
            return scan(table, [self._phase(frequency, len(row), 0.0, chance)], row)
        phases: list[Phase] = []
        sides = np.empty((2, self.voices), np.float32)
        for voice in range(self.voices):
            place = 2 * voice / (self.voices - 1) - 1
            tuned = frequency * 2 ** (place * self.detune / 2400)
            phases.append(self._phase(tuned, len(row), voice * _GOLDEN, chance))
            pan = np.pi / 4 * (1 + self.width * place * (-1) ** voice)
            sides[:, voice] = np.cos(pan), np.sin(pan)
        return sides @ scan(table, phases, row)

    def _phase(self, frequency: float, frames: int, start: float, chance: np.random.Generator) -> Phase:
        if not (self.vibrato or self.glide or self.drift):
            return steady_phase(frequency, frames, start)
        time = control_axis(frames)
        depth = self.vibrato * np.clip((time - self.vibrato_delay) / 0.4, 0, 1)
        rate = self.vibrato_hz * (1 + 0.07 * np.sin(2.4 * start + 3 * time)) * (1 + 0.04 * np.sin(17 * start))
        cents = depth * np.sin(2 * np.pi * rate * time + 9 * start)
        if self.drift:
            cents = cents + self.drift * _wandering(frames, 3.0, chance)
        return wavering_phase(frequency, cents + 100 * self.glide * np.exp(-time / 0.025), frames, start)

    def _air(self, frequency: float, level: Signal) -> Samples:
        low = 500.0 * 2.0 ** max(0, round(np.log2(frequency / 333.0)))
        return read_round(band_noise(low, 7_000.0), 977 * int(frequency), len(level)) * level * np.float32(self.breath)


def _wandering(frames: int, rate: float, chance: np.random.Generator) -> NDArray[np.floating]:
    """Control values that wander about 0 within about -1..1, `rate` turns a second."""
    time = control_axis(frames)
    turns = max(4, int(time[-1] * rate) + 3) if len(time) else 4
    return np.interp(time * rate, np.arange(turns), chance.uniform(-1, 1, turns))


@lru_cache(maxsize=16)
def _scrape(centre: float) -> Signal:
    """60 ms of noise about `centre` Hz, as a bow catches or a tongue lets go."""
    noise = np.random.default_rng(13).standard_normal(int(0.06 * SAMPLE_RATE), dtype=np.float32)
    time = seconds_axis(len(noise))
    return bandpass(noise, centre * 0.5, centre * 2) * np.exp(-time / 0.016) * np.minimum(time / 0.003, 1)


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
