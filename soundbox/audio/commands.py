"""Command lines of the child processes that make files from a WAV master. Imports nothing heavy: the web uses it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

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


CUT_FOR_AIR = [sys.executable, "-m", "soundbox.audio.cutting"]  # asks for one file after the other on stdin
LISTEN_TO_INPUT = [sys.executable, "-m", "soundbox.audio.listen"]  # a stranger's file on stdin, the vector on stdout
