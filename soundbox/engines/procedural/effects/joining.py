"""Laying sounds on a canvas: events where they fall, stretches overlapped into one bed; in a loop all goes round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from soundbox.engines.procedural.effects.shaping import RATE, Signal
from soundbox.engines.protocol import Samples

_OVERLAP_SECONDS = 0.6


def lay(canvas: Samples, sound: Signal | Samples, start: int, loop: bool) -> None:
    """Adds `sound` at frame `start`; what passes the end is cut, or comes round again in a loop."""
    total = canvas.shape[1]
    if start < 0 and not loop:
        sound, start = sound[:, -start:], 0
    while sound.shape[1]:
        start %= total
        length = min(sound.shape[1], total - start)
        canvas[:, start : start + length] += sound[:, :length].astype(np.float32, copy=False)
        sound, start = sound[:, length:], start + length
        if not loop:
            return


class Joiner:
    """Lays stretches on a canvas (2, frames), each a little longer than its place, blended over the overlap."""

    def __init__(self, canvas: Samples, loop: bool) -> None:
        self._canvas = canvas
        self._loop = loop
        self._overlap = min(round(_OVERLAP_SECONDS * RATE), canvas.shape[1] // 3)
        self._tail: Signal | None = None

    def stretches(self, frames: int) -> Iterator[tuple[int, int]]:
        """(start, frames) of each stretch to render, overlap included; none is much shorter than the others."""
        total = self._canvas.shape[1]
        number = max(1, round(total / frames))
        borders = np.linspace(0, total, number + 1).astype(int)
        for start, end in pairwise(borders):
            yield int(start), int(end - start) + self._overlap

    def add(self, start: int, sound: Signal) -> None:
        own = sound.shape[1] - self._overlap
        self._canvas[:, start : start + own] = sound[:, :own]
        if self._tail is not None:
            self._blend(start, self._tail)
        self._tail = sound[:, own:]

    def close(self) -> None:
        """Lays what was rendered past the end onto the beginning of a loop; otherwise drops it."""
        if self._loop and self._tail is not None:
            self._blend(0, self._tail)

    def _blend(self, start: int, tail: Signal) -> None:
        head = self._canvas[:, start : start + tail.shape[1]].astype(np.float64)
        quarter = np.linspace(0.0, np.pi / 2, tail.shape[1])
        rising, falling = np.sin(quarter), np.cos(quarter)
        # Equal power suits strangers; the more the two are alike, the more they would add up.
        level = 1.0 / np.sqrt(1.0 + 2.0 * _likeness(head, tail) * rising * falling)
        self._canvas[:, start : start + tail.shape[1]] = (head * rising + tail * falling) * level


def _likeness(head: Signal, tail: Signal) -> float:
    energy = float(np.sqrt(np.sum(head**2) * np.sum(tail**2)))
    return float(np.clip(np.sum(head * tail) / energy, 0.0, 1.0)) if energy > 0 else 0.0
