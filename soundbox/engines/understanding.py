"""What an engine reads in a prompt, told before anything is made. Imports no synthesis: the web process asks it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

KEPT = 512  # readings; people type a letter at a time, and correct themselves
_SEEDS = (1, 2, 3, 4)  # what they agree on was read, not chosen


@dataclass(frozen=True)
class Understanding:
    """Only what the words say; what a seed would choose besides is left open."""

    words: tuple[str, ...] = ()  # as people read it: ("lo-fi", "78 bpm", "no drums")
    style: str | None = None
    tempo: float | None = None  # beats a minute
    key: str | None = None


@lru_cache(maxsize=KEPT)
def understand(kind: str, prompt: str) -> Understanding:
    """`kind` is music, audio or tts; speech is said as it is written, so nothing is understood of it."""
    if kind == "music":
        return _music(prompt)
    return Understanding(_effect(prompt)) if kind == "audio" else Understanding()


def _music(prompt: str) -> Understanding:
    from soundbox.engines.procedural.reading.prompt import read

    briefs = [read(prompt, seed) for seed in _SEEDS]
    brief = briefs[0]
    style = brief.style.name if len({other.style.name for other in briefs}) == 1 else None
    tempo = brief.tempo if len({other.tempo for other in briefs}) == 1 else None
    key = brief.scale.name if len({other.scale.name for other in briefs}) == 1 else None
    facts = (style, tempo and f"{tempo:.4g} bpm", key)
    return Understanding((*(fact for fact in facts if fact), *brief.details), style, tempo, key)


def _effect(prompt: str) -> tuple[str, ...]:
    from soundbox.engines.procedural.effects.reading import read

    reading = read(prompt, seed=0)
    return reading.understood if reading.knows_something else ()
