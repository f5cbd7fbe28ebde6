"""Chord players: they strike, hold, strum or break the chords of each bar."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.rows import fitted, written
from soundbox.engines.procedural.composition.score import Bar, Note

_STRUM, _ROLL = 0.012, 0.09  # beats between two voices
_CHANGED = 0.18  # how often a bar within a phrase is varied


class ChordPlayer:
    def __init__(self, rows: tuple[str, ...], shift: int, chance: np.random.Generator) -> None:
        """`shift`: semitones (whole octaves) from where chords are voiced."""
        self._rows, self._shift, self._chance = rows, shift, chance
        self._home = int(chance.integers(len(rows)))

    def bar(self, bar: Bar) -> list[Note]:
        if bar.closes_piece:
            voices = self._voices(bar, 0)
            return [Note(0.02 * place, bar.beats, pitch, 0.8) for place, pitch in enumerate(voices)]
        row = self._varied(fitted(self._row(bar), bar.metre)[: bar.steps], bar)
        notes: list[Note] = []
        for symbol, step, length in written(row, tuple(step for step, _ in bar.chords[1:])):
            notes += self._struck(bar, symbol, step, length)
        return notes

    def _row(self, bar: Bar) -> str:
        turn = "ABC".index(bar.section.theme) + (1 if bar.ends_phrase else 0)
        return self._rows[(self._home + turn) % len(self._rows)]

    def _varied(self, row: str, bar: Bar) -> str:
        """Now and then a weak stroke is left out or one is added: nobody plays one bar twice."""
        strokes = [step for step, symbol in enumerate(row) if symbol not in "-."]
        if len(strokes) < 3 or self._chance.random() > _CHANGED:
            return row
        step = int(self._chance.choice(strokes[1:]))
        if bar.metre.weight(step) < 0.6 and self._chance.random() < 0.5:
            return row[:step] + "-" + row[step + 1 :]
        free = [place for place, symbol in enumerate(row) if symbol == "." and place % 2 == 0]
        place = int(self._chance.choice(free)) if free else step
        return row[:place] + row[step] + row[place + 1 :]

    def _struck(self, bar: Bar, symbol: str, step: int, length: int) -> list[Note]:
        apart = _ROLL if symbol == "s" else _STRUM
        accent = 0.6 + 0.22 * bar.metre.weight(step) + (0.1 if symbol == "X" else 0.0) + 0.06 * (bar.energy - 0.5)
        sounding = self._sounding(symbol, self._voices(bar, step))
        if symbol == "u":
            sounding, accent = sounding[::-1], accent - 0.06  # an upstroke meets the high strings first
        return [
            Note(
                step / STEPS_A_BEAT + apart * place,
                length / STEPS_A_BEAT * 0.95,
                pitch,
                float(np.clip(accent - 0.02 * place + self._chance.uniform(-0.04, 0.03), 0.1, 1.0)),
            )
            for place, pitch in enumerate(sounding)
        ]

    def _voices(self, bar: Bar, step: int) -> list[int]:
        return [pitch + self._shift for pitch in bar.chord_at(step).voicing]

    def _sounding(self, symbol: str, voices: list[int]) -> list[int]:
        if symbol in "Xxs":
            return voices
        if symbol == "u":
            return voices[1:] or voices
        octave, voice = divmod(int(symbol), len(voices))
        return [voices[voice] + 12 * octave]
