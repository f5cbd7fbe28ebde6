"""Sends what waits, from threads of its own. Any number of senders may run anywhere."""

from __future__ import annotations

import logging
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from soundbox.clock import now_ms
from soundbox.extensions import Database

from .waiting import Waiting

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
JITTER = 0.1  # of a pause, so that what failed together does not come back together

Row = TypeVar("Row", bound=Waiting)


class Sender(ABC, Generic[Row]):
    """`start` it, or `step` by hand."""

    name: ClassVar[str]
    threads: ClassVar[int] = 1

    def __init__(self, rows: type[Row], database: Database, clock: Callable[[], int] = now_ms) -> None:
        """`clock`: milliseconds since 1970."""
        self._rows = rows
        self._database = database
        self._clock = clock
        self._busy: set[str] = set()  # lanes that something is being sent to
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @abstractmethod
    def send(self, row: Row) -> None:
        """Send it and note what came of it. What is raised is logged; the row is due again after its lease."""

    def tidy(self) -> None:
        """Done when nothing is due."""

    def start(self) -> None:
        for number in range(self.threads):
            threading.Thread(target=self._run, name=f"{self.name}-{number}", daemon=True).start()

    def stop(self) -> None:
        """What is being sent is due again later: nothing waits for it here."""
        self._stop.set()

    def step(self) -> bool:
        """Send one. False: none is due."""
        row = self._claim()
        if row is None:
            return False
        try:
            self.send(row)
        finally:
            self._busy.discard(row.where)
        return True

    def jitter(self) -> float:
        return 1 + random.uniform(-JITTER, JITTER)

    def _claim(self) -> Row | None:
        moment_ms = self._clock()
        with self._database.glance() as session:  # a cheap look before the write lock is taken
            if not self._rows.is_due(session, moment_ms):
                return None
        with self._lock:
            with self._database.write() as session:
                row = self._rows.claim(session, moment_ms, tuple(self._busy))
            if row is not None:
                self._busy.add(row.where)
        return row

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                if self.step():
                    continue
                self.tidy()
            except Exception:
                log.exception("%s: something could not be sent; it is due again later", self.name)
            self._stop.wait(LOOK_SECONDS)
