"""Every effect: its name, the words people use for it, and what it is made of.

To teach a new one, add a line to a file of `vocabulary`: phrases are singular and parted by commas; of the phrases
that fit a prompt, the longest wins.
"""

from __future__ import annotations

from soundbox.engines.procedural.effects.parts import Effect
from soundbox.engines.procedural.effects.vocabulary.imagined import FANTASY, INTERFACE, STINGS
from soundbox.engines.procedural.effects.vocabulary.machines import MACHINES, SIGNALS
from soundbox.engines.procedural.effects.vocabulary.nature import NATURE, WATER, WEATHER
from soundbox.engines.procedural.effects.vocabulary.things import PEOPLE, THINGS

EFFECTS: tuple[Effect, ...] = (
    *WEATHER, *WATER, *NATURE, *THINGS, *PEOPLE, *MACHINES, *SIGNALS, *INTERFACE, *FANTASY, *STINGS,
)  # fmt: skip

MATERIAL_SOUNDS = {"glass": "glass break", "metal": "metal hit", "wood": "wood hit", "tin": "metal hit"}

CHOSEN_WHEN_NOTHING_IS_KNOWN = ("rain", "wind", "ocean waves", "stream", "birds", "whoosh", "fire", "magic sparkle")
