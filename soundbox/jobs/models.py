"""The jobs table: the only truth about what waits, runs and has ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.accounts.tiers import TIERS
from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new
from soundbox.jobs.scheduler import Waiting

DISPATCH_ID = 1
CANCELLED = "Cancelled"  # the error that programs read


class State(StrEnum):
    """queued -> processing -> completed | failed | cancelled; processing -> queued when it must run again."""

    queued = "queued"
    processing = "processing"
    completed = "completed"
    failed = "failed"
    cancelled = "cancelled"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Job(Base):
    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_waiting", "band", "turn", "seq", **_where("status = 'queued'")),
        Index("ix_jobs_arrival", "band", "seq", **_where("status = 'queued'")),
        Index("ix_jobs_processing", "worker_id", **_where("status = 'processing'")),
        Index("ix_jobs_unfinished", "user_id", **_where("status IN ('queued', 'processing')")),
        Index("ix_jobs_user_recent", "user_id", "created_ms"),
        Index("ix_jobs_recent", "created_ms"),
        Index("ix_jobs_address_recent", "address", "created_ms", **_where("address IS NOT NULL")),
        Index("ix_jobs_failed", "finished_ms", **_where("status = 'failed'")),
        Index("ix_jobs_for_the_room", "created_ms", **_where("made_for IS NOT NULL")),
        Index("ix_jobs_measured", "model", "finished_ms", **_where("status = 'completed'")),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    ticket: Mapped[str] = mapped_column(String(12), unique=True, default=lambda: secrets.token_hex(6))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str | None] = mapped_column(String(45))  # of guests, whose limits follow it
    status: Mapped[str] = mapped_column(String(10), default=State.queued)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    model: Mapped[str] = mapped_column(String(32))
    prompt: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(120), default="")
    visibility: Mapped[str] = mapped_column(String(10), default="public")
    seconds: Mapped[float] = mapped_column(Float)
    loop: Mapped[bool] = mapped_column(Boolean, default=False)
    seed: Mapped[int] = mapped_column(BigInteger)
    seed_named: Mapped[bool] = mapped_column(Boolean, default=False)  # by the person: never replaced
    preset: Mapped[str | None] = mapped_column(String(40))  # by its slug: it gave what was not named
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    strict: Mapped[bool] = mapped_column(Boolean, default=False)  # this model or none
    parent_id: Mapped[str | None] = mapped_column(String(32))
    relation: Mapped[str | None] = mapped_column(String(12))
    parent_recipe: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what the engine goes on from
    engine_relation: Mapped[str | None] = mapped_column(String(12))  # ... and how
    takes_id: Mapped[str | None] = mapped_column(String(32), index=True)  # shared by takes asked for at once
    take: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  # which of them, from 1
    made_for: Mapped[str | None] = mapped_column(String(60))  # a station, by its name: nobody asked for it

    band: Mapped[int] = mapped_column(Integer)
    turn: Mapped[int] = mapped_column(BigInteger)  # ms; where it stands: in band 0 the moment of payment
    own_turn: Mapped[int] = mapped_column(BigInteger)  # ms; without any skip: what its person's next job is spaced from
    seq: Mapped[int] = mapped_column(BigInteger)
    enqueued_ms: Mapped[int] = mapped_column(BigInteger)  # never before that of a row that waited then
    tier: Mapped[str] = mapped_column(String(16))  # at the time
    aura: Mapped[int] = mapped_column(Integer, default=0)  # paid for a skip
    overtaken: Mapped[int] = mapped_column(Integer, default=0)
    estimated_seconds: Mapped[float] = mapped_column(Float)

    lease_gen: Mapped[int] = mapped_column(Integer, default=0)  # which claim of this job counts
    lease_beat: Mapped[int] = mapped_column(BigInteger, default=0)  # moves while its worker lives
    worker_id: Mapped[str | None] = mapped_column(String(32))
    start_seq: Mapped[int | None] = mapped_column(BigInteger)  # which start this was, of all
    attempts: Mapped[int] = mapped_column(Integer, default=0)  # that failed
    deaths: Mapped[int] = mapped_column(Integer, default=0)  # of workers that ran only this
    alone: Mapped[bool] = mapped_column(Boolean, default=False)  # runs again, with nothing beside it
    retakes: Mapped[int] = mapped_column(Integer, default=0)  # for quality
    started_ms: Mapped[int | None] = mapped_column(BigInteger)
    finished_ms: Mapped[int | None] = mapped_column(BigInteger)
    took_ms: Mapped[int | None] = mapped_column(BigInteger)  # from claim to finish, by a clock that never jumps
    progress_pct: Mapped[int] = mapped_column(Integer, default=0)
    progress: Mapped[str] = mapped_column(String(120), default="")
    error: Mapped[str | None] = mapped_column(String(300))
    engine: Mapped[str | None] = mapped_column(String(64))  # what really made it

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def of_id(cls, session: Session, job_id: str) -> Self | None:
        return session.get(cls, job_id)

    @classmethod
    def readable_by(cls, session: Session, who: Principal, job_id: str) -> Self | None:
        """Anybody who holds the id of a job that is not private; its owner and admins in any case."""
        job = session.get(cls, job_id)
        if job is None or (job.visibility == "private" and not who.may_manage(job.user_id)):
            return None
        return job

    @classmethod
    def waiting(cls, session: Session) -> list[Self]:
        """All queued jobs, as they stand; affinity may still reorder them."""
        return list(session.scalars(select(cls).where(is_queued()).order_by(cls.band, cls.turn, cls.seq)))

    @classmethod
    def running(cls, session: Session) -> list[Self]:
        """What people asked for: anything else gives way to them."""
        asked_for = select(cls).where(is_processing(), cls.made_for.is_(None))
        return list(session.scalars(asked_for.order_by(cls.start_seq)))

    @classmethod
    def takes_of(cls, session: Session, takes_id: str) -> Sequence[Self]:
        return session.scalars(select(cls).where(cls.takes_id == takes_id).order_by(cls.take, cls.seq)).all()

    @property
    def place(self) -> tuple[int, int, int]:
        return (self.band, self.turn, self.seq)

    @property
    def has_ended(self) -> bool:
        return self.status not in (State.queued, State.processing)

    @property
    def retry_count(self) -> int:
        return self.retakes + self.attempts

    def as_waiting(self) -> Waiting:
        return Waiting(
            id=self.id,
            band=self.band,
            turn=self.turn,
            seq=self.seq,
            model=self.model,
            enqueued_ms=self.enqueued_ms,
            overtaken=self.overtaken,
            person=str(self.user_id),
            tier=self.tier,
            head_start_ms=TIERS[self.tier].head_start_ms,
            seconds=self.seconds,
            aura=self.aura,
        )


class Dispatch(Base):
    """One row: the numbers given out so far. Whoever enqueues or claims holds it, so on PostgreSQL they take turns."""

    __tablename__ = "dispatch"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    arrivals: Mapped[int] = mapped_column(BigInteger, default=0)
    starts: Mapped[int] = mapped_column(BigInteger, default=0)
    since_longest: Mapped[int] = mapped_column(Integer, default=0)  # starts since one went to who had waited longest
    last_payment_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    halt: Mapped[str] = mapped_column(String(8), default="", server_default="")  # halting.Halt
    halt_why: Mapped[str] = mapped_column(String(200), default="", server_default="")

    @classmethod
    def held(cls, session: Session) -> Self:
        """The row, locked until this transaction ends."""
        statement = select(cls).where(cls.id == DISPATCH_ID).with_for_update()
        row = session.scalar(statement)
        if row is None:
            insert_new(session, cls, id=DISPATCH_ID)
            row = session.scalars(statement).one()
        return row

    @classmethod
    def seen(cls, session: Session) -> Self:
        """For readers, who hold nothing."""
        return session.get(cls, DISPATCH_ID) or cls(arrivals=0, since_longest=0, halt="", halt_why="")


def is_queued() -> Any:
    """Written out, not bound: a partial index serves only a condition that the planner can see."""
    return Job.status == literal(State.queued.value, literal_execute=True)


def is_processing() -> Any:
    return Job.status == literal(State.processing.value, literal_execute=True)


def is_unfinished() -> Any:
    unfinished = [literal(state.value, literal_execute=True) for state in (State.queued, State.processing)]
    return Job.status.in_(unfinished)
