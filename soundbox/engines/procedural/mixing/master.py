"""The master: the finished sum is coloured, glued, warmed and brought to its loudness, in place and block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from soundbox.engines.procedural.mixing.dynamics import BLOCK, compress, limit, loudness
from soundbox.engines.procedural.mixing.tape import wander
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

CEILING = 10 ** (-1.45 / 20)  # of what the limiter can see, also between samples
TARGET_LUFS = -14.0
MONO_BELOW_HZ = 120.0
_AIR = 2.5  # decibels of the high shelf that every piece gets
_WEIGHT_BELOW_HZ, _LIGHTNESS = 130.0, 2.0  # by how many decibels everything above stands out from the lows
_PRELUDE = 1.0  # seconds the master hears of what comes before the head of a loop
_LARGEST_LAST_LIFT = 10 ** (4.0 / 20)
_CLOSE_ENOUGH = 0.02  # of the loudness wanted, as a factor of amplitude


@dataclass(frozen=True)
class Colour:
    """What the style, the mood and the textures make of the whole."""

    brightness: float  # decibels of the high shelf
    ceiling_hz: float
    drive: float
    width: float
    wow: float


@dataclass
class Master:
    timeline: Timeline
    colour: Colour
    finished: Samples = field(init=False)

    def run(self, mix: Samples) -> Iterator[float]:
        """Master in stages, telling after each which share of them is done; `finished` then holds the sound. `mix`,
        shape (2, frames), is used up."""
        sound = self.timeline.surrounded(mix, _PRELUDE)
        Equaliser(self.colour).shape(sound)
        if self.colour.wow:
            sound = wander(sound, self.colour.wow, self.timeline)
        yield 0.4
        sound *= _gain_to(TARGET_LUFS - 1.3, sound)
        compress(sound, threshold=0.16)
        _warm(sound, 0.8 * self.colour.drive)
        yield 0.7
        sound *= np.clip(_gain_to(TARGET_LUFS, sound), 0.3, 4.0)
        limit(sound, CEILING)
        missing = float(_gain_to(TARGET_LUFS, sound))
        if abs(missing - 1) > _CLOSE_ENOUGH:
            sound *= np.float32(min(missing, _LARGEST_LAST_LIFT))
            limit(sound, CEILING)
        self.finished = self.timeline.without_surroundings(sound, _PRELUDE)
        yield 1.0


class Equaliser:
    """Tone, stereo width, and one middle for the lows. It remembers what it heard: a sound may come in pieces."""

    def __init__(self, colour: Colour) -> None:
        sections = [butter(2, 28.0, "highpass", fs=SAMPLE_RATE, output="sos")]
        if colour.ceiling_hz < 16_000:
            sections.append(butter(2, colour.ceiling_hz, "lowpass", fs=SAMPLE_RATE, output="sos"))
        sections.append(high_shelf(_WEIGHT_BELOW_HZ, _LIGHTNESS))
        sections.append(high_shelf(2_600.0, _AIR + colour.brightness))
        self._tone, self._width = np.vstack(sections), colour.width
        self._sides = butter(2, MONO_BELOW_HZ, "highpass", fs=SAMPLE_RATE, output="sos")
        self._state, self._side_state = np.zeros((len(self._tone), 2, 2)), np.zeros((1, 2))

    def shape(self, sound: Samples) -> None:
        """In place."""
        for start in range(0, sound.shape[1], BLOCK):
            block, self._state = sosfilt(self._tone, sound[:, start : start + BLOCK], axis=1, zi=self._state)
            middle, side = 0.5 * (block[0] + block[1]), 0.5 * self._width * (block[0] - block[1])
            side, self._side_state = sosfilt(self._sides, side, zi=self._side_state)
            sound[0, start : start + BLOCK], sound[1, start : start + BLOCK] = middle + side, middle - side


def _warm(sound: Samples, drive: float) -> None:
    for start in range(0, sound.shape[1], BLOCK):
        block = sound[:, start : start + BLOCK]
        block *= np.float32(drive)
        np.tanh(block, out=block)


def _gain_to(lufs: float, sound: Samples) -> np.float32:
    now = loudness(sound)
    return np.float32(10 ** ((lufs - now) / 20)) if np.isfinite(now) else np.float32(1)


def high_shelf(hertz: float, decibels: float) -> NDArray[np.float64]:
    """A second-order shelf above `hertz` (R. Bristow-Johnson's cookbook, slope 0.7), shape (1, 6)."""
    gain = 10 ** (decibels / 40)
    turn = 2 * np.pi * hertz / SAMPLE_RATE
    cosine = np.cos(turn)
    alpha = np.sin(turn) / 2 * np.sqrt((gain + 1 / gain) * (1 / 0.7 - 1) + 2)
    root = 2 * np.sqrt(gain) * alpha
    above = [
        gain * ((gain + 1) + (gain - 1) * cosine + root),
        -2 * gain * ((gain - 1) + (gain + 1) * cosine),
        gain * ((gain + 1) + (gain - 1) * cosine - root),
    ]
    below = [
        (gain + 1) - (gain - 1) * cosine + root,
        2 * ((gain - 1) - (gain + 1) * cosine),
        (gain + 1) - (gain - 1) * cosine - root,
    ]
    return np.array([above + below]) / below[0]
