"""How a sound was asked for: what the adjectives, surfaces and places of a prompt say about one layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Manner:
    """Scales are 1.0 when nothing was said. Sounds read what concerns them and ignore the rest."""

    strength: float = 1.0  # light 0.5 .. violent 1.7
    size: float = 1.0  # tiny 0.6 .. huge 1.6: bigger things sound lower and longer
    speed: float = 1.0  # slow 0.6 .. fast 1.6
    pitch: float = 1.0  # low 0.75 .. high 1.35
    distance: float = 0.0  # 0 at the ear .. 1 far away
    material: str | None = None  # tin, wood, glass, gravel ...
    room: str | None = None  # cave, church, room ...
    count: int | None = None  # "three knocks"

    def chosen(self, by_material: dict[str, Choice], otherwise: Choice) -> Choice:
        """The entry for this manner's material."""
        return by_material.get(self.material or "", otherwise)
