"""Motifs: the few ideas a piece is made of, and what may be done to them.

A motif lives on rungs: the notes a tune may use, numbered from the tonic up, so that it keeps its shape in any scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from soundbox.engines.procedural.composition.metre import Metre
from soundbox.engines.procedural.composition.rhythm import rhythm

_CONTOURS: tuple[tuple[float, ...], ...] = (  # how a shape moves from its first note to its last
    (0, 1, 2, 3, 2, 1), (0, 2, 4, 3, 2, 0), (0, -1, 0, 1, 2, 1), (0, 4, 3, 2, 1, 0), (0, 0, 0, 2, 1, 0),
    (0, 2, 1, 3, 2, 4), (2, 1, 0, -1, 0, 2), (0, -2, 0, 2, 0, -1), (0, 1, 0, 3, 2, 1), (4, 2, 3, 1, 2, 0),
)  # fmt: skip
_LENGTH = 8  # offsets of a shape


@dataclass(frozen=True)
class Tone:
    step: int  # sixteenth of the bar
    steps: int
    rung: int


Motif = tuple[Tone, ...]


@dataclass(frozen=True)
class Idea:
    """What makes a motif itself, whatever the pace at which it is sung: its shape and how lively it is."""

    shape: tuple[int, ...]  # rungs above its first note
    liveliness: float  # 0..1

    def motif(self, pace: str, metre: Metre, start: int) -> Motif:
        """The idea sung from rung `start`."""
        lengths = rhythm(pace, metre, self.liveliness)
        count = sum(length > 0 for length in lengths)
        places = np.interp(np.linspace(0, 1, max(count, 1)), np.linspace(0, 1, _LENGTH), range(_LENGTH))
        rungs = iter([self.shape[round(float(place))] for place in places])
        tones, step = [], 0
        for length in lengths:
            if length > 0:
                tones.append(Tone(step, length, start + next(rungs)))
            step += abs(length)
        return tuple(tones)


class Ideas:
    """The ideas of a piece, by theme and place. Equal chance gives equal ideas, whatever is made of them: that is how
    relatives of a piece are recognised."""

    def __init__(self, chance: np.random.Generator) -> None:
        first = _invented(chance, chance.uniform(0.1, 0.75))
        second = _invented(chance, chance.uniform(0.2, 0.95))
        turned = Idea(tuple(-offset for offset in first.shape), min(1.0, first.liveliness + 0.2))
        third = _invented(chance, chance.uniform(0.0, 0.6))
        self._ideas = {
            ("A", "a"): first, ("A", "b"): second, ("B", "a"): second if chance.random() < 0.4 else turned,
            ("B", "b"): first, ("C", "a"): third, ("C", "b"): turned,
        }  # fmt: skip

    def __getitem__(self, place: tuple[str, str]) -> Idea:
        return self._ideas[place]


def _invented(chance: np.random.Generator, liveliness: float) -> Idea:
    contour = _CONTOURS[int(chance.integers(len(_CONTOURS)))]
    drawn = np.interp(np.linspace(0, 1, _LENGTH), np.linspace(0, 1, len(contour)), contour)
    stretched = drawn * chance.choice([0.8, 1.0, 1.0, 1.4]) + chance.choice([-1, 0, 0, 0, 1], size=_LENGTH)
    return Idea(tuple(round(float(rung)) for rung in stretched - stretched[0]), float(liveliness))


def moved(motif: Motif, rungs: int) -> Motif:
    return tuple(replace(tone, rung=tone.rung + rungs) for tone in motif)


def inverted(motif: Motif) -> Motif:
    axis = motif[0].rung if motif else 0
    return tuple(replace(tone, rung=2 * axis - tone.rung) for tone in motif)


def turned_around(motif: Motif) -> Motif:
    """Its notes from last to first, in its rhythm."""
    rungs = [tone.rung for tone in reversed(motif)]
    return tuple(replace(tone, rung=rung) for tone, rung in zip(motif, rungs, strict=True))


def with_new_tail(motif: Motif, up: bool) -> Motif:
    """The last note splits in two, or moves."""
    if not motif:
        return motif
    tail, way = motif[-1], 1 if up else -1
    if tail.steps < 4:
        return (*motif[:-1], replace(tail, rung=tail.rung + 2 * way))
    half = tail.steps // 2
    return (*motif[:-1], replace(tail, steps=half), Tone(tail.step + half, tail.steps - half, tail.rung + way))


def ornamented(motif: Motif) -> Motif:
    """A long note gets a neighbour on its way."""
    longest = max(motif, key=lambda tone: tone.steps, default=None)
    if longest is None or longest.steps < 4:
        return motif
    quick = 1 if longest.steps < 6 else 2
    after = longest.steps - 2 * quick
    parts = (
        replace(longest, steps=quick),
        Tone(longest.step + quick, quick, longest.rung + 1),
        Tone(longest.step + 2 * quick, after, longest.rung),
    )
    place = motif.index(longest)
    return (*motif[:place], *parts, *motif[place + 1 :])


def closed(motif: Motif, steps: int, rung: int) -> Motif:
    """It begins as ever, then gives way to one long note that is home."""
    half = steps // 2
    head = tuple(replace(tone, steps=min(tone.steps, half - tone.step)) for tone in motif if tone.step < half)
    return (*head, Tone(half, steps - half - (2 if steps > 8 else 0), rung))


def thinned(motif: Motif) -> Motif:
    """Only what is long or opens the bar."""
    return tuple(tone for tone in motif if tone.steps > 2 or tone.step == 0)
