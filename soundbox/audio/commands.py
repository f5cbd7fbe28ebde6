"""Command lines of the child processes that make files from a WAV master. Imports nothing heavy: the web uses it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from soundbox.audio.cut import Cut

Command = Callable[[Path, Path], list[str]]


def encode(source: Path, target: Path) -> list[str]:
    """FLAC, MP3 or Ogg, as the target's suffix says."""
    return [sys.executable, "-m", "soundbox.audio.encode", str(source), str(target)]


def picture(kind: str) -> Command:
    """`kind` is face, disc, cover or labelled."""

    def command(source: Path, target: Path) -> list[str]:
        return [sys.executable, "-m", "soundbox.audio.pictures", str(source), kind, str(target)]

    return command


def features(source: Path, target: Path) -> list[str]:
    """What a stored sound is like, as the bytes of its vector."""
    return [sys.executable, "-m", "soundbox.audio.listen", str(source), str(target)]


def on_air(part: Cut) -> Command:
    """A part of a stored sound as stations broadcast it."""

    def command(source: Path, target: Path) -> list[str]:
        numbers = (str(part.first_sample), str(part.rounds), str(part.frames))
        return [sys.executable, "-m", "soundbox.audio.on_air", str(source), str(target), *numbers]

    return command


def filler(target: Path) -> list[str]:
    """What stations play in the place of a sound that was taken away."""
    return [sys.executable, "-m", "soundbox.audio.filler", str(target)]


LISTEN_TO_INPUT = [sys.executable, "-m", "soundbox.audio.listen"]  # a stranger's file on stdin, the vector on stdout
