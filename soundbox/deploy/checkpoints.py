"""SQLite's log is moved into the database file beside the requests.

SQLite does so by itself, but within whichever write makes the log too long, and that one then waits for the disk.
"""

from __future__ import annotations

import logging
import threading

from sqlalchemy.exc import OperationalError

from soundbox.extensions import Database

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5


def keep_log_short(database: Database) -> None:
    """From now on, until this process ends."""
    if database.is_sqlite:
        threading.Thread(target=_run, args=[database], name="checkpoints", daemon=True).start()


def _run(database: Database) -> None:
    pause = threading.Event()
    while not pause.wait(PAUSE_SECONDS):
        try:
            database.checkpoint()
        except OperationalError:
            log.exception("The log of the database could not be moved into its file")
