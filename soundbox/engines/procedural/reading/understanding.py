"""What was understood of a prompt, told while people type. Nothing here makes sound, so a web process may import it."""

from __future__ import annotations

from functools import lru_cache

from soundbox.engines.procedural.reading.prompt import read


@lru_cache(maxsize=256)
def understood(prompt: str, seed: int | None = None, seconds: float = 30.0) -> tuple[str, ...]:  # noqa: ARG001
    """A few plain words: ("lo-fi", "78 bpm", "D dorian", "electric piano", "no drums").

    With a seed also the tempo and key that this seed chooses; without one only what the words say. `seconds`: the
    length asked; a reading does not depend on it yet.
    """
    brief = read(prompt, seed or 0)
    return brief.said() if seed is None else brief.understood()
