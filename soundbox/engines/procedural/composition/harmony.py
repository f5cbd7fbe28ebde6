"""Chords: what a written symbol means in a key, and how voices move from chord to chord."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from soundbox.engines.procedural.composition.scales import MODES, Scale

COLOURS: dict[str, tuple[int, ...]] = {  # scale steps stacked on the root
    "triad": (0, 2, 4),
    "open": (0, 4, 8),
    "added ninth": (0, 2, 4, 8),
    "sixth": (0, 2, 4, 5),
    "seventh": (0, 2, 4, 6),
    "ninth": (0, 2, 6, 8),
    "power": (0, 4),
}
# b or # before a degree moves its root; V: the dominant seventh of that degree; after it M major, m minor, 7 dominant
# seventh, ^ major seventh, o diminished, s suspended fourth.
_SYMBOL = re.compile(r"(V|b|#)?([1-7])(M|m|7|\^|o|s)?")
_QUALITIES = {  # semitones of third, fifth and seventh above the root
    "M": (4, 7, 11), "m": (3, 7, 10), "7": (4, 7, 10), "^": (4, 7, 11), "o": (3, 6, 9), "s": (5, 7, 10),
}  # fmt: skip


@dataclass(frozen=True)
class Chord:
    degree: int  # 0..6
    classes: tuple[int, ...]  # pitch classes 0..11, root first
    third: int  # pitch class, as are the next two; they are known even where they do not sound
    fifth: int
    seventh: int
    voicing: tuple[int, ...] = ()  # MIDI pitches, low to high

    @property
    def root(self) -> int:
        return self.classes[0]

    @property
    def tones(self) -> frozenset[int]:
        return frozenset((*self.classes, self.third, self.fifth))


def chords(symbols: str, scale: Scale, colour: str) -> list[Chord]:
    """The chords of a written progression ("1 b7 4m V5"), not yet voiced."""
    return [chord(symbol, scale, colour) for symbol in symbols.split()]


def chord(symbol: str, scale: Scale, colour: str) -> Chord:
    """Raises `ValueError` for a symbol nobody can read."""
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        raise ValueError(f"no chord is written {symbol!r}")
    sign, number, quality = match.groups()
    degree = int(number) - 1
    if sign == "V":
        return _built(scale.pitch(degree) + 7, (degree + 4) % 7, (4, 7, 10), colour, ninth=14)
    if sign:
        shifted = _shifted_root(scale, degree, -1 if sign == "b" else 1)
        return _built(shifted, degree, _QUALITIES[quality or "M"], colour, ninth=14)
    if quality:
        third, fifth, seventh = _QUALITIES[quality]
        if quality in "Mm":
            seventh = scale.pitch(degree + 6) - scale.pitch(degree)
        return _built(scale.pitch(degree), degree, (third, fifth, seventh), colour, ninth=14)
    root = scale.pitch(degree)
    third, fifth, seventh, ninth = (scale.pitch(degree + steps) - root for steps in (2, 4, 6, 8))
    return _built(root, degree, (third, fifth, seventh), colour, ninth if ninth > 13 else 14)


def _shifted_root(scale: Scale, degree: int, sign: int) -> int:
    """A flat seven is the flat seven of major, whatever the mode holds already."""
    return 60 + scale.tonic + MODES["major"][degree] + sign


def _built(root: int, degree: int, tones: tuple[int, int, int], colour: str, ninth: int) -> Chord:
    third, fifth, seventh = tones
    intervals = {0: 0, 2: third, 4: fifth, 5: 9, 6: seventh, 8: ninth}
    classes = tuple((root + intervals[step]) % 12 for step in COLOURS[colour])
    return Chord(degree, classes, (root + third) % 12, (root + fifth) % 12, (root + seventh) % 12)


def voiced(progression: Sequence[Chord], centre: int, low: int = 50, high: int = 77) -> list[Chord]:
    """Each chord in the inversion whose voices move least from the chord before, kept near `centre`."""
    voices: list[Chord] = []
    before: tuple[int, ...] = ()
    inversions: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for wanted in progression:
        if wanted.classes not in inversions:
            inversions[wanted.classes] = _inversions(wanted, low, high)
        before = min(inversions[wanted.classes], key=lambda pitches: _effort(pitches, before, centre))
        voices.append(replace(wanted, voicing=before))
    return voices


def _inversions(wanted: Chord, low: int, high: int) -> list[tuple[int, ...]]:
    pool = [pitch for pitch in range(low, high + 1) if pitch % 12 in wanted.classes]
    count = len(set(wanted.classes))
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
