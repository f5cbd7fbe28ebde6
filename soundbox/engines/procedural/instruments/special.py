"""Sounds that follow no family: bells, driven guitar chords, the long 808, noise beds and risers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soundbox.engines.procedural.instruments.envelopes import adsr, fade_edges
from soundbox.engines.procedural.instruments.filters import bandpass, highpass, lowpass
from soundbox.engines.procedural.instruments.oscillators import Signal, hertz, seconds_axis
from soundbox.engines.procedural.instruments.struck import Struck
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples


@dataclass(frozen=True)
class Chime:
    """Partials that are no harmonics: bells, bars, glass. Each is (ratio, level, e-foldings a second)."""

    partials: tuple[tuple[float, float, float], ...]
    tremolo: float = 0.0  # depth of a vibraphone's fan
    longest: float = 4.0  # seconds

    def __call__(self, pitch: float, _seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        slowest = min(rate for _, _, rate in self.partials)
        time = seconds_axis(int(min(self.longest, 6.0 / slowest) * SAMPLE_RATE))
        left, right = np.zeros_like(time), np.zeros_like(time)
        for place, (ratio, level, rate) in enumerate(self.partials):
            if frequency * ratio < 16_000:
                turn = np.float32(2 * np.pi * frequency * ratio)
                bright = level * velocity ** (0.5 * place)
                wave = np.sin(time * turn) * np.exp(time * np.float32(-rate)) * np.float32(bright)
                left, right = left + wave * (1 - 0.3 * (place % 2)), right + wave * (0.7 + 0.3 * (place % 2))
        sway = np.float32(self.tremolo) * np.sin(time * np.float32(2 * np.pi * 5.0))
        return fade_edges(np.stack([left * (1 + sway), right * (1 - sway)]), fall_seconds=0.05)


@dataclass(frozen=True)
class PowerChord:
    """Root, fifth and octave through one driven amplifier, played twice: once left, once right."""

    drive: float = 7.0
    cabinet: float = 4_800.0  # Hz
    muted: bool = False

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        takes = [self._take(pitch, seconds, velocity, take) for take in (0, 1)]
        frames = min(map(len, takes))
        return np.stack([take[:frames] for take in takes])

    def _take(self, pitch: float, seconds: float, velocity: float, take: int) -> Signal:
        string = Struck(
            slope=1.0,
            position=0.13 + 0.06 * take,
            decay=9.0 if self.muted else 0.9,
            damping=0.12,
            pitch_scaling=0.2,
            detune=0.0,
            knock=0.5,
            release=0.06,
        )
        notes = [string(pitch + interval + 0.05 * (take - 0.5), seconds, velocity)[0] for interval in (0, 7, 12)]
        frames = min(map(len, notes))
        chord = sum(note[:frames] for note in notes)
        driven = np.tanh(highpass(chord, 90.0) * np.float32(self.drive * (0.5 + velocity)))
        return fade_edges(highpass(lowpass(driven, self.cabinet, 4), 70.0))


@dataclass(frozen=True)
class LongKick:
    """The 808: a sine that falls onto its note and rings, warmed until small speakers can hear it."""

    drive: float = 2.2

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        level = adsr(seconds, 0.002, 1.4, 0.15, 0.08)
        time = seconds_axis(len(level))
        frequency = hertz(pitch)
        turns = frequency * time + 3.0 * frequency * 0.012 * (1 - np.exp(time * np.float32(-1 / 0.012)))
        wave = np.sin(np.float32(2 * np.pi) * turns.astype(np.float32))
        return fade_edges(np.tanh(wave * level * np.float32(self.drive * (0.6 + 0.5 * velocity)))[None, :])


@dataclass(frozen=True)
class NoiseBed:
    """Weather and surfaces: a band of noise that swells, with grains (drops, crackle) upon it."""

    low: float
    high: float
    grains: float = 0.0  # a second
    grain_hz: float = 4_000.0
    hiss: float = 1.0
    swell: float = 0.0

    def __call__(self, pitch: float, seconds: float, _velocity: float) -> Samples:
        frames = int(seconds * SAMPLE_RATE)
        generator = np.random.default_rng([int(pitch), frames])
        noise = generator.standard_normal((2, frames), dtype=np.float32)
        sound = bandpass(noise, self.low, self.high) * np.float32(self.hiss)
        if self.swell:
            sound *= 1 - self.swell * np.cos(np.linspace(0, 2 * np.pi, frames, dtype=np.float32))
        if self.grains:
            clicks = (generator.random((2, frames)) < self.grains / SAMPLE_RATE).astype(np.float32)
            clicks *= generator.exponential(1.0, (2, frames)).astype(np.float32)
            sound += bandpass(clicks, self.grain_hz * 0.6, self.grain_hz * 1.6) * 12
        edge = frames // 4
        sound[:, :edge] *= np.sin(np.linspace(0, np.pi / 2, edge, dtype=np.float32))
        sound[:, frames - edge :] *= np.cos(np.linspace(0, np.pi / 2, edge, dtype=np.float32))
        return sound


@dataclass(frozen=True)
class Riser:
    """Noise that climbs into the next section."""

    def __call__(self, _pitch: float, seconds: float, _velocity: float) -> Samples:
        frames = int(seconds * SAMPLE_RATE)
        noise = np.random.default_rng(23).standard_normal((2, frames), dtype=np.float32)
        climb = np.linspace(0, 1, frames, dtype=np.float32)
        sound = bandpass(noise, 400.0, 1_600.0) * (1 - climb) + highpass(noise, 3_000.0) * climb * 0.7
        return fade_edges(sound * climb**2, fall_seconds=0.02)
