"""Connections shared evenly between the web's processes.

All of them wait at one socket, and a new connection goes to whichever wakes first: most often the same one. Since
connections are kept open, one process can then have nine requests in ten while the other looks on.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from multiprocessing.sharedctypes import RawArray
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

STEP_ASIDE_SECONDS = 0.002  # for a process that is idle it takes a tenth of this to take a connection
MOST_PROCESSES = 256
_held = RawArray("i", [-1] * MOST_PROCESSES)  # connections of each; -1 where there was never one


class SharingWorker(ThreadWorker):
    """A process that holds more connections than another leaves it the next one, if that one takes it at once."""

    place = -1  # among the living; given before the fork

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(timeout)
        _held[self.place] = self.nr_conns

    def accept(self, listener: Any) -> None:
        if self.nr_conns > min(count for count in _held if count >= 0):
            time.sleep(STEP_ASIDE_SECONDS)
        super().accept(listener)  # which is no fault if somebody else did
        _held[self.place] = self.nr_conns


def take_place(worker: SharingWorker, others: Iterable[SharingWorker]) -> None:
    """The lowest that none of the others has."""
    taken = {other.place for other in others}
    worker.place = next(place for place in range(MOST_PROCESSES) if place not in taken)
    _held[worker.place] = 0
