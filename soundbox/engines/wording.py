"""Words worth offering beside a prompt, in groups. Every one of them is understood by the engine it is offered for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

MOODS = (
    "happy", "sad", "peaceful", "dreamy", "dark", "epic", "romantic", "mysterious", "playful", "nostalgic", "tense",
    "uplifting", "melancholic", "aggressive", "hopeful", "cozy", "triumphant", "heroic",
)  # fmt: skip
TEMPI = ("very slow", "slow", "mid tempo", "fast", "60 bpm", "75 bpm", "90 bpm", "104 bpm", "120 bpm", "140 bpm",
    "174 bpm")  # fmt: skip
KEYS = ("C major", "G major", "D major", "F major", "Bb major", "A minor", "E minor", "D minor", "C minor",
    "F# minor", "D dorian", "E phrygian", "F lydian", "G mixolydian")  # fmt: skip
INSTRUMENTS = (
    "piano", "electric piano", "acoustic guitar", "electric guitar", "strings", "violin", "cello", "flute",
    "saxophone", "trumpet", "brass", "choir", "synth", "pad", "bells", "marimba", "harp", "organ", "music box",
    "upright bass", "808", "no drums",
)  # fmt: skip
COUNTS = ("one", "two", "three", "five")
MANNERS = (
    "gentle", "heavy", "loud", "faint", "slow", "fast", "small", "huge", "low", "high", "distant", "close",
    "muffled",
)  # fmt: skip


@dataclass(frozen=True)
class WordGroup:
    name: str  # as people read it: "Style"
    words: tuple[str, ...]
    only_one: bool = False  # the newest replaces the others


@lru_cache(maxsize=8)
def word_groups(kind: str) -> tuple[WordGroup, ...]:
    """For music and audio; speech has no words of its own."""
    if kind == "music":
        return _of_music()
    return _of_effects() if kind == "audio" else ()


def _of_music() -> tuple[WordGroup, ...]:
    from soundbox.engines.procedural.styles.catalogue import STYLES

    return (
        WordGroup("Style", tuple(style.name for style in STYLES), only_one=True),
        WordGroup("Mood", MOODS),
        WordGroup("Tempo", TEMPI, only_one=True),
        WordGroup("Key", KEYS, only_one=True),
        WordGroup("Instrument", INSTRUMENTS),
    )


def _of_effects() -> tuple[WordGroup, ...]:
    from soundbox.engines.procedural.effects.table import EFFECTS
    from soundbox.engines.procedural.effects.words import ROOMS

    places = tuple(room if room in ("underwater", "dry") else f"in a {room}" for room in ROOMS)
    return (
        WordGroup("Sound", tuple(effect.name for effect in EFFECTS)),
        WordGroup("Manner", MANNERS),
        WordGroup("Place", places, only_one=True),
        WordGroup("How many", COUNTS, only_one=True),
    )
