"""A file that somebody drops to find what sounds like it: heard by a confined child process, never stored."""

from __future__ import annotations

import os
import subprocess
import threading

import numpy as np
from werkzeug.datastructures import FileStorage

from soundbox.audio import commands
from soundbox.tracks.features import Vector
from soundbox.web.errors import Refusal

MOST_BYTES = 20_000_000
TIMEOUT_SECONDS = 30
AT_ONCE = 2  # in one web process; each holds the file in memory and keeps a core busy
WAIT_SECONDS = 10
UNEXPECTED = "This file could not be read"
KEPT = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")  # of our environment; our secrets are none of its business

_turns = threading.BoundedSemaphore(AT_ONCE)


def hear(file: FileStorage) -> Vector:
    """What the file is like. Raises `Refusal` 413, 422 and 503."""
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Refusal(503, "Other files are being listened to right now", retry_after_seconds=WAIT_SECONDS)
    try:
        content = file.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise too_large()
        return _heard(content)
    finally:
        _turns.release()


def too_large() -> Refusal:
    return Refusal(413, "This file is larger than 20 MB", advice="Send an MP3 or OGG of it, or only a part.")


def _heard(content: bytes) -> Vector:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"}
    try:
        finished = subprocess.run(
            commands.LISTEN_TO_INPUT,
            input=content,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable("It took too long to read this file") from None
    if finished.returncode == 0:
        return np.frombuffer(finished.stdout, np.int8)
    lines = finished.stderr.decode(errors="replace").strip().splitlines()
    expected = finished.returncode == 1 and lines and not lines[0].startswith("Traceback")
    raise _unreadable(lines[-1].rstrip(".") if expected else UNEXPECTED)


def _unreadable(why: str) -> Refusal:
    return Refusal(422, why, advice="WAV, FLAC, MP3 and OGG files of up to 10 minutes and 20 MB can be read.")
