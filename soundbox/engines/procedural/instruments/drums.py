"""Skins, metal and wood, and the kits made of them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from soundbox.engines.procedural.instruments.envelopes import fade_edges
from soundbox.engines.procedural.instruments.filters import bandpass, highpass, lowpass
from soundbox.engines.procedural.instruments.oscillators import Signal, seconds_axis
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_TWO_PI = np.float32(2 * np.pi)
_LEAST_NOISE = 2**14  # frames that are drawn at once


class Hit(Hashable, Protocol):
    def sound(self, take: int) -> Samples:
        """Shape (1 or 2, frames), peak at the piece's own level; takes differ as two strokes do."""
        ...


@dataclass(frozen=True)
class Skin:
    """A drum head: a sine that falls to its note, and the click of what struck it."""

    pitch: float  # Hz
    fall: float = 2.5  # starts this many octaves' worth of the pitch above, as a multiple
    fall_seconds: float = 0.025
    ring: float = 0.14  # seconds to a third of the level
    click: float = 0.25
    click_hz: float = 4_000.0
    drive: float = 1.3
    level: float = 0.9
    pan: float = 0.0

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int(min(1.8, self.ring * 6) * SAMPLE_RATE))
        swept = self.fall * self.pitch * self.fall_seconds * (1 - np.exp(time * np.float32(-1 / self.fall_seconds)))
        body = np.sin(_TWO_PI * (self.pitch * time + swept)) * np.exp(time * np.float32(-1 / self.ring))
        click = lowpass(_noise(len(time), take), self.click_hz) * np.exp(time * np.float32(-1 / 0.004))
        return _placed(np.tanh((body + self.click * click) * np.float32(self.drive)), self.level, self.pan)


@dataclass(frozen=True)
class Snare:
    """Two notes of the head, and the wires below; `gate` holds a big room and shuts it."""

    pitch: float = 190.0
    tone: float = 0.5
    tone_ring: float = 0.07
    wires_low: float = 1_500.0
    wires_high: float = 9_000.0
    wires_ring: float = 0.11
    gate: float = 0.0  # seconds
    level: float = 0.62

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int((max(self.wires_ring * 6, self.gate + 0.03)) * SAMPLE_RATE))
        drop = 0.6 * self.pitch * 0.012 * (1 - np.exp(time * np.float32(-1 / 0.012)))
        head = np.sin(_TWO_PI * (self.pitch * time + drop)) + 0.5 * np.sin(_TWO_PI * (1.6 * self.pitch * time + drop))
        head = head * np.exp(time * np.float32(-1 / self.tone_ring)) * np.float32(self.tone)
        sides = [self._wires(time, 2 * take), self._wires(time, 2 * take + 1)]
        return _placed(
            np.stack([head + side + 0.3 * other for side, other in zip(sides, sides[::-1], strict=True)]), self.level
        )

    def _wires(self, time: Signal, take: int) -> Signal:
        noise = bandpass(_noise(len(time), take), self.wires_low, self.wires_high)
        rattle = noise * np.exp(time * np.float32(-1 / self.wires_ring))
        if self.gate:
            rattle = rattle + 0.45 * noise * (time < self.gate) * (1 - 0.5 * time / self.gate)
        return rattle


@dataclass(frozen=True)
class Metal:
    """Hats and cymbals: square waves that share no harmony, and noise, with the lows taken away."""

    low: float = 7_000.0
    ring: float = 0.035
    tone: float = 0.5  # share of metal against noise
    level: float = 0.3
    pan: float = 0.2

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int(min(2.6, self.ring * 6) * SAMPLE_RATE))
        metal = sum(
            np.sign(np.sin(_TWO_PI * time * ratio)) for ratio in (2_051.0, 3_043.0, 3_694.0, 5_221.0, 5_402.0, 8_003.0)
        )
        mixed = self.tone * metal / 3 + (1 - self.tone) * np.stack(
            [_noise(len(time), take), _noise(len(time), take + 9)]
        )
        shaped = highpass(mixed.astype(np.float32), self.low) * np.exp(time * np.float32(-1 / self.ring))
        return _placed(lowpass(shaped, 14_000.0, 1), self.level, self.pan)


@dataclass(frozen=True)
class Hands:
    """Claps and snaps: several bursts of one band, then the room."""

    low: float = 900.0
    high: float = 3_500.0
    bursts: int = 4
    ring: float = 0.09
    level: float = 0.5

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int(self.ring * 6 * SAMPLE_RATE))
        level = np.exp(time * np.float32(-1 / self.ring)) * 0.6
        for burst in range(self.bursts):
            since = time - np.float32(0.010 * burst)
            level += np.where(since >= 0, np.exp(np.minimum(-since / np.float32(0.004), 0)), 0)
        noise = bandpass(np.stack([_noise(len(time), take), _noise(len(time), take + 9)]), self.low, self.high)
        return _placed(noise * level, self.level)


@dataclass(frozen=True)
class Stick:
    """Wood and shells that ring on one or two short notes: rim, clave, cowbell."""

    pitch: float = 1_700.0
    second: float = 1.5  # ratio of the other note
    ring: float = 0.015
    noise: float = 0.2
    level: float = 0.35
    pan: float = -0.2

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int(self.ring * 7 * SAMPLE_RATE))
        notes = np.sin(_TWO_PI * self.pitch * time) + 0.7 * np.sin(_TWO_PI * self.pitch * self.second * time)
        mixed = notes + self.noise * highpass(_noise(len(time), take), 2_000.0)
        return _placed(mixed * np.exp(time * np.float32(-1 / self.ring)), self.level, self.pan)


@dataclass(frozen=True)
class Grains:
    """Shakers, tambourines, brushes: noise that swells and falls."""

    low: float = 5_000.0
    rise: float = 0.02
    ring: float = 0.03
    level: float = 0.16
    pan: float = -0.35

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int((self.rise + self.ring * 6) * SAMPLE_RATE))
        level = np.minimum(time / np.float32(self.rise), 1) * np.exp(-np.maximum(time - self.rise, 0) / self.ring)
        return _placed(highpass(_noise(len(time), take), self.low) * level, self.level, self.pan)


@dataclass(frozen=True)
class Bells:
    """A handful of small bells that are shaken: sleighs, jingles."""

    pitches: tuple[float, ...] = (4_100.0, 5_300.0, 6_150.0, 7_400.0, 8_900.0)  # Hz
    ring: float = 0.09
    level: float = 0.24
    pan: float = 0.25

    def sound(self, take: int) -> Samples:
        time = seconds_axis(int(self.ring * 7 * SAMPLE_RATE))
        generator = np.random.default_rng(2_000 + take)
        bells = np.zeros((2, len(time)), np.float32)
        for pitch in self.pitches:
            for side in bells:
                since = time - np.float32(generator.uniform(0, 0.03))
                wave = np.sin(_TWO_PI * np.float32(pitch * generator.uniform(0.98, 1.02)) * since)
                side += np.where(since > 0, wave * np.exp(-np.maximum(since, 0) / np.float32(self.ring)), 0)
        return _placed(bells, self.level, self.pan)


def _noise(frames: int, take: int) -> Signal:
    return _drawn(take, max(_LEAST_NOISE, 2 ** (frames - 1).bit_length()))[:frames]


@lru_cache(maxsize=64)
def _drawn(take: int, frames: int) -> Signal:
    """A longer draw begins as a shorter one, so every drum of a take has the same noise."""
    noise = np.random.default_rng(1_000 + take).standard_normal(frames, dtype=np.float32)
    noise.flags.writeable = False
    return noise


def _placed(sound: Signal, level: float, pan: float = 0.0) -> Samples:
    both = sound if sound.ndim == 2 else sound[None, :]
    both = fade_edges((both / np.abs(both).max()).astype(np.float32), 0.0003, 0.01) * np.float32(level)
    if not pan:
        return both
    gains = np.array([[np.cos((pan + 1) * np.pi / 4)], [np.sin((pan + 1) * np.pi / 4)]], np.float32) * np.float32(
        2**0.5
    )
    return both * gains
