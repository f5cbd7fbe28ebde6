"""Tunes: periods of eight bars made of a few motifs that are answered, moved, turned over, and come home."""

from __future__ import annotations

import numpy as np

from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.motifs import (
    Ideas,
    Motif,
    Tone,
    closed,
    inverted,
    moved,
    ornamented,
    thinned,
    turned_around,
    with_new_tail,
)
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.composition.score import Bar, Note

# A period, bar by bar: a and b the two ideas, s and d the first a step up or down, i turned over, u turned around,
# v with a new tail, o ornamented, h half a close, f a full one, r a rest.
_PERIODS = ("absh abif", "asah asvf", "aabh aavf", "aish avbf", "abuh absf", "avbh aodf", "adah isbf", "arbh asvf")
_LIFTS = {"A": 0, "B": 2, "C": -1}  # rungs above the middle at which a theme begins
_REACH = 6  # rungs from the middle
_ACCENTS = (0.62, 0.72, 0.82)


class Melody:
    """The tune of one part. Its periods return with every section of their theme, each time a little changed."""

    def __init__(
        self, pace: str, scale: Scale, gamut: str, register: int, ideas: Ideas, chance: np.random.Generator
    ) -> None:
        self._pace, self._ideas, self._chance, self._register = pace, ideas, chance, register
        self._gamut, self._degrees = gamut, scale.gamut(gamut)
        self._middle = self._nearest_rung(scale, register)
        self._periods = {theme: str(chance.choice(_PERIODS)).replace(" ", "") for theme in "ABC"}
        self._last = register

    def bar(self, bar: Bar) -> list[Note]:
        if bar.closes_piece:
            return [Note(0, bar.beats, self._near(bar.chord.root), 0.8)]
        motif = self._motif(bar)
        if bar.energy < 0.5:
            motif = thinned(motif)
        tones = [tone for tone in motif if tone.step < bar.steps]
        notes = [self._sung(tone, place, tones, bar) for place, tone in enumerate(tones)]
        return self._flavoured(notes, bar)

    def _motif(self, bar: Bar) -> Motif:
        section = bar.section
        letter = self._periods[section.theme][bar.in_section % 8]
        if bar.ends_section and section.bars > 1 and letter not in "hf":
            letter = "f"
        motif = self._shaped(letter, bar)
        changes = section.turn + bar.in_section // 8
        if changes and letter in "abs" and self._chance.random() < 0.3 + 0.15 * changes:
            motif = ornamented(motif) if self._chance.random() < 0.5 else with_new_tail(motif, up=True)
        return motif

    def _shaped(self, letter: str, bar: Bar) -> Motif:
        theme, steps = bar.section.theme, bar.metre.steps
        start = self._middle + _LIFTS[theme] + (1 if bar.section.turn > 1 and theme == "B" else 0)
        first = self._ideas[theme, "a"].motif(self._pace, bar.metre, start)
        match letter:
            case "b":
                return self._ideas[theme, "b"].motif(self._pace, bar.metre, start + (1 if first else 0))
            case "s":
                return moved(first, 1)
            case "d":
                return moved(first, -1)
            case "i":
                return moved(inverted(first), 2)
            case "u":
                return turned_around(first)
            case "v":
                return with_new_tail(first, up=bool(self._chance.random() < 0.6))
            case "o":
                return ornamented(first)
            case "h":
                return closed(first, steps, self._nearest_degree(start, 4 if self._chance.random() < 0.6 else 1))
            case "f":
                return closed(first, steps, self._nearest_degree(start, 0 if self._chance.random() < 0.7 else 2))
            case "r":
                return tuple(tone for tone in first if tone.step >= steps // 2)
        return first

    def _sung(self, tone: Tone, place: int, tones: list[Tone], bar: Bar) -> Note:
        rung = self._folded(tone.rung)
        pitch = bar.scale.pitch(self._degree(rung))
        chord = bar.chord_at(tone.step)
        weight = bar.metre.weight(tone.step)
        if (weight >= 0.6 or tone.steps >= 4) and pitch % 12 not in chord.tones:
            pitch = nearest_chord_tone(pitch, chord)
        elif pitch % 12 not in chord.classes:
            pitch = _unclashed(pitch, chord)
        if place and tone.rung != tones[place - 1].rung and pitch == self._last:  # what moved keeps moving
            pitch = nearest_chord_tone(pitch + (3 if tone.rung > tones[place - 1].rung else -3), chord)
        self._last = pitch
        velocity = _ACCENTS[(weight >= 0.3) + (weight >= 0.6)] + 0.12 * bar.energy + self._chance.uniform(-0.06, 0.06)
        velocity += 0.05 * np.sin(np.pi * (bar.in_section % 4 + tone.step / bar.metre.steps) / 4)  # a phrase breathes
        held = tone.steps / STEPS_A_BEAT * (0.96 if tone.steps > 2 else 0.86)
        return Note(tone.step / STEPS_A_BEAT, held, pitch, float(np.clip(velocity, 0.2, 1)))

    def _flavoured(self, notes: list[Note], bar: Bar) -> list[Note]:
        """What a manner of singing adds: blue notes, approaches from a semitone below, grace notes."""
        flavoured: list[Note] = []
        for note in notes:
            dice = self._chance.random()
            if self._gamut == "blues" and note.beats > 0.4 and dice < 0.16:
                flavoured.append(Note(note.beat, 0.12, note.pitch - 1, 0.8 * note.velocity))
                note = Note(note.beat + 0.12, note.beats - 0.12, note.pitch, note.velocity)
            elif self._gamut == "bebop" and note.beat >= 0.5 and dice < 0.2:
                flavoured.append(Note(note.beat - 0.25, 0.22, note.pitch - 1, 0.72 * note.velocity))
            elif self._pace in ("ornate", "reel") and note.beats > 0.45 and dice < 0.3:
                grace = bar.scale.pitch(bar.scale.degree_near(note.pitch) + 1)
                flavoured.append(Note(note.beat, 0.09, grace, 0.75 * note.velocity))
                note = Note(note.beat + 0.09, note.beats - 0.09, note.pitch, note.velocity)
            flavoured.append(note)
        return flavoured

    def _degree(self, rung: int) -> int:
        octave, place = divmod(rung, len(self._degrees))
        return 7 * octave + self._degrees[place]

    def _nearest_rung(self, scale: Scale, pitch: int) -> int:
        return min(range(-10, 40), key=lambda rung: abs(scale.pitch(self._degree(rung)) - pitch))

    def _nearest_degree(self, rung: int, degree: int) -> int:
        """The rung nearest to `rung` whose note is as near as may be to a degree of the scale."""
        count = len(self._degrees)
        place = min(range(count), key=lambda place: abs(self._degrees[place] - degree))
        return min((place + count * octave for octave in range(-2, 6)), key=lambda near: abs(near - rung))

    def _folded(self, rung: int) -> int:
        while rung > self._middle + _REACH:
            rung -= 3
        while rung < self._middle - _REACH:
            rung += 3
        return rung

    def _near(self, pitch_class: int) -> int:
        return self._last + (pitch_class - self._last + 6) % 12 - 6


def nearest_chord_tone(pitch: int, chord: Chord) -> int:
    """The chord's nearest pitch, the lower of two equally near."""
    return min(
        (pitch + shift for shift in (0, -1, 1, -2, 2, -3, 3, -4, 4)), key=lambda near: near % 12 not in chord.tones
    )


def _unclashed(pitch: int, chord: Chord) -> int:
    """Beside a chord's raised third the plain one of the scale sounds wrong: take what the chord has."""
    for near in (pitch + 1, pitch - 1):
        if near % 12 == chord.third and pitch % 12 not in chord.tones and pitch % 12 != chord.root:
            return near
    return pitch
