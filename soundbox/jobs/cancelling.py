"""A person ends a job."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.jobs.ending import end
from soundbox.jobs.models import CANCELLED, Job, State


def cancel(session: Session, job: Job, *, by_owner: bool) -> bool:
    """End it in the state in which it was seen; False when it has moved on. A worker that runs it notices soon.

    Aura held for a skip comes back, unless it was the person's own wish to stop it after it had started: by then
    others have waited for it.
    """
    spent = job.status == State.processing and by_owner
    return end(session, (Job.id == job.id) & (Job.status == job.status), State.cancelled, spent=spent, error=CANCELLED)
