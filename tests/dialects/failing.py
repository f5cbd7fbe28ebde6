"""Jobs that end badly, without an engine that has to."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from soundbox.extensions import db
from soundbox.jobs.models import Job, State


def fail(job_id: str, why: str) -> None:
    with db.write() as session:
        session.execute(update(Job).where(Job.id == UUID(job_id).hex).values(status=State.failed, error=why))
