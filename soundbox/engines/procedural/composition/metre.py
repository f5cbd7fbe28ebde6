"""Metres: how many sixteenths a bar holds, and where its pulses fall."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

STEPS_A_BEAT = 4  # a beat is a quarter note, a step a sixteenth


@dataclass(frozen=True)
class Metre:
    """`groups` are the sixteenths from pulse to pulse; a tempo counts pulses of `pulse` sixteenths."""

    name: str
    groups: tuple[int, ...]
    pulse: int = STEPS_A_BEAT

    @property
    def steps(self) -> int:
        return sum(self.groups)

    @property
    def starts(self) -> tuple[int, ...]:
        """The step at which each group begins."""
        return (0, *accumulate(self.groups[:-1]))

    def step_seconds(self, tempo: float) -> float:
        return 60.0 / tempo / self.pulse

    @property
    def is_even(self) -> bool:
        """Are its pulses alike and few? Who rests in an odd bar is taken to have miscounted."""
        return len(set(self.groups)) == 1 and len(self.groups) < 5

    def weight(self, step: int) -> float:
        """How strongly a step is felt, 1 the first of the bar .. 0 between all pulses."""
        if step == 0:
            return 1.0
        if step in self.starts:
            middle = len(self.groups) % 2 == 0 and step == self.starts[len(self.groups) // 2]
            return 0.8 if middle else 0.6
        return 0.3 if step % 2 == 0 else 0.0


FOUR = Metre("4/4", (4, 4, 4, 4))
THREE = Metre("3/4", (4, 4, 4))
COMPOUND = Metre("6/8", (6, 6), pulse=6)
TWELVE = Metre("12/8", (6, 6, 6, 6), pulse=6)
FIVE = Metre("5/4", (4, 4, 4, 4, 4))
SEVEN = Metre("7/8", (4, 4, 6))
