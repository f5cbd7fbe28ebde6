"""Counter-lines: they answer where the tune rests, follow it in thirds, double it, or hold a slow line below."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.melody import nearest_chord_tone
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.motifs import Ideas
from soundbox.engines.procedural.composition.score import Bar, Note

COUNTERS = frozenset({"answers", "thirds", "unison", "long"})
_LEAST_GAP = 1.4  # beats of rest or of one held note in which something can be said
_ANSWERED = 0.8  # of the gaps


class Counter:
    def __init__(self, kind: str, centre: int, ideas: Ideas, chance: np.random.Generator) -> None:
        self._kind, self._centre, self._ideas, self._chance = kind, centre, ideas, chance
        self._last = centre

    def bar(self, bar: Bar, tune: list[Note]) -> list[Note]:
        """`tune`: what the melody plays in this bar."""
        if bar.closes_piece:
            return [Note(0, bar.beats, nearest_chord_tone(self._last, bar.chord), 0.65)]
        match self._kind:
            case "thirds":
                return [self._third_below(note, bar) for note in tune if note.beats > 0.3]
            case "unison":
                shift = 12 * round((self._centre - _mean_pitch(tune, self._centre)) / 12)
                return [Note(note.beat + 0.02, note.beats, note.pitch + shift, 0.9 * note.velocity)
                        for note in tune if note.beats > 0.2 or self._chance.random() < 0.6]  # fmt: skip
            case "long":
                return self._long(bar, tune)
        return self._answer(bar, tune)

    def _third_below(self, note: Note, bar: Bar) -> Note:
        low = bar.scale.pitch(bar.scale.degree_near(note.pitch) - 2)
        chord = bar.chord_at(note.beat * STEPS_A_BEAT)
        if note.beats >= 0.9 and low % 12 not in chord.tones:
            low = nearest_chord_tone(low, chord)
        shift = 12 * round((self._centre - low) / 12) if abs(self._centre - low) > 9 else 0
        return Note(note.beat, note.beats, low + shift, 0.85 * note.velocity)

    def _long(self, bar: Bar, tune: list[Note]) -> list[Note]:
        """The voice that moves least, against the way the tune goes."""
        rising = len(tune) > 1 and tune[-1].pitch > tune[0].pitch
        starts = [start for start, _ in bar.chords]
        if len(starts) == 1 and bar.energy > 0.8 and bar.steps >= 12:
            starts = [0, bar.metre.starts[len(bar.metre.starts) // 2]]
        notes = []
        for start, stop in pairwise([*starts, bar.steps]):
            if stop > start:
                self._last = self._moved(bar.chord_at(start), -1 if rising else 1, start > 0)
                notes.append(Note(start / STEPS_A_BEAT, (stop - start) / STEPS_A_BEAT * 0.97, self._last,
                                  0.6 + 0.15 * bar.energy))  # fmt: skip
        return notes

    def _moved(self, chord: Chord, way: int, must_move: bool) -> int:
        reach = [pitch for pitch in range(self._last - 7, self._last + 8) if pitch % 12 in chord.tones]
        reach = [pitch for pitch in reach if abs(pitch - self._centre) < 12 and not (must_move and pitch == self._last)]
        return min(reach or [self._centre], key=lambda pitch: abs(pitch - self._last - way * 1.5))

    def _answer(self, bar: Bar, tune: list[Note]) -> list[Note]:
        notes: list[Note] = []
        for start, stop in _gaps(bar, tune):
            if stop - start >= _LEAST_GAP and self._chance.random() < _ANSWERED:
                notes += self._said(bar, start, stop)
        return notes

    def _said(self, bar: Bar, start: float, stop: float) -> list[Note]:
        """The head of the first idea, upside down or not, squeezed into a gap; it ends on a note of the chord."""
        shape = self._ideas[bar.section.theme, "a"].shape
        way = 1 if self._chance.random() < 0.5 else -1
        quick = 0.5 if stop - start < 2.5 else float(self._chance.choice([0.5, 1.0]))
        begin = start + (0.5 if self._chance.random() < 0.5 else 0.0)
        count = min(int((stop - begin) / quick), int(self._chance.integers(2, 6)))
        notes = []
        for place in range(count):
            beat = begin + quick * place
            chord = bar.chord_at(beat * STEPS_A_BEAT)
            base = bar.scale.degree_near(nearest_chord_tone(self._centre, chord))
            pitch = bar.scale.pitch(base + way * shape[place % len(shape)])
            last = place == count - 1
            if (last or beat % 1 == 0) and pitch % 12 not in chord.tones:
                pitch = nearest_chord_tone(pitch, chord)
            held = min(1.5, stop - beat) if last else quick
            notes.append(Note(beat, held * 0.92, pitch, 0.62 + 0.12 * bar.energy + 0.04 * (beat % 1 == 0)))
        return notes


def _gaps(bar: Bar, tune: list[Note]) -> list[tuple[float, float]]:
    """From where to where the tune says nothing new: before it, between its notes once they stand, after it."""
    edges = [(0.0, 0.0), *((note.beat, note.beat + min(note.beats, 0.75)) for note in tune), (bar.beats, bar.beats)]
    return [(stop, following) for (_, stop), (following, _) in pairwise(sorted(edges)) if following > stop]


def _mean_pitch(tune: list[Note], otherwise: int) -> float:
    return sum(note.pitch for note in tune) / len(tune) if tune else otherwise
