"""Jobs whose worker died. No wall clock is asked, so a clock that jumps returns nothing and keeps nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from soundbox.extensions import Database
from soundbox.jobs.claims import AFRESH
from soundbox.jobs.ending import end
from soundbox.jobs.models import Job, State, is_processing

LEASE_SECONDS = 30.0
MOST_DEATHS = 2
NOT_AGAIN = "The worker stopped while it made this by itself; nobody waits for it."
GIVEN_UP = "Making this sound stopped the worker twice, so it was given up. Another prompt or seed may work."


def return_jobs_of(session: Session, worker_id: str, *, supervisor_survived: bool) -> list[str]:
    """Put back what a dead worker held, to run again alone. Returns the ids.

    A death counts against a job that ran alone while its supervisor lived on: then nothing else can have been the
    cause, neither a neighbour nor the machine. The second one ends it.
    """
    held = select(Job.id, Job.alone, Job.deaths).where(Job.worker_id == worker_id, is_processing()).order_by(Job.id)
    rows = session.execute(held.with_for_update()).all()  # all of them before any account is touched
    for job_id, alone, deaths in rows:
        _put_back(session, Job.id == job_id, deaths + (1 if alone and supervisor_survived else 0))
    return [job_id for job_id, _, _ in rows]


def _put_back(session: Session, which: ColumnElement[bool], deaths: int) -> bool:
    """What is held for a skip stays held, or goes back with the job that is given up. What nobody asked for ends."""
    of_the_room = which & is_processing() & Job.made_for.is_not(None)
    if end(session, of_the_room, State.failed, spent=False, error=NOT_AGAIN):
        return True
    if deaths >= MOST_DEATHS:
        return end(session, which & is_processing(), State.failed, spent=False, deaths=deaths, error=GIVEN_UP)
    values = {"status": State.queued, "worker_id": None, "deaths": deaths, "alone": True, **AFRESH}
    moved = update(Job).where(which, is_processing()).values(**values).returning(Job.id)
    return session.scalar(moved) is not None


@dataclass(frozen=True)
class _Sight:
    lease_gen: int
    lease_beat: int
    since: float  # monotonic seconds


@dataclass
class Watch:
    """Looks at running jobs; one whose lease has not moved for 30 s under its eyes has lost its worker."""

    database: Database
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, _Sight] = field(default_factory=dict)

    def look(self) -> list[str]:
        """Put back what stood still for too long. Returns the ids."""
        abandoned = self._standing_still()
        if not abandoned:
            return []
        return [job_id for job_id, sight in abandoned.items() if self._take_over(job_id, sight)]

    def _take_over(self, job_id: str, sight: _Sight) -> bool:
        """Each in a transaction of its own: with the locks of one, none waits for another's."""
        with self.database.money() as session:
            deaths = session.scalar(select(Job.deaths).where(Job.id == job_id)) or 0
            same_lease = (Job.id == job_id) & (Job.lease_gen == sight.lease_gen) & (Job.lease_beat == sight.lease_beat)
            return _put_back(session, same_lease, deaths)

    def _standing_still(self) -> dict[str, _Sight]:
        with self.database.read() as session:
            rows = session.execute(select(Job.id, Job.lease_gen, Job.lease_beat).where(is_processing())).all()
        now, before = self.clock(), self._seen
        self._seen = {}
        for job_id, lease_gen, lease_beat in rows:
            known = before.get(job_id)
            moved = known is None or (known.lease_gen, known.lease_beat) != (lease_gen, lease_beat)
            self._seen[job_id] = _Sight(lease_gen, lease_beat, now) if moved or known is None else known
        return {job_id: sight for job_id, sight in self._seen.items() if now - sight.since >= LEASE_SECONDS}
