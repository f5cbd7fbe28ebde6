"""The API of the document "Ghost Studio": presets and jobs made of them, over the same queue, tracks and files.

Its programs keep no cookie, so who holds the id of a job may read it; ids are given with dashes and taken with or
without.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.models import Kind
from soundbox.accounts.principal import limit_to, principal
from soundbox.extensions import db
from soundbox.generation.accepting import accept
from soundbox.generation.request import GenerationRequest
from soundbox.jobs.cancelling import cancel as cancel_job
from soundbox.jobs.models import CANCELLED, Job, State
from soundbox.jobs.showing import readable
from soundbox.presets.finding import find
from soundbox.presets.house import house_presets
from soundbox.tracks.access import owned
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.tracks.removal import remove, remove_files
from soundbox.tracks.routes import audio as sound_of
from soundbox.web.bodies import checked, parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import as_json

from .door import WAITING_JOBS, limited_by_address, refusing_with
from .ghost_answers import (
    LONGEST_SECONDS,
    STATES,
    WORDS,
    GhostAccepted,
    GhostBody,
    GhostDeleted,
    GhostJob,
    GhostJobs,
    GhostPreset,
    GhostPresets,
    GhostQuery,
    GhostStats,
    dashed,
)

blueprint = Blueprint("ghost", __name__)
PREFIXES = ("/api/v1/ghost/", "/output/")

GROUP = "Ghost Studio"
NO_JOB = {404: "Job not found"}


@blueprint.before_request
def begin() -> None:
    limit_to(None if principal().kind == Kind.owner else WAITING_JOBS, LONGEST_SECONDS)


@blueprint.get("/api/v1/ghost/presets")
@describe(GROUP, "All presets that everybody has", answers={200: GhostPresets})
def presets() -> Response:
    known = {slug: GhostPreset.of(preset) for slug, preset in house_presets().items()}
    return as_json(GhostPresets(presets=known, count=len(known)))


@blueprint.post("/api/v1/ghost/job")
@limited_by_address
@describe(
    GROUP,
    "Make something of a preset",
    body=GhostBody,
    answers={200: GhostAccepted},
    example='{"preset": "trap_808", "prompt_extra": "with heavy bass", "duration": 10}',
    refusals={429: "Too many were asked for", 503: "Queue is full"},
)
def create() -> Response:
    principal().demand("generate")
    with refusing_with(400):
        asked = parse_body(GhostBody)
        with db.read() as session:
            if not find(session, principal(), asked.preset):
                raise Refusal(400, f"Preset '{asked.preset[:64]}' not found")
        answer = accept(checked(GenerationRequest, _wanted(asked)))
    return as_json(GhostAccepted(job_id=dashed(answer.job_id)))


@blueprint.get("/api/v1/ghost/jobs")
@describe(GROUP, "One's own jobs, the newest first", query=GhostQuery, answers={200: GhostJobs})
def jobs() -> Response:
    query = parse_query(GhostQuery)
    with db.read() as session:
        mine = (Job.user_id == principal().user_id, *_is_there())
        total = session.scalar(select(func.count()).select_from(Job).where(*mine)) or 0
        asked = select(Job).where(*mine)
        if query.status:
            asked = asked.where(Job.status == STATES[query.status])
        newest = asked.order_by(Job.created_ms.desc(), Job.seq.desc()).limit(query.limit)
        found = [GhostJob.of(job) for job in session.scalars(newest)]
    return as_json(GhostJobs(jobs=found, count=len(found), total_count=total))


@blueprint.get("/api/v1/ghost/jobs/<job_id>")
@describe(GROUP, "How a job stands", answers={200: GhostJob}, refusals=NO_JOB)
def show(job_id: str) -> Response:
    with db.read() as session:
        return as_json(GhostJob.of(_found(session, job_id)))


@blueprint.delete("/api/v1/ghost/jobs/<job_id>")
@describe(
    GROUP,
    "Take a job out of the queue, or delete what it made; not while it runs",
    answers={200: GhostDeleted},
    refusals={400: "It runs", 403: "It is somebody else's", **NO_JOB},
)
def delete(job_id: str) -> Response:
    who = principal()
    who.demand("generate")
    with db.money() as session:
        job = _found(session, job_id)
        if not who.may_manage(job.user_id):
            raise Refusal(403, "Not authorized to delete this job")
        session.refresh(job, with_for_update={"of": Job})  # or a worker could start it meanwhile
        audit_power(session, who, job.user_id, "job.delete", f"job:{job.id}", prompt=job.prompt[:80])
        stem = _delete(session, job)
    remove_files(media(), stem)
    return as_json(GhostDeleted(message=f"Job {dashed(job.id)[:8]}... deleted"))


@blueprint.get("/api/v1/ghost/stats")
@describe(GROUP, "How one's own jobs stand; for an admin, everybody's", answers={200: GhostStats})
def stats() -> Response:
    who = principal()
    whose = () if who.is_admin else (Job.user_id == who.user_id,)
    with db.read() as session:
        rows = session.execute(select(Job.status, func.count()).where(*whose, *_is_there()).group_by(Job.status))
        counts = Counter({WORDS[State(status)]: count for status, count in rows})
    names = list(house_presets())
    return as_json(
        GhostStats(
            total_jobs=counts.total(),
            total_presets=len(names),
            status_breakdown={word: counts[word] for word in ("done", "running", "queued", "error")},
            available_presets=names,
        )
    )


@blueprint.get("/output/<file>")
@describe(
    GROUP,
    "The sound of a job that is done",
    answers={200: bytes, 206: bytes},
    media=("audio/wav",),
    refusals={410: "Its file is gone", 416: "It has no such range", 404: "There is no such file"},
)
def output(file: str) -> Response:
    if not file.endswith(".wav"):
        raise Refusal(404, "Audio file not found")
    return sound_of(file)


def _wanted(asked: GhostBody) -> dict[str, Any]:
    wanted = {"preset": asked.preset, "prompt": asked.prompt_extra}
    return wanted if asked.duration is None else {**wanted, "duration": asked.duration}


def _found(session: Session, job_id: str) -> Job:
    """Of those that are there still. Raises `Refusal` 404."""
    try:
        job = readable(session, UUID(job_id).hex)
    except ValueError:
        raise Refusal(404, "Job not found") from None
    if not session.scalar(select(Job.id).where(Job.id == job.id, *_is_there())):
        raise Refusal(404, "Job not found")
    return job


def _is_there() -> tuple[ColumnElement[bool], ...]:
    """Not deleted: what is cancelled, or made a track that is gone, was taken away."""
    has_track = select(Track.id).where(Track.id == Job.id).exists()
    unmade = Job.status.in_((State.queued, State.processing, State.failed))
    return or_(unmade, (Job.status == State.completed) & has_track), Job.made_for.is_(None)


def _delete(session: Session, job: Job) -> str | None:
    """Returns the stem of files to be removed after the commit."""
    match job.status:
        case State.processing:
            raise Refusal(400, "Cannot delete a running job")
        case State.queued:
            cancel_job(session, job, by_owner=principal().owns(job.user_id))
        case State.completed:
            return remove(session, owned(session, principal(), job.id))
        case _:
            job.status, job.error = State.cancelled, CANCELLED  # the row stays: it counts for limits of an hour
    return None
