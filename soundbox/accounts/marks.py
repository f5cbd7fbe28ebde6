"""When a session or a token was last used: gathered, and written for all of them at once."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from soundbox.clock import now_ms
from soundbox.extensions import Base, db

log = logging.getLogger(__name__)

FRESH_MS = 5 * 60_000  # a mark this young is not renewed
GATHERED_SECONDS = 60.0


class Marks:
    """Of one column: at most one write a minute for a process, whoever is about."""

    def __init__(self, table: type[Base], column: str) -> None:
        self._table, self._column = table, column
        self._gathered: dict[int, int] = {}
        self._lock = threading.Lock()
        self._written = float("-inf")

    def note(self, row_id: int, marked_ms: int | None) -> None:
        """This row is used now; it was marked at `marked_ms` before."""
        moment_ms = now_ms()
        if marked_ms is None or moment_ms - marked_ms >= FRESH_MS:
            self._gathered[row_id] = moment_ms

    def write_if_due(self) -> None:
        if not self._gathered or time.monotonic() - self._written < GATHERED_SECONDS:
            return
        with self._lock:
            gathered, self._gathered = self._gathered, {}
            self._written = time.monotonic()
        try:
            self._write(gathered)
        except OperationalError:
            log.warning("%s could not be marked as used", self._table.__tablename__)

    def _write(self, gathered: dict[int, int]) -> None:
        """A row that has ended in between is not there any more, which is no fault."""
        with db.write() as session:
            for row_id, moment_ms in sorted(gathered.items()):
                row: Any = self._table
                session.execute(update(row).where(row.id == row_id).values({self._column: moment_ms}))
