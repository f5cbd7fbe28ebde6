"""Somebody takes the list of their jobs along, or leaves: then nothing of theirs waits or runs any more."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import exporting, stopping

from .cancelling import cancel
from .models import Job
from .skips import Skip

INTERNAL = ("user_id", "band", "turn", "own_turn", "seq", "lease_gen", "lease_beat", "worker_id", "parent_recipe")


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    jobs = session.scalars(select(Job).where(Job.user_id == user.id).order_by(Job.created_ms, Job.id))
    archive.add("jobs", (facts_of(job, *INTERNAL) for job in jobs))
    skips = session.scalars(select(Skip).where(Skip.payer_id == user.id).order_by(Skip.paid_ms))
    archive.add("skips", (facts_of(skip, "payer_id", "passed") for skip in skips))


@stopping.connect
def leave(session: Session, user: User) -> None:
    """A worker that runs one of them notices that it is gone, and throws away what it made."""
    mine = select(Job).where(Job.user_id == user.id).order_by(Job.id).with_for_update(of=Job)
    for job in session.scalars(mine.execution_options(populate_existing=True)).all():
        if not job.has_ended:
            cancel(session, job, by_owner=True)
        session.delete(job)
    session.flush()
    session.execute(update(Skip).where(Skip.payer_id == user.id).values(payer_id=None))
