"""Following a job, ending it, and the queue in public."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import principal
from soundbox.aura.pricing import PRICES
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.bodies import Body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_fragment

from . import adoption, leaving  # noqa: F401 - they listen
from .answers import (
    CancelAnswer,
    JobAnswer,
    PriceAnswer,
    PricingAnswer,
    QueueAnswer,
    QueueRow,
    QueueStatusAnswer,
    shown_id,
)
from .cancelling import cancel as cancel_job
from .cards import JobCard, version_of
from .line import Line
from .models import Job, State
from .offers import Terms
from .picture import picture_of
from .policy import PolicyAnswer
from .showing import readable, views

blueprint = Blueprint("jobs", __name__)


class CancelBody(Body):
    user_id: str | None = None


@blueprint.get("/job/<job_id>")
@describe("Generation", "How a job stands", answers={200: JobAnswer}, has_page=True)
def show(job_id: str) -> Response:
    answer, card = views(job_id)
    if wants_fragment() and request.args.get("seen") == card.version:
        return make_response("", 204)
    return respond(answer, template="jobs/show.html", block="job", job=card)


@blueprint.delete("/job/<job_id>", endpoint="delete")
@blueprint.post("/job/<job_id>/stop", endpoint="stop")
@limiter.limit("60/hour")
@describe("Generation", "End a job, waiting or running", answers={200: CancelAnswer}, has_page=True)
def stop(job_id: str) -> Response:
    with db.money() as session:
        job = _owned(session, job_id)
        if job.has_ended:
            raise Refusal(400, "Job is not in queue", advice="It has ended already.")
        _cancel(session, job)
    return _ended(job_id)


@blueprint.post("/api/queue/<job_id>/cancel")
@limiter.limit("60/hour")
@describe("Queue", "Cancel a job that has not started", body=CancelBody, answers={200: CancelAnswer}, has_page=True)
def cancel(job_id: str) -> Response:
    with db.money() as session:
        job = _owned(session, job_id)
        if job.status == State.processing:
            raise Refusal(400, "Cannot cancel a job that is already processing", advice="Stop it on its own page.")
        if job.has_ended:
            raise Refusal(400, "Job is not in queue", advice="It has ended already.")
        _cancel(session, job)
    return _ended(job_id)


@blueprint.get("/queue-status")
@describe("Queue", "What runs and what waits, in short", answers={200: QueueStatusAnswer})
def queue_status() -> Response:
    rows, current = _rows()
    return respond(QueueStatusAnswer(queue_length=len(rows), current_job=current, jobs=rows))


@blueprint.get("/queue", endpoint="queue")
@blueprint.get("/api/queue", endpoint="queue_api")
@describe("Queue", "What runs and what waits", answers={200: QueueAnswer}, has_page=True)
def queue() -> Response:
    who = principal()
    with db.read() as session:
        line = Line.read(session, settings())
        terms = Terms.read(session, who, settings(), catalogue())
        rows = [QueueRow.of(job, line, who) for job in (*line.running, *line.waiting)]
        running = [JobCard.in_public(job, line, who) for job in line.running]
        waiting = [JobCard.in_public(job, line, who, terms) for job in line.waiting]
        picture = picture_of(line, who)
    version = version_of([*running, *waiting], line.worker)
    if wants_fragment() and request.args.get("seen") == version:
        return make_response("", 204)
    return respond(
        QueueAnswer(jobs=rows, current_job=_current(line), total=len(rows)),
        template="jobs/queue.html",
        block="queue",
        running=running,
        jobs=waiting,
        worker=line.worker,
        queue_version=version,
        policy=PolicyAnswer.of(settings()),
        picture=picture,
    )


@blueprint.get("/api/queue/policy")
@describe("Queue", "The rules of the queue as data", answers={200: PolicyAnswer})
def policy() -> Response:
    return respond(PolicyAnswer.of(settings()))


@blueprint.get("/api/queue/skip-pricing")
@describe("Queue", "What a skip costs, by the length of the sound", answers={200: PricingAnswer})
def pricing() -> Response:
    rows = [PriceAnswer(max_duration=price.max_duration, cost=price.cost, label=price.label) for price in PRICES]
    return respond(PricingAnswer(pricing=rows))


def _rows() -> tuple[list[QueueRow], str | None]:
    with db.read() as session:
        line = Line.read(session, settings())
        rows = [QueueRow.of(job, line, principal()) for job in (*line.running, *line.waiting)]
    return rows, _current(line)


def _current(line: Line) -> str | None:
    return shown_id(line.running[0], principal()) if line.running else None


def _owned(session: Session, job_id: str) -> Job:
    principal().demand("generate")
    job = readable(session, job_id)
    if not principal().may_manage(job.user_id):
        raise Refusal(403, "Not authorized to cancel this job")
    session.refresh(job, with_for_update={"of": Job})  # or a worker could start it between our look and our verb
    return job


def _cancel(session: Session, job: Job) -> None:
    audit_power(session, principal(), job.user_id, "job.cancel", f"job:{job.id}", prompt=job.prompt[:80])
    cancel_job(session, job, by_owner=principal().owns(job.user_id))


def _ended(job_id: str) -> Response:
    _, card = views(job_id)
    see = url_for("jobs.show", job_id=job_id)
    return respond(CancelAnswer(), template="jobs/show.html", block="job", see=see, say="Cancelled.", job=card)
