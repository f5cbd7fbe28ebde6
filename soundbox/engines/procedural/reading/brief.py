"""What a prompt asks for, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.engines.procedural.composition.metre import FOUR, Metre
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.reading.vocabulary.manner import Texture
from soundbox.engines.procedural.styles.style import Style


@dataclass(frozen=True)
class Brief:
    style: Style
    tempo: float  # beats a minute; in compound metres dotted ones
    tempo_is_fixed: bool  # named in so many words, so it may not bend
    scale: Scale
    metre: Metre
    energy: float  # 0..1, 0.5 neutral
    brightness: float  # decibels of the high shelf, beside the style's own
    space: float  # factor on the reverberation
    swing: float  # 0..1
    kit: str
    drums: bool | None  # asked for, refused, or (None) as the style has it
    asked: tuple[tuple[str, ...], ...] = ()  # for each instrument named: the ones that would do, best first
    refused: frozenset[str] = frozenset()  # instruments
    refused_roles: frozenset[str] = frozenset()  # of parts
    solo: bool = False  # nothing but what was asked
    beds: tuple[str, ...] = ()
    textures: tuple[Texture, ...] = ()
    course: frozenset[str] = frozenset()  # of COURSES: how the piece is to go
    read: frozenset[str] = frozenset()  # of "style", "tempo", "key", "mode": which were read, not chosen
    details: tuple[str, ...] = ()  # what else was read, in words for people

    def understood(self, tempo: float | None = None) -> tuple[str, ...]:
        """The whole reading in words. `tempo`: the one it is played at, for a loop may bend it a little."""
        metre = () if self.metre is FOUR or self.metre.name in self.details else (self.metre.name,)
        return (self.style.name, f"{tempo or self.tempo:.4g} bpm", self.scale.name, *metre, *self.details)

    def said(self) -> tuple[str, ...]:
        """Only what the words say, for a prompt that has no seed yet."""
        facts = {
            "style": self.style.name,
            "tempo": f"{self.tempo:.4g} bpm",
            "key": self.scale.name,
            "mode": self.scale.mode,
        }
        return (*(fact for name, fact in facts.items() if name in self.read), *self.details)
