"""Sounds that follow no family: bells, tines, the long 808, noise beds and risers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soundbox.engines.procedural.instruments.envelopes import adsr, fade_edges, release_curve
from soundbox.engines.procedural.instruments.filters import NEARLY_SILENT, bandpass
from soundbox.engines.procedural.instruments.noise import band_noise, read_round
from soundbox.engines.procedural.instruments.oscillators import hertz, seconds_axis
from soundbox.engines.procedural.instruments.struck import add_knock
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_FADED = 7.0  # e-foldings after which a partial is not heard
_CHIRP = ((2_400, 4_800), (-9_000, 9_000), (14, 34))  # Hz, Hz a second, turns of its warble a second


@dataclass(frozen=True)
class Chime:
    """Partials that are no harmonics: bells, bars, glass. Each is (ratio, level, e-foldings a second)."""

    partials: tuple[tuple[float, float, float], ...]
    tremolo: float = 0.0  # depth of a vibraphone's fan
    longest: float = 4.0  # seconds
    knock: float = 0.0  # level of the mallet
    knock_hz: float = 2_000.0
    rings: bool = True
    release: float = 0.0

    def __call__(self, pitch: float, _seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        slowest = min(rate for _, _, rate in self.partials)
        time = seconds_axis(int(min(self.longest, 6.0 / slowest) * SAMPLE_RATE))
        sound = np.zeros((2, len(time)), np.float32)
        for place, (ratio, level, rate) in enumerate(self.partials):
            if frequency * ratio < 16_000:
                turn = np.float32(2 * np.pi * frequency * ratio)
                bright = level * velocity ** (0.5 * place)
                heard = time[: int(_FADED / rate * SAMPLE_RATE)]
                wave = np.sin(heard * turn) * np.exp(heard * np.float32(-rate)) * np.float32(bright)
                sides = (0.7, 1.0) if place % 2 else (1.0, 0.7)
                for side, level_there in zip(sound, sides, strict=True):
                    side[: len(heard)] += wave * np.float32(level_there)
        if self.tremolo:
            sway = np.float32(self.tremolo) * np.sin(time * np.float32(2 * np.pi * 5.0))
            sound[0] *= 1 + sway
            sound[1] *= 1 - sway
        if self.knock:
            add_knock(sound, self.knock * velocity, self.knock_hz)
        return fade_edges(sound, fall_seconds=0.05)


@dataclass(frozen=True)
class Tine:
    """An electric piano: a tine whose tone barks when struck hard, and the bell of the stroke."""

    bark: float = 1.5  # depth at full velocity
    bell: float = 0.12
    rings: bool = False
    release: float = 0.15  # seconds

    def __call__(self, pitch: float, seconds: float, velocity: float) -> Samples:
        frequency = hertz(pitch)
        rate = 0.8 * (frequency / 220) ** 0.5
        time = seconds_axis(int(min(5.0 / rate, seconds + self.release) * SAMPLE_RATE) + 64)
        turn = (np.float32(2 * np.pi * frequency) * time).astype(np.float32)
        depth = np.float32(self.bark * velocity**1.6) * np.exp(time * np.float32(-2.5 * rate))
        body = np.sin(turn + depth * np.sin(turn)) * np.exp(time * np.float32(-rate))
        ring = np.sin(np.float32(7.02) * turn) * np.exp(time * np.float32(-9.0)) * np.float32(self.bell * velocity)
        sound = body + ring if frequency * 7 < 16_000 else body
        released = int(seconds * SAMPLE_RATE)
        if released < len(sound):
            sound[released:] *= release_curve(len(sound) - released)
        sway = np.float32(0.22) * np.sin(time * np.float32(2 * np.pi * 4.6))
        return fade_edges(np.stack([sound * (1 + sway), sound * (1 - sway)]))


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
    pulse_hz: float = 0.0  # crickets: how often the noise comes and goes
    chirps: float = 0.0  # a second: birds

    def __call__(self, pitch: float, seconds: float, _velocity: float) -> Samples:
        frames = int(seconds * SAMPLE_RATE)
        generator = np.random.default_rng([int(pitch), frames])
        circle = band_noise(self.low, self.high, channels=2)
        sound = read_round(circle, int(generator.integers(circle.shape[1])), frames) * np.float32(self.hiss)
        if self.swell:
            sound *= 1 - self.swell * np.cos(np.linspace(0, 2 * np.pi, frames, dtype=np.float32))
        if self.pulse_hz:
            sound *= np.maximum(0, np.sin(np.float32(2 * np.pi * self.pulse_hz) * seconds_axis(frames)))
        if self.chirps:
            self._add_chirps(sound, generator)
        if self.grains:
            clicks = np.full((2, frames), NEARLY_SILENT)
            for side in clicks:
                places = generator.integers(0, frames, generator.poisson(self.grains * frames / SAMPLE_RATE))
                side[places] = generator.exponential(1.0, len(places))
            sound += bandpass(clicks, self.grain_hz * 0.6, self.grain_hz * 1.6) * 12
        edge = frames // 4
        sound[:, :edge] *= np.sin(np.linspace(0, np.pi / 2, edge, dtype=np.float32))
        sound[:, frames - edge :] *= np.cos(np.linspace(0, np.pi / 2, edge, dtype=np.float32))
        return sound

    def _add_chirps(self, sound: Samples, generator: np.random.Generator) -> None:
        for _ in range(generator.poisson(self.chirps * sound.shape[1] / SAMPLE_RATE)):
            length = int(generator.uniform(0.05, 0.16) * SAMPLE_RATE)
            start = int(generator.integers(0, max(1, sound.shape[1] - length)))
            time = seconds_axis(min(length, sound.shape[1] - start))
            base, sweep, rate = (generator.uniform(*span) for span in _CHIRP)
            turns = base * time + sweep * time**2 + 6 * np.sin(2 * np.pi * rate * time)
            bird = np.sin(2 * np.pi * turns) * np.sin(np.pi * time / (length / SAMPLE_RATE)) ** 2
            sides = generator.uniform(0.1, 0.5, (2, 1)).astype(np.float32)
            sound[:, start : start + len(time)] += sides * bird.astype(np.float32)


@dataclass(frozen=True)
class Riser:
    """Noise that climbs into the next section; `tonal` adds a note that climbs with it."""

    tonal: float = 0.0
    bright: float = 0.7

    def __call__(self, _pitch: float, seconds: float, _velocity: float) -> Samples:
        frames = int(seconds * SAMPLE_RATE)
        climb = np.linspace(0, 1, frames, dtype=np.float32)
        low = read_round(band_noise(400.0, 1_600.0, channels=2), 0, frames)
        high = read_round(band_noise(4_000.0, 16_000.0, channels=2), 0, frames)
        sound = low * (1 - climb) + high * climb * np.float32(self.bright)
        if self.tonal:
            turns = np.cumsum(220 * 2 ** (2 * climb)) / SAMPLE_RATE
            sound += np.float32(self.tonal) * np.sin(2 * np.pi * turns).astype(np.float32)
        return fade_edges(sound * climb**2, fall_seconds=0.02)


@dataclass(frozen=True)
class Roll:
    """Strokes that come closer and louder: a roll on a snare before something begins."""

    low: float = 900.0
    high: float = 6_000.0

    def __call__(self, _pitch: float, seconds: float, _velocity: float) -> Samples:
        frames = int(seconds * SAMPLE_RATE)
        noise = read_round(band_noise(self.low, self.high, channels=2), 0, frames)
        beat = seconds / 16
        since = np.mod(seconds_axis(frames), np.float32(beat))
        return fade_edges(noise * np.exp(-since / (0.4 * beat)) * np.linspace(0.1, 1, frames, dtype=np.float32) ** 2)
