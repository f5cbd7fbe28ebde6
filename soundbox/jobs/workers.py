"""What each worker says of itself, for the status page. Nothing depends on it: leases do not live here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import JSON, BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base

SILENT_AFTER_MS = 30_000
FORGOTTEN_AFTER_MS = 86_400_000


class WorkerRecord(Base):
    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    device: Mapped[str] = mapped_column(String(16))
    models: Mapped[list[str]] = mapped_column(JSON, default=list)  # that it serves
    loaded: Mapped[list[str]] = mapped_column(JSON, default=list)  # that hold memory, most recently used first
    loading: Mapped[str] = mapped_column(String(32), default="")  # the model it moves into memory now
    broken: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # models that it could not load, and why
    running: Mapped[int] = mapped_column(default=0)
    pause: Mapped[str] = mapped_column(String(200), default="")  # why it starts nothing, in a sentence
    seen_ms: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def live(cls, session: Session) -> list[WorkerRecord]:
        recent = select(cls).where(cls.seen_ms > now_ms() - SILENT_AFTER_MS).order_by(cls.device)
        return list(session.scalars(recent))

    @classmethod
    def sign_off(cls, session: Session, worker_id: str) -> None:
        row = session.get(cls, worker_id)
        if row is not None:
            session.delete(row)
        for old in session.scalars(select(cls).where(cls.seen_ms < now_ms() - FORGOTTEN_AFTER_MS)):
            session.delete(old)


@dataclass(frozen=True)
class WorkerState:
    """All workers in one sentence."""

    alive: bool
    text: str


def worker_state(session: Session) -> WorkerState:
    workers = WorkerRecord.live(session)
    if not workers:
        return WorkerState(False, "No worker is running, so nothing is being made.")
    if pause := next((worker.pause for worker in workers if worker.pause), ""):
        return WorkerState(False, pause)
    busy = any(worker.running for worker in workers)
    who = "The worker is" if len(workers) == 1 else f"{len(workers)} workers are"
    return WorkerState(True, f"{who} at work." if busy else f"{who} ready.")


def loaded_models(session: Session) -> list[str]:
    """Models in memory of any live worker, each once."""
    return list(dict.fromkeys(model for worker in WorkerRecord.live(session) for model in worker.loaded))
