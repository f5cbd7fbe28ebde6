"""One worker for each device of an instance, by a lock that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

REFUSED_EXIT_CODE = 3  # starting again would not help
SUPERVISOR_VARIABLE = "SOUNDBOX_SUPERVISOR"


class DeviceTaken(Exception):
    """Another worker owns this device; the message says so."""


@dataclass(frozen=True)
class Holder:
    """Who wrote its name into the lock last. `supervisor` names the run of the program that watches it."""

    worker_id: str
    supervisor: str | None = None
    process: int = 0

    def survived_by(self, supervisor: str | None) -> bool:
        """The program that watched it watches now: the machine and the supervisor never went down."""
        return supervisor is not None and supervisor == self.supervisor


class Ownership:
    """Held until `release` or the end of the process."""

    def __init__(self, file: TextIO, previous: Holder | None) -> None:
        self._file = file
        self.previous = previous

    @classmethod
    def take(cls, folder: Path, device: str) -> Ownership:
        """Raises `DeviceTaken`. The previous holder stays named until `sign`, so nobody's jobs are forgotten."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"worker-{device.replace(':', '-')}.lock"
        file = path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(file)
            file.close()
            who = f" (process {holder.process})" if holder else ""
            raise DeviceTaken(f"Another worker{who} already makes sound on {device} for this instance.") from None
        return cls(file, _read(file))

    def sign(self, worker_id: str, supervisor: str | None = None) -> None:
        """Name the new holder; call it after the jobs of `previous` have been put back."""
        holder = {"worker_id": worker_id, "supervisor": supervisor, "process": os.getpid()}
        self._write(json.dumps(holder))

    def release(self) -> None:
        """After a stop that left no job behind."""
        self._write("")
        self.close()

    def close(self) -> None:
        """Let go as a death does: the name stays, so the next holder puts back what is left."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()
        os.fsync(self._file.fileno())


def _read(file: TextIO) -> Holder | None:
    file.seek(0)
    try:
        return Holder(**json.loads(file.read()))
    except (ValueError, TypeError):
        return None
