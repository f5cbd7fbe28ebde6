"""One job as programs and pages see it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal, principal
from soundbox.extensions import db
from soundbox.tracks.instance import catalogue, settings
from soundbox.tracks.models import Track
from soundbox.web.errors import Refusal

from .answers import JobAnswer
from .cards import JobCard
from .line import Line, unfinished_count
from .models import Job, State
from .offers import Terms
from .skips import Skip


def views(job_id: str) -> tuple[JobAnswer, JobCard]:
    """A job with its takes and, once it is made, its track: for programs and for pages. Raises `Refusal` 404."""
    who = principal()
    with db.read() as session:
        job = readable(session, job_id)
        line = Line.read(session, settings())
        terms = Terms.read(session, who, settings(), catalogue())
        track = Track.readable_by(session, who, job.id) if job.status == State.completed else None
        takes = [take.id for take in Job.takes_of(session, job.takes_id)] if job.takes_id else [job.id]
        card = JobCard.of(job, line, who, track, takes, terms=terms, skip=Skip.of(session, job))
        return JobAnswer.of(job, line, terms, track, takes), card


def own_unfinished(session: Session, who: Principal) -> list[JobCard]:
    """What of theirs waits or runs, in the order in which it will come."""
    if who.user_id is None or not unfinished_count(session, who.user_id):
        return []
    line = Line.read(session, settings())
    terms = Terms.read(session, who, settings(), catalogue())
    mine = (job for job in (*line.running, *line.waiting) if who.owns(job.user_id))
    return [JobCard.of(job, line, who, terms=terms) for job in mine]


def readable(session: Session, job_id: str) -> Job:
    job = Job.readable_by(session, principal(), job_id)
    if job is None:
        raise Refusal(404, "Job not found", advice="It may belong to somebody else, or the address has a typo.")
    return job
