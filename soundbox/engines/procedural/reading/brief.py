"""What a prompt asks for, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.styles.style import Style


@dataclass(frozen=True)
class Brief:
    style: Style
    tempo: float  # beats a minute
    tempo_is_fixed: bool  # named in so many words, so it may not bend
    scale: Scale
    beats_per_bar: int
    energy: float  # 0..1, 0.5 neutral
    brightness: float  # decibels of the high shelf, beside the style's own
    space: float  # factor on the reverberation
    swing: float  # 0..1
    kit: str
    drums: bool | None  # asked for, refused, or (None) as the style has it
    asked: tuple[tuple[str, ...], ...] = ()  # for each instrument named: the ones that would do, best first
    refused: frozenset[str] = frozenset()  # instruments
    solo: bool = False  # nothing but what was asked
    beds: tuple[str, ...] = ()
    details: tuple[str, ...] = ()  # what else was read, in words for people

    def understood(self, tempo: float) -> tuple[str, ...]:
        """The whole reading in words; `tempo` is the one it is played at, for a loop may bend it a little."""
        return (self.style.name, f"{tempo:.4g} bpm", self.scale.name, *self.details)
