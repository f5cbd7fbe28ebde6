"""A whole piece on paper: its bars with their chords, and the players who know what to do in each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np

from soundbox.engines.procedural.composition.accompaniment import ChordPlayer
from soundbox.engines.procedural.composition.bass import BassPlayer
from soundbox.engines.procedural.composition.changes import Harmony
from soundbox.engines.procedural.composition.counter import Counter
from soundbox.engines.procedural.composition.drums import Drummer
from soundbox.engines.procedural.composition.extent import Extent
from soundbox.engines.procedural.composition.form import Section
from soundbox.engines.procedural.composition.melody import Melody
from soundbox.engines.procedural.composition.metre import STEPS_A_BEAT
from soundbox.engines.procedural.composition.motifs import Ideas
from soundbox.engines.procedural.composition.rows import bass_rows, chord_rows
from soundbox.engines.procedural.composition.score import Bar, Note, Sheet, Stroke
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.styles.style import Part, Rest

_LOWEST_BASS = 31  # G1, 49 Hz
_LOWEST_GUITAR = 38  # D2
_MELODY_CENTRE = 73
_COUNTER_CENTRE = 66
_BED_PITCHES = 5  # beds of different pitch are different takes of the same weather

_UNBROKEN = frozenset({"bed", "riser"})  # they know no bars
_AT_ONCE = 0.06  # beats by which a note may come early and still belong to its beat

Line = Callable[[Bar, list[Note]], list[Note]]  # a bar, and what the melody plays in it


@dataclass(frozen=True)
class Player:
    part: Part
    instrument: str
    line: Line

    def notes(self, bar: Bar, tune: list[Note]) -> list[Note]:
        if bar.closes_piece:
            return self.line(bar, tune) if self.part.enters < 0.9 and self.part.leaves > 1 else []
        invited = not self.part.sections or bar.section.name in self.part.sections
        playing = invited and self.part.enters <= bar.energy < self.part.leaves
        return self.line(bar, tune) if playing else []


@dataclass
class Band:
    players: list[Player]
    drummer: Drummer
    rests: tuple[Rest, ...] = ()

    def sheet(self, bar: Bar) -> Sheet:
        """What everybody plays in a bar. The melody decides first, whoever answers it listens."""
        notes: list[list[Note]] = [[] for _ in self.players]
        tune: list[Note] = []
        for leading in (True, False):
            for place, player in enumerate(self.players):
                if (player.part.role == "melody") == leading:
                    silent = self._silences(bar, player.part.role)
                    notes[place] = _rested(player.notes(bar, tune), silent)
                    tune = tune or (notes[place] if leading else [])
        silent = self._silences(bar, "drums")
        return Sheet(bar, notes, [stroke for stroke in self.drummer.bar(bar) if not _is_in(stroke, silent)])

    def _silences(self, bar: Bar, who: str) -> list[tuple[float, float]]:
        """From which beat to which a role rests in a bar."""
        if bar.closes_piece or who in _UNBROKEN or not bar.metre.is_even:
            return []
        silences = [
            (rest.step / STEPS_A_BEAT, min(rest.until, bar.steps) / STEPS_A_BEAT)
            for rest in self.rests
            if who in rest.who
            and (not rest.sections or bar.section.name in rest.sections)
            and bar.in_section % rest.period in rest.places
            and rest.step < bar.steps
        ]
        if bar.stops:
            silences.append((bar.metre.starts[len(bar.metre.starts) // 2] / STEPS_A_BEAT, bar.beats))
        return silences


def _rested(notes: list[Note], silences: list[tuple[float, float]]) -> list[Note]:
    """What is left of notes when nothing sounds within the silences."""
    for start, stop in silences:
        notes = [
            replace(note, beats=min(note.beats, start - note.beat)) if note.beat < start - _AT_ONCE else note
            for note in notes
            if not start - _AT_ONCE <= note.beat < stop - _AT_ONCE
        ]
    return notes


def _is_in(stroke: Stroke, silences: list[tuple[float, float]]) -> bool:
    return any(start - _AT_ONCE <= stroke.beat < stop - _AT_ONCE for start, stop in silences)


def bars_of(extent: Extent, form: list[Section], harmony: Harmony, is_hit: bool = False) -> list[Bar]:
    """Every bar in order; the last one closes the piece when it ends."""
    whole = extent.metre.steps
    bars: list[Bar] = []
    for section, following in zip(form, [*form[1:], form[0]], strict=True):
        for index in range(section.first_bar, section.first_bar + section.bars):
            held = min(whole, extent.steps - index * whole)
            last = index == section.first_bar + section.bars - 1
            leads_up = last and following.energy > section.energy + 0.1
            after = harmony.bars[(index + 1) % len(harmony.bars)][0][1]
            bars.append(Bar(index, held, section, harmony.scales[index], harmony.bars[index], after, extent.metre,
                            leads_up))  # fmt: skip
    if extent.ends:
        chords = harmony.bars[-1][:1]
        bars.append(Bar(extent.bars, whole, form[-1], harmony.scales[-1], chords, chords[0][1], extent.metre,
                        closes_piece=True, is_hit=is_hit))  # fmt: skip
    return bars


def player(part: Part, brief: Brief, ideas: Ideas, taken: Collection[str], chance: np.random.Generator) -> Player:
    """A player for a part, on an instrument nobody else has (`taken`) where there is a choice."""
    free = [name for name in part.instruments if name not in taken] or list(part.instruments)
    return Player(part, str(chance.choice(free)), _line(part, brief, ideas, chance))


def _line(part: Part, brief: Brief, ideas: Ideas, chance: np.random.Generator) -> Line:
    shift = 12 * part.octave
    match part.role:
        case "bass" | "power":
            lowest = (_LOWEST_BASS if part.role == "bass" else _LOWEST_GUITAR) + shift
            bass = BassPlayer(
                bass_rows(part.row, brief.metre), lowest, part.role == "bass" and part.row != "drone", chance
            )
            return lambda bar, _: bass.bar(bar)
        case "chords":
            chords = ChordPlayer(chord_rows(part.row, brief.metre), shift, chance)
            return lambda bar, _: chords.bar(bar)
        case "melody":
            melody = Melody(part.row, brief.scale, brief.style.gamut, _MELODY_CENTRE + shift, ideas, chance)
            return lambda bar, _: melody.bar(bar)
        case "counter":
            counter = Counter(part.row, _COUNTER_CENTRE + shift, ideas, chance)
            return counter.bar
        case "bed":
            return lambda bar, _: [Note(0, bar.beats * 4 / 3, 60 + bar.index % _BED_PITCHES, 0.8)]
        case "riser":
            return lambda bar, _: _risen(bar)


def _risen(bar: Bar) -> list[Note]:
    """A climb through the bar that leads up; through all bars of a build."""
    if bar.section.name == "build":
        steps = bar.section.bars * bar.metre.steps - (bar.metre.steps // 2 if "stop" in bar.section.marks else 0)
        climb = steps / STEPS_A_BEAT
        return [Note(0, climb, 60, 0.8)] if bar.in_section == 0 else []
    return [Note(0, bar.beats, 60, 0.8)] if bar.leads_up else []
