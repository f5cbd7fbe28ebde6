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


def midi(recipe: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "soundbox.engines.procedural.midi", str(recipe), str(target)]
