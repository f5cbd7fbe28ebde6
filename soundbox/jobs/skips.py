"""Paid skips: what is held for a job, whom it passed, and how that ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.aura import ledger
from soundbox.clock import now_ms
from soundbox.extensions import Base

from .models import Dispatch, Job, is_queued
from .scheduler import SKIP


class Outcome(StrEnum):
    """held -> captured | released."""

    held = "held"
    captured = "captured"
    released = "released"


class Skip(Base):
    """One a job, for good: whoever got the Aura back because it helped nothing keeps the place."""

    __tablename__ = "skips"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    cost: Mapped[int] = mapped_column(Integer)  # Aura
    passed: Mapped[list[str]] = mapped_column(JSON)  # ids of the jobs that would have started before it
    paid_ms: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str] = mapped_column(String(8), default=Outcome.held)
    settled_ms: Mapped[int | None] = mapped_column(BigInteger)

    @classmethod
    def buy(
        cls, session: Session, dispatch: Dispatch, job: Job, payer_id: int, cost: int, passed: Sequence[str]
    ) -> Skip:
        """Move the job to the paid ones, behind those who paid before, and hold what it costs.

        The caller holds `dispatch` and the job's row, and has seen that it may be skipped. Raises
        `ledger.Insufficient`: then the transaction must not be committed.
        """
        paid_ms = max(now_ms(), dispatch.last_payment_ms + 1)
        dispatch.last_payment_ms = paid_ms
        job.band, job.turn, job.aura = SKIP, paid_ms, cost
        skip = cls(job_id=job.id, payer_id=payer_id, cost=cost, passed=list(passed), paid_ms=paid_ms)
        session.add(skip)
        session.flush()
        ledger.hold(session, payer_id, cost, job.id)
        return skip

    @classmethod
    def settle(cls, session: Session, job_id: str, *, spent: bool) -> None:
        """What is still held for this job is spent, or goes back. Settled already: nothing is done."""
        outcome = Outcome.captured if spent else Outcome.released
        held = update(cls).where(cls.job_id == job_id, cls.outcome == Outcome.held)
        settled = held.values(outcome=outcome, settled_ms=now_ms()).returning(cls.job_id)
        if session.scalar(settled, execution_options={"synchronize_session": False}) is not None:
            (ledger.capture if spent else ledger.release)(session, job_id)

    @classmethod
    def started(cls, session: Session, job_id: str) -> None:
        """Nobody pays for passing nobody: if none of the passed jobs still waits, what was held goes back."""
        skip = session.get(cls, job_id)
        if skip is None or skip.outcome != Outcome.held:
            return
        waits = select(Job.id).where(Job.id.in_(skip.passed), is_queued()).limit(1)
        if session.scalar(waits) is None:
            cls.settle(session, job_id, spent=False)

    @classmethod
    def of(cls, session: Session, job: Job) -> Skip | None:
        return session.get(cls, job.id) if job.aura else None

    @classmethod
    def of_all(cls, session: Session, jobs: Iterable[Job]) -> dict[str, Skip]:
        """By the ids of those jobs that have had one."""
        paid_for = [job.id for job in jobs if job.aura]
        if not paid_for:
            return {}
        return {skip.job_id: skip for skip in session.scalars(select(cls).where(cls.job_id.in_(paid_for)))}
