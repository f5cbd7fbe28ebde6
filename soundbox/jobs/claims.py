"""The right to work on a job. It is leased and numbered: whoever lost it can change nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, literal, or_, select, text, update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.jobs.ending import end
from soundbox.jobs.halting import Halt
from soundbox.jobs.models import Dispatch, Job, State, is_processing, is_queued
from soundbox.jobs.scheduler import AFFINITY_REACH, ORDINARY, Start, Waiting, order
from soundbox.jobs.skips import Skip

MOST_ATTEMPTS = 3
LONGEST_ERROR = 300

PLACE = (Job.id, Job.band, Job.turn, Job.seq, Job.model, Job.enqueued_ms, Job.overtaken)


@dataclass(frozen=True)
class Report:
    """How far a job is."""

    percent: int
    text: str


@dataclass(frozen=True)
class Claim:
    """`job` as it was when claimed. Every verb answers False when the lease is lost: then drop the work."""

    job: Job
    lease_gen: int

    @property
    def id(self) -> str:
        return self.job.id

    @property
    def is_for_the_room(self) -> bool:
        return self.job.made_for is not None

    @property
    def stem(self) -> str:
        """Of this lease's stored files: no other run ever writes to them."""
        return f"{self.job.id}.{self.lease_gen}"

    @classmethod
    def take(
        cls, session: Session, worker_id: str, room: Mapping[str, int], loaded: Sequence[str], *, busy: bool = False
    ) -> Claim | None:
        """Start the job that `scheduler.order` puts first; None when there is none or its model has no free slot.

        Aura held for a skip that passes nobody goes back here, so the transaction must be one of `db.money()`.

        `room`: free slots of every model this worker serves, 0 included: a full model holds its place in the line.
        `loaded`: models in memory that have a free slot. `busy`: holds other jobs, so one that runs alone must wait.
        """
        dispatch = Dispatch.held(session)
        if dispatch.halt == Halt.paused:
            return None
        start = _next_start(session, dispatch, list(room), loaded)
        if start is None or room[start.job.model] < 1:
            return None
        moment_ms, number = now_ms(), dispatch.starts + 1
        mine = update(Job).where(Job.id == start.job.id, is_queued(), or_(~Job.alone, literal(not busy)))
        job = session.scalar(
            mine.values(
                status=State.processing,
                worker_id=worker_id,
                lease_gen=Job.lease_gen + 1,
                lease_beat=Job.lease_beat + 1,
                start_seq=number,
                started_ms=moment_ms,
            ).returning(Job)
        )
        if job is None:
            return None  # cancelled a moment ago, or it runs alone and must wait
        dispatch.starts = number
        dispatch.since_longest = start.since_longest
        if start.overtakes:
            passed = update(Job).where(Job.id.in_(start.overtakes)).values(overtaken=Job.overtaken + 1)
            session.execute(passed, execution_options={"synchronize_session": False})
        if job.aura:
            Skip.started(session, job.id)  # last: a lock on accounts comes after all locks on jobs
        return cls(job, job.lease_gen)

    def finish(self, session: Session, *, engine: str, took_ms: int, retakes: int = 0) -> bool:
        """Call this first in the transaction that publishes the track: False means somebody else owns the job now."""
        return end(
            session,
            self._fence,
            State.completed,
            spent=True,
            took_ms=took_ms,
            engine=engine,
            retakes=retakes,
            progress_pct=100,
            progress="Complete",
        )

    def owner(self, session: Session) -> User:
        """Whose it is by now, once this transaction holds its row: a guest may have signed in since it was claimed."""
        return session.scalars(select(User).join(Job, Job.user_id == User.id).where(Job.id == self.id)).one()

    def fail(self, session: Session, reason: str, *, retry: bool = False) -> bool:
        """With `retry` it keeps its place and runs again, alone, until the third attempt has failed. What nobody asked
        for has no place, and fails at once."""
        attempts = self.job.attempts + 1
        if retry and attempts < MOST_ATTEMPTS and not self.is_for_the_room:
            return self._put_back(session, attempts=attempts, alone=True)
        return end(session, self._fence, State.failed, spent=False, attempts=attempts, error=reason[:LONGEST_ERROR])

    def give_back(self, session: Session) -> bool:
        """To the place it had, as if it had never started; without a place, as if it had never been."""
        if self.is_for_the_room:
            gone = session.execute(delete(Job).where(self._fence), execution_options={"synchronize_session": False})
            return bool(gone.rowcount == 1)  # type: ignore[attr-defined]
        return self._put_back(session)

    @property
    def _fence(self) -> ColumnElement[bool]:
        """True of this job as long as it is ours."""
        return (Job.id == self.id) & (Job.lease_gen == self.lease_gen) & is_processing()

    def _put_back(self, session: Session, **values: Any) -> bool:
        """What is held for a skip stays held."""
        again = update(Job).where(self._fence).values(status=State.queued, worker_id=None, **values, **AFRESH)
        result = session.execute(again, execution_options={"synchronize_session": False})
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


AFRESH: dict[str, Any] = {"progress_pct": 0, "progress": "", "started_ms": None}


def _next_start(session: Session, dispatch: Dispatch, models: list[str], loaded: Sequence[str]) -> Start | None:
    """The first rows and the one that has waited longest decide; no other row can start next."""
    _walk_the_index(session)
    rows = {row.id: Waiting(*row) for row in session.execute(line_of(models))}
    rows |= {row.id: Waiting(*row) for row in session.execute(longest_of(models))}
    starts = order(rows.values(), dispatch.since_longest, loaded, now_ms(), limit=1)
    return starts[0] if starts else None


def _walk_the_index(session: Session) -> None:
    """Every start leaves a dead entry at the head of the line. An index walk clears those away; what PostgreSQL may
    plan instead, to collect all entries and sort them, reads each of them again at every claim.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_sort = off"))


def line_of(models: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """The first rows of the line that these models could serve."""
    served = select(*PLACE).where(is_queued(), Job.model.in_(models))
    return served.order_by(Job.band, Job.turn, Job.seq).limit(AFFINITY_REACH)


def longest_of(models: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Of those who have not paid for a skip, the one that came first."""
    served = select(*PLACE).where(is_queued(), Job.model.in_(models), Job.band >= ORDINARY)
    return served.order_by(Job.band, Job.seq).limit(1)


def renew(session: Session, claims: Iterable[Claim]) -> set[str]:
    """Show that these are still being worked on. Returns the ids still held."""
    return _update_held(session, claims, lease_beat=Job.lease_beat + 1)


def report_progress(session: Session, reports: Mapping[Claim, Report]) -> set[str]:
    """Write how far these are, all at once. Returns the ids still held."""
    if not reports:
        return set()
    percents = {claim.id: report.percent for claim, report in reports.items()}
    texts = {claim.id: report.text for claim, report in reports.items()}
    return _update_held(session, reports, progress_pct=case(percents, value=Job.id), progress=case(texts, value=Job.id))


def held(session: Session, claims: Iterable[Claim], *, lock: bool = False) -> set[str]:
    """Ids of those whose lease still counts."""
    mine = {claim.id: claim.lease_gen for claim in claims}
    rows = select(Job.id, Job.lease_gen).where(Job.id.in_(mine), is_processing()).order_by(Job.id)
    if lock:  # in one order, so that two writers of one worker never wait for each other in a circle
        rows = rows.with_for_update()
    return {job_id for job_id, lease_gen in session.execute(rows) if mine[job_id] == lease_gen}


def _update_held(session: Session, claims: Iterable[Claim], **values: Any) -> set[str]:
    still = held(session, claims, lock=True)
    if still:
        statement = update(Job).where(Job.id.in_(still)).values(**values)
        session.execute(statement, execution_options={"synchronize_session": False})
    return still
