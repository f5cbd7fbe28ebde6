"""An admin moves a waiting job, or lets a failed one try again.

What everybody was told at most still holds after a move: one start in four goes to whoever came first, wherever the
others stand. Whoever is passed starts one later; positions, reasons and times follow from the rows, as always.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.web.errors import Refusal

from .admission import place
from .claims import AFRESH
from .models import Dispatch, Job, State, is_queued
from .scheduler import ORDINARY, SKIP

PAID = "A paid skip stands where its payment put it"


def move_to_front(session: Session, job: Job) -> None:
    """Before all who have not paid for a skip. The caller holds `Dispatch` and then the job's row. Raises `Refusal`."""
    _refuse_unmovable(job)
    ordinary = select(Job).where(is_queued(), Job.band >= ORDINARY, Job.id != job.id)
    first = session.scalar(ordinary.order_by(Job.band, Job.turn, Job.seq).limit(1))
    if first is not None and first.place > job.place:
        raise Refusal(400, "It is at the front already")
    if first is not None:
        job.band, job.turn = first.band, first.turn - 1


def move_behind(session: Session, job: Job, other: Job) -> None:
    """All that stand behind the other make room by two milliseconds, so there is always a place between.

    The same is held. Raises `Refusal`.
    """
    _refuse_unmovable(job)
    if other.status != State.queued or other.id == job.id:
        raise Refusal(400, "The job to stand behind does not wait", advice="Look at the queue again.")
    if other.band == SKIP:
        raise Refusal(400, PAID, advice="Move it to the front instead: that is behind those who paid.")
    behind = or_(Job.turn > other.turn, (Job.turn == other.turn) & (Job.seq > other.seq))
    others = update(Job).where(is_queued(), Job.band == other.band, behind, Job.id.not_in([job.id, other.id]))
    session.execute(others.values(turn=Job.turn + 2), execution_options={"synchronize_session": False})
    job.band, job.turn = other.band, other.turn + 1


def retry(session: Session, job: Job, *, strict_tiers: bool) -> None:
    """As if it were asked for now, so nobody starts later; it runs alone. A skip that was paid for went back when it
    failed. The caller holds `Dispatch` and then the job's row. Raises `Refusal`.
    """
    if job.status != State.failed:
        raise Refusal(400, "Only a job that failed can be tried again")
    if job.made_for is not None:
        raise Refusal(400, "Nobody asked for this one", advice="An idle worker makes others by itself.")
    latest_ms = session.scalar(select(func.max(Job.enqueued_ms)).where(is_queued())) or 0
    job.enqueued_ms = max(now_ms(), latest_ms)
    place(session, job, session.get_one(User, job.user_id), Dispatch.held(session), strict_tiers)
    job.status, job.error, job.finished_ms, job.worker_id = State.queued, None, None, None
    job.attempts, job.deaths, job.overtaken, job.alone = 0, 0, 0, True
    for name, value in AFRESH.items():
        setattr(job, name, value)


def _refuse_unmovable(job: Job) -> None:
    if job.status != State.queued:
        raise Refusal(400, "Only a job that waits can be moved")
    if job.band == SKIP:
        raise Refusal(400, PAID)
