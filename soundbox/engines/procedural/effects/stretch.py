"""What a sound is given to work with: a stretch of a bed, or one event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from soundbox.engines.procedural.effects.manner import Manner
from soundbox.engines.procedural.effects.noise import Noise
from soundbox.engines.procedural.effects.shaping import NEARLY_SILENT, RATE, Signal, pink, white

_CURVE_RATE = 200  # slow curves are worked out this often a second
_LEAD_SECONDS = 2.0  # curves are known this long before the beginning


@dataclass(frozen=True)
class Stretch:
    """A few seconds of an endless sound.

    Noise differs from stretch to stretch (their ends are overlapped); curves and oscillators follow the absolute
    time, so they run on over the joins, and close into a ring when the whole is a loop.
    """

    random: Generator
    layer_seed: int
    start: int  # frames from the beginning of the whole sound; negative while filters warm up
    frames: int
    total_frames: int
    loop: bool
    manner: Manner

    @property
    def shape(self) -> tuple[int, int]:
        return 2, self.frames

    @cached_property
    def moments(self) -> Signal:
        """Seconds since the beginning of the whole sound, one for each frame."""
        return (self.start + np.arange(self.frames)) / RATE

    def white(self) -> Signal:
        return white(self.random, self.shape)

    def pink(self) -> Signal:
        return pink(self.random, self.shape)

    def noise(self) -> Noise:
        """Pink noise that is to be heard through filters alone."""
        return Noise.drawn(self.random, self.frames)

    def drift(self, name: str, hz: float, low: float, high: float, power: float = 1.0) -> Signal:
        """A slow random curve between `low` and `high` that turns about `hz` times a second, shape (frames,); raised
        to `power`."""
        grid, _ = self._grid_times
        return self._drawn(self._drift_on(grid, name, hz, low, high) ** power)

    def _drawn(self, curve: Signal) -> Signal:
        """A curve on the grid as straight lines with one value a frame."""
        points, share = self._places
        line = np.diff(curve).take(points)
        line *= share
        line += curve.take(points)
        return line

    def phase(self, name: str, hz: float, wander: float = 0.0, turns_hz: float = 0.5) -> Signal:
        """Radians of an oscillator at `hz` that wanders by the share `wander`; whole cycles when looped."""
        grid, times = self._grid_times
        frequencies = hz * (1.0 + self._drift_on(grid, name, turns_hz, -wander, wander))
        cycles = np.concatenate([[0.0], np.cumsum(frequencies[:-1]) / _CURVE_RATE])
        cycles -= np.interp(0.0, times, cycles)
        if not self.loop:
            return 2.0 * np.pi * self._drawn(cycles)
        whole = np.interp(self._total_seconds, times, cycles)
        cycles *= max(1.0, round(whole)) / whole
        rounds = np.floor(self.moments / self._total_seconds) * max(1.0, round(whole))
        return 2.0 * np.pi * (self._drawn(cycles) + rounds)

    def scatter(self, per_second: float, channels: int = 2, loudness_shape: float = 1.2) -> Signal:
        """Single clicks at random moments, few of them loud, of shape (channels, frames)."""
        clicks = np.full((channels, self.frames), NEARLY_SILENT)
        for channel in clicks:
            number = self.random.poisson(per_second * self.frames / RATE)
            places = self.random.integers(0, self.frames, number)
            strengths = self.random.gamma(loudness_shape, 1.0 / loudness_shape, number)
            channel[places] = strengths * self.random.choice([-1.0, 1.0], number)
        return clicks

    @property
    def _total_seconds(self) -> float:
        return self.total_frames / RATE

    @cached_property
    def _grid_times(self) -> tuple[Signal, Signal]:
        """The moments at which curves are worked out, as they are and, in a loop, as moments of its first round."""
        steps = int((self._total_seconds + 2 * _LEAD_SECONDS) * _CURVE_RATE) + 2
        times = np.arange(steps) / _CURVE_RATE - _LEAD_SECONDS
        return self._folded(times), times

    @cached_property
    def _places(self) -> tuple[NDArray[np.intp], Signal]:
        """For each frame the point of the grid before it, and the share of the way to the next."""
        share = (self._folded(self.moments) + _LEAD_SECONDS) * _CURVE_RATE
        points = share.astype(np.intp)
        share -= points
        return points, share

    def _folded(self, times: Signal) -> Signal:
        return times - self._total_seconds * np.floor(times / self._total_seconds) if self.loop else times

    def _drift_on(self, grid: Signal, name: str, hz: float, low: float, high: float) -> Signal:
        turns = max(2, int(np.ceil(self._total_seconds * hz)))
        knots = default_rng([self.layer_seed, crc32(name.encode())]).uniform(low, high, turns + 1)
        if self.loop:
            knots[-1] = knots[0]
        places = np.clip(grid / self._total_seconds * turns, 0.0, turns)
        before = np.minimum(places.astype(int), turns - 1)
        share = places - before
        smooth = share * share * (3.0 - 2.0 * share)
        return np.asarray(knots[before] * (1.0 - smooth) + knots[before + 1] * smooth)


@dataclass(frozen=True)
class Event:
    """One bark, step or bang of a layer."""

    random: Generator  # differs from event to event
    character: Generator  # draws the same numbers for each event of a layer: the same dog barks again
    index: int
    seconds: float  # room for it: until the end of the sound, or once around a loop
    manner: Manner
