"""Tunes: a motif is made once, returns, is answered, and varies."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.composition.score import STEPS_A_BEAT, Bar, Note

# Rhythms of one bar in sixteenths, negative for a rest.
PACES: dict[str, tuple[tuple[int, ...], ...]] = {
    "slow": ((8, 8), (12, 4), (-4, 12), (6, 10), (16,), (-8, 8), (4, 4, 8)),
    "lyrical": ((6, 2, 8), (4, 4, 4, 4), (3, 3, 2, 8), (-4, 4, 4, 4), (4, 2, 2, 8), (8, 4, 4), (6, 2, 4, 4)),
    "flowing": ((2, 2, 4, 2, 2, 4), (4, 2, 2, 4, 4), (2, 2, 2, 2, 8), (3, 1, 4, 3, 1, 4), (-2, 2, 2, 2, 4, 4), (6, 2,
        2, 2, 4)),
    "busy": ((2, 2, 2, 2, 2, 2, 4), (3, 3, 2, 2, 2, 4), (1, 1, 2, 2, 2, 4, 4), (2, 1, 1, 2, 2, 4, 4), (3, 3, 3, 3, 4)),
    "sparse": ((-4, 2, 2, -8), (3, 3, 10), (-8, 3, 5), (-6, 2, 2, 6), (2, 6, -8), (-2, 2, 4, -8)),
    "syncopated": ((3, 3, 2, -2, 2, 4), (-2, 4, 4, 2, 4), (3, 3, 3, 3, 4), (-2, 2, 2, 4, 6), (3, 5, 3, 5), (-4, 3, 3,
        2, 4)),
    "swung": ((4, 2, 2, 4, 4), (2, 2, -2, 2, 4, 4), (-2, 2, 4, 2, 6), (2, 2, 2, 2, 4, -4), (-4, 2, 2, 2, 6), (6, 2,
        -8)),
}  # fmt: skip


@dataclass(frozen=True)
class Tone:
    step: int  # sixteenth of the bar
    steps: int
    degree: int  # of the scale, 0 is the tonic


Motif = tuple[Tone, ...]


class Melody:
    """The tune of one part. Each kind of section has two motifs (question and answer); they come back the same
    rhythm for rhythm, with a varied tail every other time."""

    def __init__(self, pace: str, scale: Scale, register: int, chance: np.random.Generator) -> None:
        self._pace, self._scale, self._chance = PACES[pace], scale, chance
        self._centre = scale.degree_near(register)
        self._motifs: dict[str, tuple[Motif, Motif, Motif]] = {}

    def bar(self, bar: Bar) -> list[Note]:
        if bar.closes_piece:
            return [Note(0, bar.beats, self._nearest(bar.chord.root, self._centre), 0.8)]
        question, second, answer = self._motifs_of(bar)
        place = bar.in_section % 4
        motif = (question, second, question, answer)[place]
        if place == 2 and bar.in_section % 8 > 3:
            motif = self._varied(motif)
        notes = [self._sung(tone, bar) for tone in motif if tone.step < bar.steps]
        return self._rested(notes, bar)

    def _motifs_of(self, bar: Bar) -> tuple[Motif, Motif, Motif]:
        kind = "chorus" if bar.section.name == "chorus" else "verse"
        if kind not in self._motifs:
            lift = 2 if kind == "chorus" else 0
            question = self._invented(self._centre + lift, bar.steps)
            second = self._invented(question[-1].degree, bar.steps)
            answer = self._landed(question, bar.steps)
            self._motifs[kind] = (question, second, answer)
        return self._motifs[kind]

    def _invented(self, degree: int, steps: int) -> Motif:
        tones: list[Tone] = []
        step = 0
        for length in self._pace[int(self._chance.integers(len(self._pace)))]:
            if length > 0 and step < steps:
                tones.append(Tone(step, min(length, steps - step), degree))
                degree = self._next_degree(degree)
            step += abs(length)
        return tuple(tones) or (Tone(0, steps, degree),)

    def _next_degree(self, degree: int) -> int:
        pull = int(np.sign(self._centre - degree)) if abs(degree - self._centre) > 4 else 0
        moves = [-3, -2, -1, 0, 1, 2, 3]
        return degree + int(self._chance.choice(moves, p=[0.04, 0.12, 0.27, 0.12, 0.27, 0.13, 0.05])) + pull

    def _landed(self, motif: Motif, steps: int) -> Motif:
        """The same beginning, but it comes home: the tail gives way to one long note."""
        head = tuple(tone for tone in motif if tone.step < steps // 2)
        home = 7 * round(self._centre / 7) + (0 if self._chance.random() < 0.6 else 4)
        return (*head, Tone(steps // 2, steps // 2 - 2, home if abs(home - self._centre) < 5 else self._centre))

    def _varied(self, motif: Motif) -> Motif:
        tail = motif[-1]
        if tail.steps < 4:
            return (*motif[:-1], replace(tail, degree=tail.degree + int(self._chance.choice([-2, 2]))))
        half = tail.steps // 2
        return (*motif[:-1], replace(tail, steps=half), Tone(tail.step + half, tail.steps - half, tail.degree + 1))

    def _sung(self, tone: Tone, bar: Bar) -> Note:
        strong = tone.step % 8 == 0 or tone.steps >= 4
        pitch = self._scale.pitch(tone.degree)
        if strong and pitch % 12 not in bar.chord.classes:
            pitch = nearest_chord_tone(pitch, bar.chord)
        accent = 0.82 if tone.step % 8 == 0 else 0.72 if tone.step % 4 == 0 else 0.62
        velocity = accent + 0.12 * bar.section.energy + self._chance.uniform(-0.06, 0.06)
        return Note(tone.step / STEPS_A_BEAT, tone.steps / STEPS_A_BEAT * 0.92, pitch, float(np.clip(velocity, 0.2, 1)))

    def _rested(self, notes: list[Note], bar: Bar) -> list[Note]:
        """Thin stretches keep the long notes only."""
        if bar.section.energy > 0.5:
            return notes
        return [note for note in notes if note.beats > 0.6 or note.beat == 0]

    def _nearest(self, pitch_class: int, degree: int) -> int:
        around = self._scale.pitch(degree)
        return around + (pitch_class - around + 6) % 12 - 6


def nearest_chord_tone(pitch: int, chord: Chord) -> int:
    """The chord's nearest pitch, the lower of two equally near."""
    return min(
        (pitch + shift for shift in (0, -1, 1, -2, 2, -3, 3, -4, 4)), key=lambda near: near % 12 not in chord.classes
    )
