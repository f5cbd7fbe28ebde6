"""The worker: owner of a device, from its start to a stop that loses nothing. One thread runs the engines."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import Database
from soundbox.jobs.afterwards import Afterwards
from soundbox.jobs.finishing import Finishing
from soundbox.jobs.growing import GrowingSounds
from soundbox.jobs.heartbeat import Heartbeat
from soundbox.jobs.making import LOOK_SECONDS, Making
from soundbox.jobs.ownership import SUPERVISOR_VARIABLE, Ownership
from soundbox.jobs.parents import parent_of
from soundbox.jobs.rescue import return_jobs_of
from soundbox.jobs.residency import Catalogue
from soundbox.jobs.room import ForTheRoom, Ideas
from soundbox.jobs.workers import WorkerRecord
from soundbox.media.local import LocalMedia

log = logging.getLogger(__name__)

STOP_SECONDS = 25.0


class LeaseExpired(Exception):
    """This worker was silent for so long that others may have taken over its jobs."""


class Worker:
    """`start`, then `run`, or `step` by hand; `stop` ends `run` from a signal, `drain` from another thread."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        media: LocalMedia,
        config: Config,
        device: str,
        clock: Callable[[], float] = time.monotonic,
        ideas: Ideas | None = None,
    ) -> None:
        self.id = secrets.token_hex(16)
        self.device = device
        self._database = database
        self._config = config
        self._clock = clock
        self._wake = threading.Event()
        self._is_stopping = False
        self._ended = threading.Event()
        self._ownership: Ownership | None = None
        self.afterwards = Afterwards(database, media)
        self.finishing = Finishing(database, media, config, self._wake.set, self.afterwards.soon)
        self.growing = GrowingSounds(database, media, clock)
        disk = (config.instance, config.minimum_free_mb)
        room = ForTheRoom(database, ideas, config.plays_for_the_room, self.id, clock) if ideas else None
        self.making = Making(
            database,
            catalogue,
            self.finishing,
            self.growing,
            partial(parent_of, database, media),
            self.id,
            disk,
            clock,
            room,
        )
        self.heartbeat = Heartbeat(database, self.making.reports, self._record, clock)

    def start(self) -> None:
        """Become the owner of the device and put back what its last owner left. Raises `DeviceTaken`."""
        supervisor = os.environ.get(SUPERVISOR_VARIABLE)
        self._ownership = Ownership.take(self._config.lock_folder, self.device)
        if previous := self._ownership.previous:
            survived = previous.survived_by(supervisor)
            with self._database.money() as session:
                put_back = return_jobs_of(session, previous.worker_id, supervisor_survived=survived)
            log.info("Put back %s jobs of the worker before", len(put_back))
        self._ownership.sign(self.id, supervisor)
        self.finishing.start()
        self.growing.start()
        self.afterwards.start()
        self.heartbeat.start()

    def run(self) -> int:
        """Work until stopped. Returns the exit code: 0 after a clean stop, 1 when the lease was lost."""
        try:
            while not self._is_stopping:
                if not self._step_safely():
                    self._rest(LOOK_SECONDS)
            self._finish_up()
        except LeaseExpired:
            log.error("The database could not be reached for half a minute; this worker stops")  # noqa: TRY400
            return 1
        finally:
            self._close()
        return 0

    def stop(self) -> None:
        """Start nothing more. Safe in a signal handler, because it touches no lock."""
        self._is_stopping = True

    def drain(self) -> None:
        """Stop, and wait until everything is finished or given back."""
        self.stop()
        self._wake.set()
        self._ended.wait(STOP_SECONDS + 5)

    def nudge(self) -> None:
        """There is new work: look at once."""
        self.making.look_now()
        self._wake.set()

    def step(self) -> bool:
        """False when there is nothing to do now. Raises `LeaseExpired`."""
        if self.heartbeat.has_expired:
            raise LeaseExpired
        while self.heartbeat.lost:
            self.making.drop(self.heartbeat.lost.pop())
        return self.making.step(start=not self._is_stopping)

    def _step_safely(self) -> bool:
        try:
            return self.step()
        except LeaseExpired:
            raise
        except Exception:
            log.exception("A step of the worker failed; it goes on")
            return False

    def _rest(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()

    def _finish_up(self) -> None:
        """What runs may end within 25 s; the rest is given back and charged nothing."""
        deadline = self._clock() + STOP_SECONDS
        while self.making.held and self._clock() < deadline:
            if not self._step_safely():
                self._rest(LOOK_SECONDS)
        self.making.give_back_all()

    def _close(self) -> None:
        try:
            self.heartbeat.stop()
            self.finishing.stop()
            self.growing.stop()
            self.afterwards.stop()
            if self._ownership is not None:
                self._let_go(self._ownership)
        finally:
            self._ended.set()

    def _let_go(self, ownership: Ownership) -> None:
        """What could not be given back is left to the next owner, and this end is no job's fault."""
        if self.making.held:
            ownership.sign(self.id)
            ownership.close()
        else:
            self._sign_off(ownership)

    def _sign_off(self, ownership: Ownership) -> None:
        with self._database.write() as session:
            WorkerRecord.sign_off(session, self.id)
        ownership.release()

    def _record(self, session: Session) -> None:
        residency = self.making.residency
        session.merge(
            WorkerRecord(
                id=self.id,
                device=self.device,
                models=sorted(residency.models),
                loaded=list(residency.loaded),
                loading=residency.loading,
                broken=dict(residency.broken),
                running=sum(not claim.is_for_the_room for claim in self.making.held),
                pause=self.making.pause,
                seen_ms=now_ms(),
            )
        )
