"""What an engine reads in a prompt, told before anything is made. Imports no synthesis: the web process asks it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

KEPT = 512  # readings; people type a letter at a time, and correct themselves


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

    brief = read(prompt, seed=0)
    return Understanding(
        words=brief.said(),
        style=brief.style.name if "style" in brief.read else None,
        tempo=brief.tempo if "tempo" in brief.read else None,
        key=brief.scale.name if "key" in brief.read else None,
    )


def _effect(prompt: str) -> tuple[str, ...]:
    from soundbox.engines.procedural.effects.reading import read

    reading = read(prompt, seed=0)
    return reading.understood if reading.knows_something else ()
