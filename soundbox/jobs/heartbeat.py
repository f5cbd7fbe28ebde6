"""Tells the database that this worker lives and how far it is, beside the thread that makes sound."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from soundbox.extensions import Database
from soundbox.jobs.claims import Claim, Report, held, renew, report_progress
from soundbox.jobs.rescue import LEASE_SECONDS, Watch

log = logging.getLogger(__name__)

TELL_SECONDS = 0.5
BEAT_SECONDS = 5.0

Reports = Mapping[Claim, Report]


class Heartbeat:
    """`reports`: what is held now and how far it is. `record`: what the worker writes about itself."""

    def __init__(
        self,
        database: Database,
        reports: Callable[[], Reports],
        record: Callable[[Session], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.lost: set[Claim] = set()
        self._database = database
        self._reports = reports
        self._record = record
        self._clock = clock
        self._watch = Watch(database, clock)
        self._renewed_at = clock()
        self._told: dict[Claim, Report] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self.beat()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def has_expired(self) -> bool:
        """Others may have taken over by now: this worker has been silent for as long as a lease lasts."""
        return self._clock() - self._renewed_at >= LEASE_SECONDS

    def tell(self) -> None:
        """Write progress that is news, and notice what was cancelled or lost."""
        reports = dict(self._reports())
        if not reports:
            return
        news = {claim: report for claim, report in reports.items() if self._told.get(claim) != report}
        if news:
            with self._database.write() as session:
                still = report_progress(session, news) | held(session, reports.keys() - news.keys())
        else:
            with self._database.read() as session:
                still = held(session, reports)
        self._told = reports
        self._note_lost(reports, still)

    def beat(self) -> None:
        """Renew every lease at once, and put back what other workers left behind."""
        asked_at, reports = self._clock(), dict(self._reports())
        with self._database.write() as session:
            still = renew(session, reports)
            self._record(session)
        if not self.has_expired:
            self._renewed_at = asked_at
        self._note_lost(reports, still)
        if abandoned := self._watch.look():
            log.warning("%s jobs stood still for %s s and were put back", len(abandoned), LEASE_SECONDS)

    def _note_lost(self, reports: Reports, still: set[str]) -> None:
        self.lost.update(claim for claim in reports if claim.id not in still)

    def _run(self) -> None:
        next_beat = self._clock() + BEAT_SECONDS
        while not self._stop.wait(TELL_SECONDS):
            try:
                self.tell()
                if self._clock() >= next_beat:
                    next_beat = self._clock() + BEAT_SECONDS
                    self.beat()
            except Exception:
                log.exception("The database did not take a heartbeat")
