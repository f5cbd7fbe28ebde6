"""The drummer: plays a groove with human timing and ghost notes, fills at the ends, a crash where something begins."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.composition.grooves import ENTERS, FILLS, GROOVES, OTHER_METRES, Groove
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT, Metre
from soundbox.engines.procedural.composition.score import Bar, Stroke

_LOUDNESS = {"X": 1.0, "x": 0.78, "o": 0.45}
_QUIET_KITS = frozenset({"brushes", "dusty", "orchestral", "sleigh", "hands", "tabla", "palmas", "darbuka"})
_MACHINES = frozenset({"909", "808", "chip", "hard machine", "machine"})
_TIMEKEEPERS = frozenset({"hat", "ride", "shaker", "open hat", "tambourine", "sleigh bells"})
_GHOSTED = frozenset({"snare", "rim", "high conga", "low conga"})
_GHOST, _GHOSTS = 0.24, 0.3  # loudness of a ghost note; how likely one is where it fits


class Drummer:
    def __init__(self, groove: str, kit: str, looseness: float, metre: Metre, chance: np.random.Generator) -> None:
        """`looseness` is the deviation in time of a stroke, in milliseconds at one beat a half second."""
        choices = _grooves(groove, metre, kit)
        first = int(chance.integers(len(choices)))
        self._main, self._other = choices[first], choices[(first + 1) % len(choices)]
        self._fills = [FILLS[int(place)] for place in chance.permutation(len(FILLS))]
        self._kit, self._looseness, self._chance = kit, looseness, chance
        self._silent = not self._main

    def bar(self, bar: Bar) -> list[Stroke]:
        if self._silent:
            return []
        if bar.closes_piece:
            return [Stroke(0, "kick", 0.9), Stroke(0, "crash", 0.7)]
        strokes = self._played(self._groove(bar), bar, 0, bar.steps)
        strokes += self._ghosts(strokes, bar)
        if bar.section.name == "build" and self._main:
            strokes += self._roll(bar)
        elif bar.ends_phrase and bar.energy > 0.5 and bar.in_section > 0 and bar.steps >= 8:
            strokes = self._filled(strokes, bar)
        if bar.in_section == 0 and bar.energy > 0.6 and bar.index:
            strokes.append(Stroke(0, "crash", 0.75))
        return strokes

    def _groove(self, bar: Bar) -> Groove:
        return self._other if bar.section.theme != "B" else self._main

    def _filled(self, strokes: list[Stroke], bar: Bar) -> list[Stroke]:
        length = 8 if bar.ends_section and self._kit not in _QUIET_KITS else 4
        start = bar.steps - length
        kept = [
            stroke for stroke in strokes if stroke.beat * STEPS_A_BEAT < start - 0.5 or stroke.piece in _TIMEKEEPERS
        ]
        fill = self._fills[bar.index // 4 % len(self._fills)]
        return kept + self._played({piece: row[-length:] for piece, row in fill.items()}, bar, start, length)

    def _roll(self, bar: Bar) -> list[Stroke]:
        """A build: the snare comes ever closer, and louder."""
        climb = (bar.in_section + 0.5) / bar.section.bars
        every = 4 if climb < 0.4 else 2 if climb < 0.8 else 1
        return [
            self._stroke("snare", step, 0.3 + 0.4 * climb + 0.1 * step / bar.steps)
            for step in range(0, bar.steps, every)
        ]

    def _played(self, groove: Groove, bar: Bar, start: int, length: int) -> list[Stroke]:
        strokes = []
        for piece, row in groove.items():
            if bar.energy < ENTERS.get(piece, 0.5):
                continue
            for step in range(length):
                symbol = row[step % len(row)]
                if symbol != ".":
                    strokes.append(self._stroke(piece, start + step, _LOUDNESS[symbol]))
        return strokes

    def _ghosts(self, strokes: list[Stroke], bar: Bar) -> list[Stroke]:
        """Hardly audible strokes between the beats, more of them in fuller bars; machines have none."""
        played = {stroke.piece for stroke in strokes} & _GHOSTED
        if not played or self._kit in _MACHINES:
            return []
        piece = sorted(played)[-1]
        taken = {round(stroke.beat * STEPS_A_BEAT) for stroke in strokes if stroke.piece == piece}
        return [
            self._stroke(piece, step, _GHOST)
            for step in range(1, bar.steps, 2)
            if step not in taken and self._chance.random() < _GHOSTS * bar.energy
        ]

    def _stroke(self, piece: str, step: int, loudness: float) -> Stroke:
        deviation = 0.4 if piece == "kick" else 1.0
        late = float(np.clip(self._chance.normal(0, self._looseness * deviation), -25, 25)) / 500
        swell = 0.06 * np.sin(step * np.pi / 4) if piece in _TIMEKEEPERS else 0.0
        velocity = loudness + swell + self._chance.uniform(-0.07, 0.05)
        return Stroke(max(0.0, step / STEPS_A_BEAT + late), piece, float(np.clip(velocity, 0.1, 1.0)))


def _grooves(name: str, metre: Metre, kit: str) -> tuple[Groove, ...]:
    """A groove belongs to 4/4; other metres have their own, soft and loud."""
    if metre.name == "4/4" or name == "none":
        return GROOVES[name]
    soft, loud = OTHER_METRES[metre.name]
    return (soft, loud) if kit in _QUIET_KITS else (loud, soft)
