"""A whole piece on paper: its bars with their chords, and the players who know what to do in each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from soundbox.engines.procedural.composition.drums import Drummer
from soundbox.engines.procedural.composition.form import Extent, Section, sections
from soundbox.engines.procedural.composition.harmony import Chord, chords, progressions, voiced
from soundbox.engines.procedural.composition.melody import Melody
from soundbox.engines.procedural.composition.patterns import BASS_ROWS, CHORD_ROWS, bass_bar, chord_bar
from soundbox.engines.procedural.composition.scales import DARK_MODES, Scale
from soundbox.engines.procedural.composition.score import Bar, Note
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.styles.style import Part

_LOWEST_BASS = 31  # G1, 49 Hz
_LOWEST_GUITAR = 38  # D2
_CHORD_CENTRE = 62
_MELODY_CENTRE = 73
_NO_CADENCE = frozenset({"still", "loop", "blues"})  # families that circle rather than close

Line = Callable[[Bar], list[Note]]


@dataclass(frozen=True)
class Player:
    part: Part
    instrument: str
    line: Line

    def notes(self, bar: Bar) -> list[Note]:
        if bar.closes_piece:
            return self.line(bar) if self.part.enters < 0.9 else []
        playing = self.part.enters <= bar.section.energy < self.part.leaves
        return self.line(bar) if playing else []


def bars_of(brief: Brief, extent: Extent, chance: np.random.Generator) -> list[Bar]:
    """Every bar in order; the last one closes the piece when it ends."""
    form = sections(extent.bars, not extent.ends, brief.energy)
    harmony = _harmony(brief, form, extent.ends, chance)
    beats = extent.beats_per_bar
    bars = []
    for section, following in zip(form, [*form[1:], form[0]], strict=True):
        for index in range(section.first_bar, section.first_bar + section.bars):
            held = min(beats, extent.beats - index * beats)
            last = index == section.first_bar + section.bars - 1
            leads_up = last and following.energy > section.energy + 0.1
            bars.append(Bar(index, held, section, harmony[index], harmony[(index + 1) % len(harmony)], leads_up))
    if extent.ends:
        bars.append(Bar(extent.bars, beats, form[-1], harmony[-1], harmony[-1], closes_piece=True))
    return bars


def _harmony(brief: Brief, form: list[Section], ends: bool, chance: np.random.Generator) -> list[Chord]:
    style, scale = brief.style, brief.scale
    choices = progressions(scale, style.progressions)
    first, second = (choices[int(place)] for place in chance.permutation(len(choices))[[0, -1]])
    path: list[Chord] = []
    for section in form:
        cycle = chords(second if section.name in ("chorus", "break") else first, scale, style.colour)
        slow = style.bars_a_chord if section.bars > 2 else 1
        path += [cycle[bar // slow % len(cycle)] for bar in range(section.bars)]
    if ends:
        if style.progressions not in _NO_CADENCE and len(path) > 2:
            path[-1] = chords("5M" if scale.mode in DARK_MODES else "5", scale, style.colour)[0]
        path.append(chords("1", scale, style.colour)[0])
    return voiced(path, _CHORD_CENTRE)


def player(part: Part, scale: Scale, taken: Collection[str], chance: np.random.Generator) -> Player:
    """A player for a part, on an instrument nobody else has (`taken`) where there is a choice."""
    free = [name for name in part.instruments if name not in taken] or list(part.instruments)
    return Player(part, str(chance.choice(free)), _line(part, scale, chance))


def _line(part: Part, scale: Scale, chance: np.random.Generator) -> Line:
    match part.role:
        case "bass" | "power":
            rows = BASS_ROWS[part.row]
            lowest = (_LOWEST_BASS if part.role == "bass" else _LOWEST_GUITAR) + 12 * part.octave
            return _turning(rows, chance, lambda row, bar: bass_bar(row, bar, scale, lowest))
        case "chords":
            return _turning(CHORD_ROWS[part.row], chance, lambda row, bar: chord_bar(row, bar, 12 * part.octave))
        case "melody":
            return Melody(part.row, scale, _MELODY_CENTRE + 12 * part.octave, chance).bar
        case "bed":
            return lambda bar: [Note(0, bar.beats * 4 / 3, 60 + bar.index % 3, 0.8)]
        case "riser":
            return lambda bar: [Note(0, bar.beats, 60, 0.8)] if bar.leads_up else []


def _turning(rows: tuple[str, ...], chance: np.random.Generator, written: Callable[[str, Bar], list[Note]]) -> Line:
    """Keep to one row, and turn to another where a phrase ends."""
    home = int(chance.integers(len(rows)))
    return lambda bar: written(rows[(home + bar.ends_phrase) % len(rows)], bar)


def drummer(brief: Brief, chance: np.random.Generator) -> Drummer:
    groove = "none" if not brief.drums or brief.solo else brief.style.groove
    if brief.beats_per_bar == 3 and groove != "none":
        groove = "waltz"
    return Drummer(groove, brief.kit, brief.style.looseness, chance)
