"""Bass players: they know where the harmony goes, and lead there."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.rows import fitted, written
from soundbox.engines.procedural.composition.score import Bar, Note

_LED = 0.4  # how often the last note before a new chord becomes a step that leads to it
_GHOST, _SKIPPED = 0.34, 0.14  # velocity of a ghost; how often a walker skips


class BassPlayer:
    def __init__(self, rows: tuple[str, ...], lowest: int, leads: bool, chance: np.random.Generator) -> None:
        """`lowest`: the MIDI pitch below which no root goes. `leads`: may steps be added that the row does not ask."""
        self._rows, self._lowest, self._leads, self._chance = rows, lowest, leads, chance
        self._home = int(chance.integers(len(rows)))

    def bar(self, bar: Bar) -> list[Note]:
        if bar.closes_piece:
            return [Note(0, bar.beats, self._root(bar.chord), 0.9)]
        if self._rows[0] == "walking":
            return self._walk(bar)
        row = fitted(self._row(bar), bar.metre)[: bar.steps]
        notes = list(written(row, tuple(step for step, _ in bar.chords[1:])))
        return [self._note(bar, *note, last=place == len(notes) - 1) for place, note in enumerate(notes)]

    def _row(self, bar: Bar) -> str:
        turn = "ABC".index(bar.section.theme) + (1 if bar.ends_phrase else 0)
        return self._rows[(self._home + turn) % len(self._rows)]

    def _note(self, bar: Bar, symbol: str, step: int, length: int, last: bool) -> Note:
        chord = bar.chord_at(step)
        leading = last and self._leads and step >= bar.steps // 2 and symbol in "R5"
        if leading and bar.next_chord.root != chord.root and self._chance.random() < _LED:
            symbol = "a"
        root = self._root(chord)
        pitch = self._pitch(symbol, chord, root, self._near_root(bar.chord_after(step), root))
        velocity = _GHOST if symbol == "g" else _accent(bar, step) + float(self._chance.uniform(-0.04, 0.04))
        held = 0.3 / STEPS_A_BEAT if symbol == "g" else length / STEPS_A_BEAT * 0.94
        return Note(step / STEPS_A_BEAT, held, pitch, velocity)

    def _pitch(self, symbol: str, chord: Chord, root: int, following: int) -> int:
        match symbol:
            case "r":
                return root + 12
            case "3":
                return root + (chord.third - root) % 12
            case "5":
                return root + (chord.fifth - root) % 12
            case "7":
                return root + (chord.seventh - root) % 12
            case "a":
                return following - 1 if following > root else following + (2 if following == root else 1)
        return root

    def _walk(self, bar: Bar) -> list[Note]:
        """A note on every beat: the root where a chord begins, a neighbour of the next root before it, between them
        the shortest way over notes of chord and scale."""
        notes: list[Note] = []
        changes = {step for step, _ in bar.chords}
        starts = [step for step in bar.metre.starts if step < bar.steps]
        now = self._root(bar.chord)
        for place, step in enumerate(starts):
            chord = bar.chord_at(step)
            target = self._near_root(bar.chord_after(step), now)
            following = starts[place + 1] if place + 1 < len(starts) else bar.steps
            if step in changes:
                now = self._near_root(chord, now) if place else self._root(chord)
            elif following in changes or following == bar.steps:
                now = target + int(self._chance.choice([-1, 1, -1, 1, 7 if target < self._lowest + 6 else -5]))
            else:
                now = self._stepped(bar, chord, now, target)
            notes.append(Note(step / STEPS_A_BEAT, 0.88, now, _accent(bar, step) + 0.04 * (place % 2)))
            if self._chance.random() < _SKIPPED:
                notes.append(Note(step / STEPS_A_BEAT + 0.5, 0.3, now, 0.45))
        return notes

    def _stepped(self, bar: Bar, chord: Chord, now: int, target: int) -> int:
        way = 1 if target > now or (target == now and self._chance.random() < 0.5) else -1
        tones = [now + way * leap for leap in range(1, 8) if (now + way * leap) % 12 in chord.tones]
        scale = bar.scale.pitch(bar.scale.degree_near(now) + way)
        choice = scale if self._chance.random() < 0.35 or not tones else tones[0]
        return choice if self._lowest - 3 <= choice <= self._lowest + 22 else self._root(chord)

    def _root(self, chord: Chord) -> int:
        return self._lowest + (chord.root - self._lowest) % 12

    def _near_root(self, chord: Chord, near: int) -> int:
        root = self._root(chord)
        return min((root, root + 12), key=lambda pitch: abs(pitch - near))


def _accent(bar: Bar, step: int) -> float:
    return 0.64 + 0.22 * bar.metre.weight(step)
