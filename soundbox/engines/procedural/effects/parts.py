"""What an effect is made of: beds that never stop, series that repeat, shots that happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soundbox.engines.procedural.effects.manner import Manner

if TYPE_CHECKING:  # these bring the synthesis along
    from soundbox.engines.procedural.effects.shaping import Signal
    from soundbox.engines.procedural.effects.stretch import Event, Stretch


@dataclass(frozen=True)
class Bed:
    """Fills the whole length. `make` returns (2, frames) for the stretch it is given."""

    make: Callable[[Stretch], Signal]
    gain: float = 1.0
    room: str = "dry"  # a room around endless noise is rarely heard, and always worked for


@dataclass(frozen=True)
class Series:
    """Events `every` so many seconds, to the end or as many as asked for. `make` returns one, mono or stereo."""

    make: Callable[[Event], Signal]
    every: float
    unsteady: float = 0.1  # share of `every` by which an event may come early or late
    gain: float = 1.0
    spread: float = 0.15  # how far left and right of the middle events stand
    early: float = 0.0  # the first event begins this many seconds before the sound does


@dataclass(frozen=True)
class Shot:
    """Happens once, at once; among beds again every `again` seconds. `make` returns it, mono or stereo."""

    make: Callable[[Event], Signal]
    again: float | None = None
    gain: float = 1.0
    spread: float = 0.1


Part = Bed | Series | Shot


@dataclass(frozen=True)
class Effect:
    """A sound people can ask for by any of `words` (phrases parted by commas, singular)."""

    name: str  # as people read it
    words: str
    parts: tuple[Part, ...]
    level_db: float = 0.0  # beside the other layers of a prompt
    room: str = "near walls"  # where its events sound when the prompt names no place

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(phrase.strip() for phrase in self.words.split(",") if phrase.strip())

    @property
    def is_one_shot(self) -> bool:
        return all(isinstance(part, Shot) for part in self.parts)


@dataclass(frozen=True)
class Layer:
    """One effect of a prompt, and how it was asked for."""

    effect: Effect
    manner: Manner
    label: str  # "heavy rain"
    seed: int
    starts_at: float = 0.0  # share of the length: what comes after "then"
