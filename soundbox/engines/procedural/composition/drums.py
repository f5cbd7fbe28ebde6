"""The drummer: plays a groove with human timing, fills at the ends, a crash where something begins."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.composition.grooves import ENTERS, FILLS, GROOVES, Groove
from soundbox.engines.procedural.composition.score import STEPS_A_BEAT, Bar, Stroke

_LOUDNESS = {"X": 1.0, "x": 0.78, "o": 0.45}
_QUIET_KITS_FILL = frozenset({"brushes", "dusty", "orchestral"})
_TIMEKEEPERS = frozenset({"hat", "ride", "shaker", "open hat", "tambourine"})


class Drummer:
    def __init__(self, groove: str, kit: str, looseness: float, chance: np.random.Generator) -> None:
        """`looseness` is the deviation in time of a stroke, in milliseconds at one beat a half second."""
        choices = GROOVES[groove]
        first = int(chance.integers(len(choices)))
        self._main, self._other = choices[first], choices[(first + 1) % len(choices)]
        self._fill = FILLS[int(chance.integers(len(FILLS)))]
        self._kit, self._looseness, self._chance = kit, looseness, chance
        self._silent = not self._main

    def bar(self, bar: Bar) -> list[Stroke]:
        if self._silent:
            return []
        if bar.closes_piece:
            return [Stroke(0, "kick", 0.9), Stroke(0, "crash", 0.7)]
        strokes = self._played(self._groove(bar), bar, 0, bar.steps)
        if bar.ends_phrase and bar.section.energy > 0.5 and bar.in_section > 0:
            strokes = self._filled(strokes, bar)
        if bar.in_section == 0 and bar.section.energy > 0.6 and bar.index:
            strokes.append(Stroke(0, "crash", 0.75))
        return strokes

    def _groove(self, bar: Bar) -> Groove:
        return self._other if bar.section.name == "verse" else self._main

    def _filled(self, strokes: list[Stroke], bar: Bar) -> list[Stroke]:
        length = 8 if bar.ends_section and self._kit not in _QUIET_KITS_FILL else 4
        start = bar.steps - length
        kept = [
            stroke for stroke in strokes if stroke.beat * STEPS_A_BEAT < start - 0.5 or stroke.piece in _TIMEKEEPERS
        ]
        tail = {piece: row[-length:] for piece, row in self._fill.items()}
        return kept + self._played(tail, bar, start, length)

    def _played(self, groove: Groove, bar: Bar, start: int, length: int) -> list[Stroke]:
        strokes = []
        for piece, row in groove.items():
            if bar.section.energy < ENTERS.get(piece, 0.5):
                continue
            for step in range(length):
                symbol = row[step % len(row)]
                if symbol != ".":
                    strokes.append(self._stroke(piece, start + step, _LOUDNESS[symbol]))
        return strokes

    def _stroke(self, piece: str, step: int, loudness: float) -> Stroke:
        deviation = 0.4 if piece == "kick" else 1.0
        late = float(np.clip(self._chance.normal(0, self._looseness * deviation), -25, 25)) / 500
        swell = 0.06 * np.sin(step * np.pi / 4) if piece in _TIMEKEEPERS else 0.0
        velocity = loudness + swell + self._chance.uniform(-0.07, 0.05)
        return Stroke(max(0.0, step / STEPS_A_BEAT + late), piece, float(np.clip(velocity, 0.1, 1.0)))
