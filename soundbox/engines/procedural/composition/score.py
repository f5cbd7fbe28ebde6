"""What is written before anything sounds."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.engines.procedural.composition.form import Section
from soundbox.engines.procedural.composition.harmony import Chord

STEPS_A_BEAT = 4


@dataclass(frozen=True)
class Note:
    beat: float  # from the start of the bar
    beats: float  # how long it is held
    pitch: int  # MIDI
    velocity: float  # 0..1


@dataclass(frozen=True)
class Stroke:
    beat: float
    piece: str  # of the drum kit
    velocity: float


@dataclass(frozen=True)
class Bar:
    index: int
    beats: int
    section: Section
    chord: Chord
    next_chord: Chord
    leads_up: bool = False  # the next section is fuller
    closes_piece: bool = False  # the chord everything ends on, held

    @property
    def steps(self) -> int:
        return self.beats * STEPS_A_BEAT

    @property
    def in_section(self) -> int:
        return self.index - self.section.first_bar

    @property
    def ends_section(self) -> bool:
        return self.in_section == self.section.bars - 1

    @property
    def ends_phrase(self) -> bool:
        return self.in_section % 4 == 3 or self.ends_section
