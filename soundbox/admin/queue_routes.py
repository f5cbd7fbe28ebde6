"""Running the queue: pause, drain, go on, and what becomes of single jobs."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.admins import demand_admin
from soundbox.accounts.audit import audit
from soundbox.accounts.principal import Principal
from soundbox.extensions import db
from soundbox.jobs.cancelling import cancel as cancel_job
from soundbox.jobs.halting import Halt
from soundbox.jobs.halting import halt as halt_queue
from soundbox.jobs.line import Line
from soundbox.jobs.models import Dispatch, Job
from soundbox.jobs.moving import move_behind, move_to_front
from soundbox.jobs.moving import retry as retry_job
from soundbox.tracks.instance import settings
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from .people_answers import Changed
from .queue import Failures
from .queue_answers import AdminQueueAnswer, FailedRow, HaltBody, JobBody, MoveBody, Moved, WaitingRow

blueprint = Blueprint("admin_queue", __name__)

ADMINS_ONLY = {403: "Only admins may do this"}
OF_A_JOB = {**ADMINS_ONLY, 404: "There is no such job"}
VERBS = {Halt.none: "queue.resume", Halt.paused: "queue.pause", Halt.draining: "queue.drain"}
SAID = {
    Halt.none: "The queue goes on.",
    Halt.paused: "Paused: what runs is finished, nothing else starts.",
    Halt.draining: "Draining: nothing new comes in, what waits is made.",
}


@blueprint.get("/admin/queue")
@describe("Admin", "The queue with names, and what failed in the last day", answers={200: AdminQueueAnswer},
          has_page=True, refusals=ADMINS_ONLY)  # fmt: skip
def index() -> Response:
    demand_admin()
    with db.read() as session:
        line = Line.read(session, settings())
        failures = Failures.read(session)
        answer = AdminQueueAnswer(
            halt=line.halted.halt,
            reason=line.halted.why,
            worker=line.worker.text,
            jobs=[WaitingRow.of(job, line) for job in (*line.running, *line.waiting)],
            failed=[FailedRow.of(job) for job in failures.latest],
            failed_total=failures.total,
        )
    return respond(answer, template="admin/queue.html", queue=answer, alive=line.worker.alive)


@blueprint.post("/admin/queue/halt")
@describe("Admin", "Pause the queue, drain it, or let it go on", body=HaltBody, answers={200: Changed}, has_page=True,
          example='{"halt": "paused", "reason": "A disk is changed until 14:00"}', refusals=ADMINS_ONLY)  # fmt: skip
def halt() -> Response:
    who, body = demand_admin(), parse_body(HaltBody)
    with db.write() as session:
        before = halt_queue(session, body.halt, body.reason)
        audit(session, who, VERBS[body.halt], "queue:", before=before, reason=body.reason)
    return respond(Changed(message=SAID[body.halt]), see=url_for(".index"), say=SAID[body.halt])


@blueprint.post("/admin/queue/move")
@describe("Admin", "Move a waiting job to the front or behind another; whoever it passes starts one later",
          body=MoveBody, answers={200: Moved}, has_page=True, example='{"job": "{job_id}"}',
          refusals=OF_A_JOB)  # fmt: skip
def move() -> Response:
    who, body = demand_admin(), parse_body(MoveBody)
    with db.write() as session:
        Dispatch.held(session)
        job = _held(session, body.job)
        if body.behind:
            move_behind(session, job, _held(session, body.behind))
        else:
            move_to_front(session, job)
        session.flush()
        position = Line.read(session, settings()).position(job)
        _note(session, who, job, "job.move", behind=body.behind, position=position)
    said = f"Moved: it stands at place {position} now, and whoever it passed starts one later."
    return respond(Moved(message=said, position=position), see=url_for(".index"), say=said)


@blueprint.post("/admin/queue/retry")
@describe("Admin", "Let a failed job wait again, as if it were asked for now", body=JobBody, answers={200: Moved},
          has_page=True, example='{"job": "{failed_job_id}"}', refusals=OF_A_JOB)  # fmt: skip
def retry() -> Response:
    who, body = demand_admin(), parse_body(JobBody)
    with db.write() as session:
        Dispatch.held(session)
        job = _held(session, body.job)
        _note(session, who, job, "job.retry", error=job.error)
        retry_job(session, job, strict_tiers=settings().queue_strict)
        session.flush()
        position = Line.read(session, settings()).position(job)
    said = f"It waits again, at place {position}."
    return respond(Moved(message=said, position=position), see=url_for(".index"), say=said)


@blueprint.post("/admin/queue/cancel")
@describe("Admin", "End a job, waiting or running; Aura held for it goes back", body=JobBody, answers={200: Changed},
          has_page=True, example='{"job": "{job_id}"}', refusals=OF_A_JOB)  # fmt: skip
def cancel() -> Response:
    who, body = demand_admin(), parse_body(JobBody)
    with db.money() as session:
        job = _held(session, body.job)
        if job.has_ended:
            raise Refusal(400, "Job is not in queue", advice="It has ended already.")
        _note(session, who, job, "job.cancel")
        cancel_job(session, job, by_owner=False)
    return respond(Changed(message="Cancelled."), see=url_for(".index"), say="Cancelled.")


def _held(session: Session, job_id: str) -> Job:
    """By id, locked."""
    query = select(Job).where(Job.id == job_id).with_for_update(of=Job).execution_options(populate_existing=True)
    job = session.scalar(query)
    if job is None:
        raise Refusal(404, "Job not found")
    return job


def _note(session: Session, who: Principal, job: Job, action: str, **detail: object) -> None:
    audit(session, who, action, f"job:{job.id}", person=job.user.display_name, prompt=job.prompt[:80], **detail)
