"""So many listeners of MP3 streams, and no more, whichever process they come to: each holds a lock on a file.

The kernel lets go of it when its process dies, so no seat is ever lost.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Seat:
    """`leave` may be called again, and from another thread."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def leave(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def take_seat(folder: Path, seats: int) -> Seat | None:
    """None: all of them are taken."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(seats):
        descriptor = os.open(folder / f"stream.{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return Seat(descriptor)
    return None
