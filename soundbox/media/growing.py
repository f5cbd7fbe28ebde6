"""Sounds that are still being made: a file each that only becomes longer, in a folder beside the media.

A file is named after the lease and the take it belongs to, so no run ever writes into another's: a worker that froze
and woke up goes on in a file that nobody reads any more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = "growing"
TEMPORARY = ".tmp-"
NAME = re.compile(r"([0-9a-f]{32})\.(\d+)\.(\d+)(\.whole)?\.aac")


@dataclass(frozen=True)
class Growth:
    """What there is of one take. `is_whole`: nothing comes any more."""

    path: Path
    job_id: str
    lease_gen: int
    take: int
    is_whole: bool


class GrowingMedia:
    def __init__(self, media_root: Path) -> None:
        self.folder = media_root / FOLDER

    def append(self, name: str, content: bytes) -> None:
        """`name`: {job}.{lease}.{take}. Raises `OSError`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.aac").open("ab", buffering=0) as file:
            file.write(content)

    def end(self, name: str) -> None:
        """Nothing comes any more. Of what never began there is nothing to end."""
        path = self.folder / f"{name}.aac"
        if path.exists():
            path.rename(self.folder / f"{name}.whole.aac")

    def find(self, job_id: str, lease_gen: int) -> Growth | None:
        """The newest take of a lease."""
        return max(self._all(f"{job_id}.{lease_gen}."), key=lambda growth: growth.take, default=None)

    def drop(self, prefix: str) -> None:
        """All of a lease, {job}.{lease}, or of one of its takes."""
        for growth in self._all(f"{prefix}."):
            growth.path.unlink(missing_ok=True)

    def sweep(self, grows: Callable[[str, int], bool], older_than_seconds: float) -> list[str]:
        """Remove what nothing was added to for so long, unless its job and lease still grow. Answers the names."""
        before = time.time() - older_than_seconds
        removed = []
        for path in sorted(self.folder.glob("*")):
            named = NAME.fullmatch(path.name)
            if named and grows(named[1], int(named[2])):
                continue
            if (named or path.name.startswith(TEMPORARY)) and _changed_before(path, before):
                path.unlink(missing_ok=True)
                removed.append(path.name)
        return removed

    def _all(self, prefix: str) -> list[Growth]:
        found = [(path, NAME.fullmatch(path.name)) for path in self.folder.glob(f"{prefix}*")]
        return [
            Growth(path, named[1], int(named[2]), int(named[3]), named[4] is not None) for path, named in found if named
        ]


def _changed_before(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime <= moment
    except FileNotFoundError:
        return False
