"""Skins, metal and wood, and the kits made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from soundbox.engines.procedural.instruments.envelopes import fade_edges
from soundbox.engines.procedural.instruments.filters import bandpass, highpass, lowpass
from soundbox.engines.procedural.instruments.oscillators import Signal, seconds_axis
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_TWO_PI = np.float32(2 * np.pi)


class Hit(Protocol):
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


def _noise(frames: int, take: int) -> Signal:
    return np.random.default_rng(1_000 + take).standard_normal(frames).astype(np.float32)


def _placed(sound: Signal, level: float, pan: float = 0.0) -> Samples:
    both = sound if sound.ndim == 2 else sound[None, :]
    both = fade_edges((both / np.abs(both).max()).astype(np.float32), 0.0003, 0.01) * np.float32(level)
    if not pan:
        return both
    gains = np.array([[np.cos((pan + 1) * np.pi / 4)], [np.sin((pan + 1) * np.pi / 4)]], np.float32) * np.float32(
        2**0.5
    )
    return both * gains


_TOMS: dict[str, Hit] = {
    "low tom": Skin(82, 0.9, 0.06, 0.2, 0.3, level=0.7, pan=0.35),
    "mid tom": Skin(116, 0.9, 0.06, 0.17, 0.3, level=0.66, pan=0.05),
    "high tom": Skin(160, 0.9, 0.05, 0.14, 0.3, level=0.62, pan=-0.3),
}
_ACOUSTIC: dict[str, Hit] = {
    "kick": Skin(58, 2.2, 0.018, 0.11, 0.6, 3_500, 1.6),
    "snare": Snare(),
    "rim": Stick(),
    "hat": Metal(),
    "open hat": Metal(ring=0.16, level=0.26),
    "ride": Metal(low=5_000, ring=0.4, tone=0.75, level=0.2, pan=-0.3),
    "crash": Metal(low=3_500, ring=0.7, tone=0.35, level=0.34, pan=0.15),
    "shaker": Grains(),
    "tambourine": Metal(low=6_500, ring=0.07, tone=0.8, level=0.22, pan=-0.3),
    "clap": Hands(),
    **_TOMS,
}
_PERCUSSION: dict[str, Hit] = {
    "low conga": Skin(190, 0.25, 0.02, 0.11, 0.5, 2_500, 1.2, 0.5, 0.3),
    "high conga": Skin(275, 0.25, 0.02, 0.08, 0.6, 3_000, 1.2, 0.45, -0.3),
    "clave": Stick(2_450, 1.01, 0.03, 0, 0.25, 0.3),
    "cowbell": Stick(560, 1.48, 0.06, 0.05, 0.22, 0.3),
}
_MACHINE: dict[str, Hit] = {
    **_ACOUSTIC,
    **_PERCUSSION,
    "kick": Skin(50, 4.0, 0.022, 0.16, 0.35, 5_000, 2.2, 0.95),
    "snare": Snare(200, 0.45, 0.05, 1_800, 10_000, 0.09),
    "hat": Metal(low=8_000, ring=0.028, tone=0.7),
    "open hat": Metal(low=7_500, ring=0.12, tone=0.7, level=0.26),
}

KITS: dict[str, dict[str, Hit]] = {
    "acoustic": {**_ACOUSTIC, **_PERCUSSION},
    "machine": _MACHINE,
    "hard machine": {**_MACHINE, "kick": Skin(47, 5.0, 0.02, 0.17, 0.8, 6_000, 4.0, 0.95), "clap": Hands(700, 2_600,
        ring=0.12)},
    "gated": {**_MACHINE, "kick": Skin(54, 3.2, 0.02, 0.14, 0.5, 4_500, 2.0), "snare": Snare(175, 0.7, 0.1, 900,
        7_500, 0.1, gate=0.24, level=0.7)},
    "trap": {**_MACHINE, "kick": Skin(48, 4.0, 0.02, 0.2, 0.5, 5_000, 2.4), "hat": Metal(low=9_000, ring=0.018,
        level=0.24), "snare": Snare(220, 0.35, 0.05, 2_200, 12_000, 0.1)},
    "dusty": {**_ACOUSTIC, **_PERCUSSION, "kick": Skin(62, 1.8, 0.02, 0.13, 0.3, 1_500, 2.0), "snare": Snare(165,
        0.6, 0.06, 900, 4_800, 0.09, level=0.5), "hat": replace(Metal(), low=5_000, level=0.17),
        "open hat": Metal(5_000, 0.12, level=0.15)},
    "breaks": {**_ACOUSTIC, **_PERCUSSION, "kick": Skin(68, 2.2, 0.014, 0.08, 0.7, 4_500, 2.2), "snare": Snare(235,
        0.55, 0.05, 1_600, 9_500, 0.075, level=0.68)},
    "heavy": {**_ACOUSTIC, "kick": Skin(54, 3.0, 0.012, 0.1, 1.1, 7_000, 2.6, 0.95), "snare": Snare(180, 0.65, 0.09,
        1_200, 8_500, 0.14, level=0.7)},
    "brushes": {**_ACOUSTIC, **_PERCUSSION, "kick": Skin(66, 1.0, 0.02, 0.12, 0.2, 1_500, 1.0, 0.4),
        "snare": Grains(1_800, 0.03, 0.06, 0.24, 0.1), "hat": Metal(6_500, 0.03, level=0.14)},
    "chip": {
        **_MACHINE, "kick": Skin(62, 4.0, 0.03, 0.07, 0.0, drive=5.0, level=0.6), "snare": Grains(1_200, 0.0005,
            0.05, 0.42, 0.0),
        "hat": Grains(7_000, 0.0005, 0.012, 0.2, 0.0), "open hat": Grains(6_000, 0.0005, 0.05, 0.2, 0.0),
            "crash": Grains(3_000, 0.0005, 0.3, 0.25, 0.0),
    },
    "orchestral": {
        **_ACOUSTIC, "kick": Skin(46, 0.7, 0.05, 0.42, 0.35, 900, 1.2, 0.9), "snare": Skin(88, 0.3, 0.04, 0.3, 0.3,
            1_800, 1.1, 0.6, -0.2),
        "low tom": Skin(65, 0.3, 0.04, 0.38, 0.4, 1_200, 1.2, 0.8, 0.3), "mid tom": Skin(98, 0.3, 0.04, 0.28, 0.4,
            1_500, 1.2, 0.7), "high tom": Skin(131, 0.3, 0.04, 0.24, 0.5, 2_000, 1.2, 0.62, -0.3),
        "crash": Metal(2_500, 0.9, 0.2, 0.34, 0.0),
    },
}  # fmt: skip
