"""The API of the document "AI Music Generation API" (ACE-Step 1.5), over the same queue, tracks and files.

A session is a guest: `session_id`, the cookie of the whole product. What it asks for is private to it.
"""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, make_response
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import limit_to, principal, take_as_session
from soundbox.extensions import db, limiter
from soundbox.generation.accepting import accept
from soundbox.jobs.cancelling import cancel as cancel_job
from soundbox.jobs.line import Line
from soundbox.jobs.models import Job, State
from soundbox.tracks.instance import settings
from soundbox.tracks.routes import audio as sound_of
from soundbox.web.bodies import parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import as_json

from .ace_answers import DURATIONS, WORDS, AceAccepted, AceBody, AceJob
from .door import WAITING_JOBS, limited_by_address, refusing_with, session_key

blueprint = Blueprint("ace", __name__)
PREFIXES = ("/api/generate", "/api/jobs/", "/api/audio/")

GROUP = "ACE-Step API"
session_limit = limiter.shared_limit("5/minute", "ace", key_func=session_key)
THEIRS = {403: "It belongs to another session", 404: "There is no such job"}


@blueprint.before_request
def begin() -> None:
    take_as_session()
    limit_to(WAITING_JOBS, max(DURATIONS))


@blueprint.post("/api/generate")
@limited_by_address
@describe(
    GROUP,
    "Ask for a piece of music",
    body=AceBody,
    answers={202: AceAccepted},
    example='{"prompt": "Relaxing piano music with gentle rain sounds", "duration": 60, "genre": "ambient"}',
    refusals={422: "What is wrong with the body", 429: "Five a minute were asked for", 503: "Queue is full"},
)
def generate() -> Response:
    principal().demand("generate")
    is_new = principal().user_id is None
    if not is_new:
        _count()
    with refusing_with(422):
        answer = accept(parse_body(AceBody).request)
    if is_new:
        _count()
    with db.read() as session:
        line, job = Line.read(session, settings()), Job.of_id(session, answer.job_id)
        wait = ceil(line.finished_in(job).p50) if job else 0
    return as_json(AceAccepted(job_id=answer.job_id, estimated_wait=wait), 202)


@blueprint.get("/api/jobs/<job_id>")
@describe(GROUP, "How a job stands", answers={200: AceJob}, refusals=THEIRS)
def show(job_id: str) -> Response:
    with db.read() as session:
        return as_json(AceJob.of(_own(session, job_id)))


@blueprint.delete("/api/jobs/<job_id>")
@describe(
    GROUP,
    "Cancel a job that has not started",
    answers={204: None},
    refusals={409: "It has started, or ended", **THEIRS},
)
def cancel(job_id: str) -> Response:
    principal().demand("generate")
    with db.money() as session:
        job = _own(session, job_id)
        audit_power(session, principal(), job.user_id, "job.cancel", f"job:{job.id}", prompt=job.prompt[:80])
        if job.status != State.queued or not cancel_job(session, job, by_owner=principal().owns(job.user_id)):
            raise Refusal(409, f"Cannot cancel a job that is {WORDS[State(job.status)]}")
    return make_response("", 204)


@blueprint.get("/api/audio/<job_id>")
@describe(
    GROUP,
    "The sound of a finished job",
    answers={200: bytes, 206: bytes},
    media=("audio/wav",),
    refusals={410: "Its file is gone", 416: "It has no such range", **THEIRS},
)
def audio(job_id: str) -> Response:
    with db.read() as session:
        job = _own(session, job_id)
    if job.status != State.completed:
        raise Refusal(404, "Audio file not found: the job is not finished")
    return make_response(sound_of(f"{job.id}.wav"))


def _count() -> None:
    """This request to its session: one that is new exists only once something was accepted."""
    with session_limit:
        pass


def _own(session: Session, job_id: str) -> Job:
    job = Job.of_id(session, job_id)
    if job is None:
        raise Refusal(404, "Job not found")
    if not principal().may_manage(job.user_id):
        raise Refusal(403, "This job belongs to another session")
    return job
