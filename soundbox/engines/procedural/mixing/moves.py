"""What hands do at the console while a piece runs: faders and a filter that move with its sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

_Course = tuple[tuple[float, float], ...]  # (share of the section, value), in straight lines

FADERS: dict[str, _Course] = {  # decibels
    "rises": ((0, -13), (1, 0)),
    "falls": ((0, 0), (1, -13)),
    "swells": ((0, -11), (0.6, 0), (1, -9)),
    "low": ((0, -9), (1, -9)),
    "far": ((0, -16), (1, -16)),
}
FILTERS: dict[str, _Course] = {  # how far the low-pass is open, 0..1
    "opens": ((0, 0.22), (1, 0.95)),
    "closes": ((0, 0.95), (1, 0.2)),
    "dull": ((0, 0.38), (1, 0.38)),
    "blooms": ((0, 0.25), (0.55, 0.85), (1, 0.3)),
}
MARKS = frozenset((*FADERS, *FILTERS))
_OPEN = 0.99
_LOWEST_HZ, _OCTAVES = 150.0, 6.9  # a closed filter, and how far it can open
_RESONANCE = 1.1  # its Q
_CHUNK = 1024  # frames of one setting of the filter
_SEAM = SAMPLE_RATE // 100  # frames in which a fader may jump
_STEPS = 24  # points of a section


@dataclass(frozen=True)
class Stretch:
    """Frames that belong to one section, and what is marked there."""

    start: int
    stop: int
    marks: tuple[str, ...] = ()


@dataclass
class Moves:
    """Positions of fader and filter, in straight lines between points."""

    frames: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    decibels: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    openings: NDArray[np.float64] = field(default_factory=lambda: np.ones(1))

    def __post_init__(self) -> None:
        self._states: dict[str, NDArray[np.float64]] = {}

    @property
    def fades(self) -> bool:
        return bool(self.decibels.any())

    @property
    def sweeps(self) -> bool:
        return bool((self.openings < _OPEN).any())

    def fade(self, stem: Samples, start: int) -> None:
        """In place; `stem` begins at frame `start`."""
        place = np.arange(0, stem.shape[1] + _SEAM, _SEAM)
        gain = 10 ** (np.interp(place + start, self.frames, self.decibels) / 20)
        stem *= np.interp(np.arange(stem.shape[1]), place, gain).astype(np.float32)

    def sweep(self, name: str, stem: Samples, start: int) -> None:
        """In place, by a resonant low-pass that remembers what it heard of this stem."""
        for first in range(0, stem.shape[1], _CHUNK):
            opening = float(np.interp(start + first, self.frames, self.openings))
            if opening >= _OPEN:
                self._states.pop(name, None)
                continue
            chunk = stem[:, first : first + _CHUNK]
            state = self._states.get(name, np.zeros((1, len(chunk), 2)))
            stem[:, first : first + _CHUNK], self._states[name] = sosfilt(_low_pass(opening), chunk, axis=1, zi=state)


def moves(stretches: Iterable[Stretch], breath: tuple[float, float] = (0.0, 0.0)) -> Moves:
    """`breath`: frames of one swell of everything, and how many decibels deep it is."""
    frames, decibels, openings = [], [], []
    for stretch in stretches:
        shares = np.linspace(0, 1, _STEPS)
        frames.append(stretch.start + shares * max(1, stretch.stop - stretch.start - _SEAM))
        decibels.append(sum((_course(FADERS[mark], shares) for mark in stretch.marks if mark in FADERS), 0 * shares))
        openings.append(np.min([_course(FILTERS[mark], shares) for mark in stretch.marks if mark in FILTERS]
                               or [np.ones(_STEPS)], axis=0))  # fmt: skip
    if not frames:
        return Moves()
    whole = np.concatenate(frames)
    level = np.concatenate(decibels)
    if breath[0]:
        level = level - breath[1] * (0.5 + 0.5 * np.cos(2 * np.pi * whole / breath[0]))
    return Moves(whole, level, np.concatenate(openings))


def _course(course: _Course, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.interp(shares, [share for share, _ in course], [value for _, value in course])


def _low_pass(opening: float) -> NDArray[np.float64]:
    """R. Bristow-Johnson's resonant low-pass, shape (1, 6)."""
    turn = 2 * np.pi * min(_LOWEST_HZ * 2 ** (_OCTAVES * opening), 0.45 * SAMPLE_RATE) / SAMPLE_RATE
    alpha, cosine = np.sin(turn) / (2 * _RESONANCE), np.cos(turn)
    half = (1 - cosine) / 2
    return np.array([[half, 1 - cosine, half, 1 + alpha, -2 * cosine, 1 - alpha]]) / (1 + alpha)
