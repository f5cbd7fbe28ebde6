"""Chords: where they go, and how their voices move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from soundbox.engines.procedural.composition.scales import DARK_MODES, Scale

# Progressions are degrees; M after a degree raises its third (the fifth that pulls home in minor).
PROGRESSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "bright": {
        "pop": ("1 5 6 4", "6 4 1 5", "1 6 4 5", "4 1 5 6"),
        "song": ("1 4 1 5", "1 6 2 5", "1 3 4 5", "1 5 4 1"),
        "jazz": ("2 5M 1 6", "1 6 2 5M", "3 6 2 5M", "1 4 3 6"),
        "loop": ("1 4 1 4", "1 3 4 4", "4 3 2 1", "1 2 4 1"),
        "still": ("1 4 1 5", "1 6 4 1", "1 1 4 4", "1 5 4 4"),
        "epic": ("1 5 6 4", "6 4 1 5", "4 5 6 1", "1 4 6 5"),
        "blues": ("1 1 1 1 4 4 1 1 5M 4 1 5M",),
    },
    "dark": {
        "pop": ("1 6 3 7", "6 7 1 1", "1 4 6 7", "1 7 6 7"),
        "song": ("1 4 1 5M", "1 7 6 5M", "1 6 4 5M", "1 3 7 4"),
        "jazz": ("1 4 7 3", "4 5M 1 1", "1 6 4 5M", "1 4 1 5M"),
        "loop": ("1 1 6 7", "1 4 1 4", "1 7 1 6", "1 3 4 4"),
        "still": ("1 6 1 7", "1 1 4 6", "1 3 6 4", "1 7 6 6"),
        "epic": ("1 6 3 7", "1 6 4 5M", "6 7 1 5M", "1 3 6 7"),
        "blues": ("1 1 1 1 4 4 1 1 5M 4 1 5M",),
    },
}
COLOURS: dict[str, tuple[int, ...]] = {  # scale steps stacked on the root
    "triad": (0, 2, 4),
    "open": (0, 4, 8),
    "added ninth": (0, 2, 4, 8),
    "seventh": (0, 2, 4, 6),
    "ninth": (0, 2, 6, 8),
    "power": (0, 4),
}


@dataclass(frozen=True)
class Chord:
    degree: int  # 0..6
    classes: tuple[int, ...]  # pitch classes 0..11, root first
    voicing: tuple[int, ...] = ()  # MIDI pitches, low to high

    @property
    def root(self) -> int:
        return self.classes[0]


def progressions(scale: Scale, family: str) -> tuple[str, ...]:
    return PROGRESSIONS["dark" if scale.mode in DARK_MODES else "bright"][family]


def chords(symbols: str, scale: Scale, colour: str) -> list[Chord]:
    """The chords of a written progression, not yet voiced."""
    return [_chord(symbol, scale, colour) for symbol in symbols.split()]


def _chord(symbol: str, scale: Scale, colour: str) -> Chord:
    degree = int(symbol[0]) - 1
    classes = [scale.pitch(degree + step) % 12 for step in COLOURS[colour]]
    if symbol.endswith("M") and 2 in COLOURS[colour]:
        classes[COLOURS[colour].index(2)] = (classes[0] + 4) % 12
    return Chord(degree, tuple(classes))


def voiced(progression: Sequence[Chord], centre: int, low: int = 50, high: int = 77) -> list[Chord]:
    """Each chord in the inversion whose voices move least from the chord before, kept near `centre`."""
    voices: list[Chord] = []
    before: tuple[int, ...] = ()
    for chord in progression:
        before = min(_inversions(chord, low, high), key=lambda pitches: _effort(pitches, before, centre))
        voices.append(Chord(chord.degree, chord.classes, before))
    return voices


def _inversions(chord: Chord, low: int, high: int) -> list[tuple[int, ...]]:
    pool = [pitch for pitch in range(low, high + 1) if pitch % 12 in chord.classes]
    count = len(chord.classes)
    return [
        pitches
        for start in range(len(pool))
        for pitches in combinations(pool[start : start + count + 2], count)
        if pitches[0] == pool[start] and len({pitch % 12 for pitch in pitches}) == count
    ]


def _effort(pitches: tuple[int, ...], before: tuple[int, ...], centre: int) -> float:
    drift = abs(sum(pitches) / len(pitches) - centre) * 0.35
    mud = sum(3.0 for below, above in pairwise(pitches) if above - below < 3 and below < 60)
    clusters = sum(1.0 for below, above in pairwise(pitches) if above - below < 2)
    motion = sum(abs(new - old) for new, old in zip(pitches, before, strict=False)) / len(pitches)
    return drift + mud + clusters + motion + 0.15 * (pitches[-1] - pitches[0] > 19)
