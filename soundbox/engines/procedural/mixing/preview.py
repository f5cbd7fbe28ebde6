"""What can be heard of a mix before it is whole: its tone and width, at a level that some of its bars tell.

What the master does to the whole is missing: its glue, its warmth, its limiter and the wandering of its tape.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from soundbox.engines.procedural.mixing.dynamics import loudness
from soundbox.engines.procedural.mixing.master import Colour, Equaliser
from soundbox.engines.protocol import Samples

_PROBE_LU = -1.0  # how much louder the whole is than a probe of its fullest bars without their room


@dataclass
class Preview:
    """`ends`: gain of every frame, shape (1, frames), by which a piece begins and dies away."""

    colour: Colour
    ends: Samples
    lufs: float | None = None  # of the whole, at the level of what is heard
    _equaliser: Equaliser = field(init=False)
    _heard: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._equaliser = Equaliser(self.colour)

    def probe(self, bars: Samples) -> None:
        """Learn the level from the fullest bars, which are used up."""
        Equaliser(self.colour).shape(bars)
        found = loudness(bars)
        self.lufs = found + _PROBE_LU if np.isfinite(found) else None

    def heard(self, mix: Samples, until: int) -> Samples:
        """The frames of a growing mix from where the last call ended; up to `until` nothing is added any more."""
        stretch = slice(self._heard, until)
        sound = mix[:, stretch].copy()
        self._equaliser.shape(sound)
        self._heard = until
        return sound * self.ends[:, stretch]
