"""A whole piece on paper: its bars with their chords, and the players who know what to do in each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from soundbox.engines.procedural.composition.accompaniment import ChordPlayer
from soundbox.engines.procedural.composition.bass import BassPlayer
from soundbox.engines.procedural.composition.changes import Harmony
from soundbox.engines.procedural.composition.counter import Counter
from soundbox.engines.procedural.composition.drums import Drummer
from soundbox.engines.procedural.composition.extent import Extent
from soundbox.engines.procedural.composition.form import Section
from soundbox.engines.procedural.composition.melody import Melody
from soundbox.engines.procedural.composition.motifs import Ideas
from soundbox.engines.procedural.composition.rows import BASS_ROWS, CHORD_ROWS
from soundbox.engines.procedural.composition.score import Bar, Note, Sheet
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.styles.style import Part

_LOWEST_BASS = 31  # G1, 49 Hz
_LOWEST_GUITAR = 38  # D2
_MELODY_CENTRE = 73
_COUNTER_CENTRE = 66
_BED_PITCHES = 5  # beds of different pitch are different takes of the same weather

Line = Callable[[Bar, list[Note]], list[Note]]  # a bar, and what the melody plays in it


@dataclass(frozen=True)
class Player:
    part: Part
    instrument: str
    line: Line

    def notes(self, bar: Bar, tune: list[Note]) -> list[Note]:
        if bar.closes_piece:
            return self.line(bar, tune) if self.part.enters < 0.9 and self.part.leaves > 1 else []
        playing = self.part.enters <= bar.energy < self.part.leaves
        return self.line(bar, tune) if playing else []


@dataclass
class Band:
    players: list[Player]
    drummer: Drummer

    def sheet(self, bar: Bar) -> Sheet:
        """What everybody plays in a bar. The melody decides first, whoever answers it listens."""
        notes: list[list[Note]] = [[] for _ in self.players]
        tune: list[Note] = []
        for leading in (True, False):
            for place, player in enumerate(self.players):
                if (player.part.role == "melody") == leading:
                    notes[place] = player.notes(bar, tune)
                    tune = tune or (notes[place] if leading else [])
        return Sheet(bar, notes, self.drummer.bar(bar))


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
            bass = BassPlayer(BASS_ROWS[part.row], lowest, part.role == "bass" and part.row != "drone", chance)
            return lambda bar, _: bass.bar(bar)
        case "chords":
            chords = ChordPlayer(CHORD_ROWS[part.row], shift, chance)
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
            return lambda bar, _: [Note(0, bar.beats, 60, 0.8)] if bar.leads_up else []
