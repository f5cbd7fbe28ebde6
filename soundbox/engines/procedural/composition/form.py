"""Form: how long the piece is in bars, which bars belong together, and how full each stretch is."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

_SHAPES: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = (  # from this many bars: sections and their share
    (40, (("intro", 4), ("verse", 8), ("chorus", 8), ("verse", 8), ("chorus", 8), ("break", 4), ("chorus", 12),
        ("outro", 4))),
    (22, (("intro", 4), ("verse", 6), ("chorus", 8), ("break", 2), ("chorus", 8), ("outro", 2))),
    (12, (("intro", 2), ("verse", 4), ("chorus", 6), ("outro", 1))),
    (6, (("intro", 1), ("verse", 2), ("chorus", 4))),
    (0, (("chorus", 1),)),
)  # fmt: skip
_ENERGY = {"intro": 0.35, "verse": 0.65, "chorus": 0.95, "break": 0.3, "outro": 0.45}


@dataclass(frozen=True)
class Extent:
    """How a piece fills its time. Without an ending it is a loop, or too short to come to rest."""

    tempo: float  # beats a minute
    beats_per_bar: int
    beats: int  # before the closing chord
    seconds: float
    ends: bool

    @property
    def bars(self) -> int:
        return -(-self.beats // self.beats_per_bar)


@dataclass(frozen=True)
class Section:
    name: str
    first_bar: int
    bars: int
    energy: float  # 0 bare .. 1 everything plays


def line(seconds: float, tempo: float, beats_per_bar: int) -> Extent:
    """A piece with an end: whole half bars, then a last chord that rings out in what is left."""
    least_ring = min(1.5, 0.15 * seconds)
    unit = 2 if beats_per_bar == 4 else beats_per_bar
    halves = int((seconds - least_ring) * tempo / 60 / unit)
    if halves < 2:
        return Extent(tempo, beats_per_bar, int(np.ceil(seconds * tempo / 60)), seconds, ends=False)
    return Extent(tempo, beats_per_bar, halves * unit, seconds, ends=True)


def circle(seconds: float, tempo: float, beats_per_bar: int, tempo_is_fixed: bool) -> Extent:
    """A loop of whole bars: of exactly `seconds` where the tempo may bend, else the nearest that the tempo gives.
    What is much shorter than a bar becomes one bar of fewer beats."""
    beats = seconds * tempo / 60
    if tempo_is_fixed:
        whole = max(1, round(beats / beats_per_bar)) * beats_per_bar
        return Extent(tempo, beats_per_bar, whole, whole * 60 / tempo, ends=False)
    if beats < 0.7 * beats_per_bar:
        beats_per_bar = max(1, round(beats))
        return Extent(beats_per_bar * 60 / seconds, beats_per_bar, beats_per_bar, seconds, ends=False)
    bars = min(range(1, 200), key=lambda length: _strain(length, beats / beats_per_bar))
    return Extent(bars * beats_per_bar * 60 / seconds, beats_per_bar, bars * beats_per_bar, seconds, ends=False)


def _strain(bars: int, wanted: float) -> float:
    """What it costs to have `bars` where `wanted` (fractional) would be right: a bent tempo, an odd phrase."""
    bend = max(0.0, abs(log(bars / wanted)) - 0.06)
    return bend + (0.0 if bars % 4 == 0 or bars < 3 else 0.02 if bars % 2 == 0 else 0.06)


def sections(bars: int, loop: bool, energy: float) -> list[Section]:
    """Split `bars` (>= 1) into sections, in even numbers of bars where it can. A loop neither begins nor ends: it
    only breathes. `energy` (0..1, 0.5 neutral) lifts or thins everything."""
    shape = _loop_shape(bars) if loop else next(shape for least, shape in _SHAPES if bars >= least)
    lengths = _fitted(bars, [share for _, share in shape])
    first_bars = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    lift = 0.3 * (energy - 0.5)
    return [
        Section(name, int(first), length, float(np.clip(_ENERGY[name] + lift, 0.15, 1.0)))
        for (name, _), first, length in zip(shape, first_bars, lengths, strict=True)
    ]


def _loop_shape(bars: int) -> tuple[tuple[str, int], ...]:
    return (("chorus", 1),) if bars < 12 else (("verse", 1), ("chorus", 1))


def _fitted(bars: int, shares: list[int]) -> list[int]:
    unit = 4 if bars >= 40 else 2 if bars >= 12 else 1
    lengths = [max(unit, round(bars * share / sum(shares) / unit) * unit) for share in shares]
    lengths[int(np.argmax(shares))] += bars - sum(lengths)
    return lengths
