"""One after the other, across all processes of a machine."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path


class Turn:
    """Whose turn it is to write: one thread of one process of all that share a file.

    SQLite itself makes writers wait by looking again after ever longer pauses, up to 100 ms; here the system wakes the
    next one. It is only for speed: whoever does not take a turn still meets SQLite's own lock.
    """

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._file: int | None = None

    def bind(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> None:
        self._threads.acquire()
        try:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        finally:
            self._threads.release()
