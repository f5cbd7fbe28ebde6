"""Command lines of the child processes that make files from a recipe. Imports no synthesis: the web uses it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

Command = Callable[[Path, Path], list[str]]


def stem(part: str) -> Command:
    """`part` is drums, bass, chords or melody; the source is a recipe as JSON."""

    def command(recipe: Path, target: Path) -> list[str]:
        return [sys.executable, "-m", "soundbox.engines.procedural.stems", str(recipe), part, str(target)]

    return command


def voice_sample(voice: str, folder: Path | None) -> Callable[[Path], list[str]]:
    """`folder`: of recorded voices."""
    program = [sys.executable, "-m", "soundbox.engines.saying", voice]
    return lambda target: [*program, str(target), *([str(folder)] if folder else [])]


def midi(recipe: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "soundbox.engines.procedural.midi", str(recipe), str(target)]
