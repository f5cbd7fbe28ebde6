"""What is written before anything sounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from soundbox.engines.procedural.composition.form import Section
from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.metre import FOUR, STEPS_A_BEAT, Metre
from soundbox.engines.procedural.composition.scales import Scale


@dataclass(frozen=True)
class Note:
    beat: float  # quarters from the start of the bar
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
    steps: int  # fewer than the metre's in a last bar that is cut
    section: Section
    scale: Scale  # of this bar: pieces may change their key
    chords: tuple[tuple[int, Chord], ...]  # from which step each sounds; the first from 0
    next_chord: Chord
    metre: Metre = FOUR
    leads_up: bool = False  # the next section is fuller
    closes_piece: bool = False  # the chord everything ends on, held
    is_hit: bool = False  # ... or struck once and stopped

    @property
    def chord(self) -> Chord:
        return self.chords[0][1]

    def chord_at(self, step: float) -> Chord:
        return next(chord for start, chord in reversed(self.chords) if start <= step + 0.01)

    def chord_after(self, step: float) -> Chord:
        """The chord that follows the one at `step`."""
        return next((chord for start, chord in self.chords if start > step + 0.01), self.next_chord)

    @property
    def beats(self) -> float:
        return self.steps / STEPS_A_BEAT

    @property
    def in_section(self) -> int:
        return self.index - self.section.first_bar

    @property
    def energy(self) -> float:
        return self.section.energy_at(self.in_section)

    @property
    def ends_section(self) -> bool:
        return self.in_section == self.section.bars - 1

    @property
    def stops(self) -> bool:
        """Everybody rests in its second half."""
        marked = self.ends_section and "stop" in self.section.marks
        return marked and self.metre.is_even and not self.closes_piece

    @property
    def ends_phrase(self) -> bool:
        return self.in_section % 4 == 3 or self.ends_section


@dataclass
class Sheet:
    """One bar as it will be played: for each player, by place, its notes; and the drums."""

    bar: Bar
    notes: list[list[Note]] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
