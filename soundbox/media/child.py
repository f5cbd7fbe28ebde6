"""A child process that makes one file after the other, for what is made often and takes long to start."""

from __future__ import annotations

import atexit
import json
import select
import subprocess
import threading
from collections.abc import Sequence
from typing import IO, cast

from soundbox.media.derive import COULD_NOT, DISK_FULL, STOPPED, TIMEOUT_SECONDS, DeriveFailed
from soundbox.media.local import MediaFull


class Child:
    """Started when it is first needed, and again when it has ended; it ends with its parent, whose pipe it reads.

    The program reads a JSON list of words per line and answers with one of an exit code and words. Threads take turns.
    """

    def __init__(self, command: Sequence[str], timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._command = command
        self._timeout_seconds = timeout_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        atexit.register(self.stop)

    def make(self, *words: object) -> None:
        """Have a file made. Raises `DeriveFailed`, also when the child dies of it, and `MediaFull`."""
        line = json.dumps([str(word) for word in words]).encode() + b"\n"
        with self._turn:
            was_running = self._process is not None
            answer = self._answer(line)
            if answer is None and was_running:
                answer = self._answer(line)  # the one before had ended, or was about to
        if answer is None:
            raise DeriveFailed(STOPPED)
        code, told = answer
        if code == DISK_FULL:
            raise MediaFull
        if code != 0:
            raise DeriveFailed(f"{COULD_NOT}: {told.rstrip('.')}.")

    def stop(self) -> None:
        """End it, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _answer(self, line: bytes) -> tuple[int, str] | None:
        """None: it died instead; then it is gone, and the next call starts another."""
        process = self._process = self._process or self._started()
        told = _exchange(process, line, self._timeout_seconds)
        if told is None:
            self.stop()
            raise DeriveFailed(f"Making this file took longer than {self._timeout_seconds:g} seconds.")
        if not told:
            self.stop()
            return None
        code, words = json.loads(told)
        return code, words

    def _started(self) -> subprocess.Popen[bytes]:
        """In a session of its own: what interrupts its parent in a terminal is not meant for it."""
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True
        )


def _exchange(process: subprocess.Popen[bytes], line: bytes, timeout_seconds: float) -> bytes | None:
    """The line that answers; empty when the process has ended, None when it takes too long."""
    asking, telling = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        asking.write(line)
    except BrokenPipeError:
        return b""
    answered, _, _ = select.select([telling], [], [], timeout_seconds)
    return telling.readline() if answered else None
