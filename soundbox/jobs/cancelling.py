"""A person ends a job."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.jobs.models import CANCELLED, Job, is_unfinished


def cancel(session: Session, job: Job) -> bool:
    """End it in the state in which it was seen; False when it has moved on. A worker that runs it notices soon."""
    seen = (Job.id == job.id) & (Job.status == job.status) & is_unfinished()
    values = {"status": "cancelled", "error": CANCELLED, "finished_ms": now_ms()}
    cancelled = update(Job).where(seen).values(**values).returning(Job.id)
    return session.scalar(cancelled, execution_options={"synchronize_session": False}) is not None
