"""The API of the document "AI Music Generation API" (ACE-Step 1.5), over the same queue, tracks and files.

A session is a guest: `session_id`, the cookie of the whole product. What it asks for is private to it.
"""

from __future__ import annotations

from math import ceil
from typing import Annotated, Any, ClassVar, Literal

from flask import Blueprint, Response, make_response, url_for
from pydantic import BaseModel, Field, field_validator
from sqlalchemy.orm import Session

from soundbox.accounts.principal import limit_to, principal, take_as_session
from soundbox.clock import iso_micro
from soundbox.extensions import db, limiter
from soundbox.generation.accepting import accept
from soundbox.generation.request import LONGEST_PROMPT, GenerationRequest
from soundbox.jobs.cancelling import cancel as cancel_job
from soundbox.jobs.line import Line
from soundbox.jobs.models import CANCELLED, Job, State
from soundbox.tracks.instance import settings
from soundbox.tracks.models import Visibility
from soundbox.tracks.routes import audio as sound_of
from soundbox.web.bodies import Body, Text, WholeNumber, checked, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import as_json

from .door import WAITING_JOBS, limited_by_address, refusing_with, session_key

blueprint = Blueprint("ace", __name__)
PREFIXES = ("/api/generate", "/api/jobs/", "/api/audio/")

GROUP = "ACE-Step API"
MODEL = "music"
DURATIONS = (30, 60, 120)  # seconds
session_limit = limiter.shared_limit("5/minute", "ace", key_func=session_key)
WORDS = {
    State.queued: "queued",
    State.processing: "started",
    State.completed: "finished",
    State.failed: "failed",
    State.cancelled: "failed",
}
THEIRS = {403: "It belongs to another session", 404: "There is no such job"}


class AceBody(Body):
    prompt: Text = Field("", validate_default=True, description="1-500 characters")
    duration: WholeNumber = Field(60, description="Seconds: 30, 60 or 120")
    genre: Annotated[Text, Field(max_length=64)] = Field("", description="A hint such as jazz; may be left out")

    @field_validator("prompt")
    @classmethod
    def _prompt_fits(cls, prompt: str) -> str:
        if not prompt:
            raise ValueError("Prompt is required")
        if len(prompt) > LONGEST_PROMPT:
            raise ValueError(f"Prompt has {len(prompt)} characters; at most {LONGEST_PROMPT} are possible")
        return prompt

    @field_validator("duration")
    @classmethod
    def _duration_is_offered(cls, seconds: int) -> int:
        if seconds not in DURATIONS:
            raise ValueError("Duration must be 30, 60 or 120 seconds")
        return seconds

    @property
    def request(self) -> GenerationRequest:
        """The hint stands behind the prompt, where there is room for it and it says something new."""
        both = f"{self.prompt}, {self.genre}"
        says_more = self.genre and self.genre.casefold() not in self.prompt.casefold()
        prompt = both if says_more and len(both) <= LONGEST_PROMPT else self.prompt
        wanted = {"prompt": prompt, "duration": self.duration, "model": MODEL, "visibility": Visibility.private}
        return checked(GenerationRequest, wanted)


class AceAccepted(BaseModel):
    job_id: str
    status: Literal["queued"] = "queued"
    estimated_wait: int = Field(description="Seconds until it can be heard, as likely earlier as later")


class AceJob(BaseModel):
    omits_none: ClassVar[bool] = True

    job_id: str
    status: str = Field(description="queued, started, finished or failed")
    created_at: str
    enqueued_at: str
    audio_url: str | None = None
    error: str | None = None

    @classmethod
    def of(cls, job: Job) -> AceJob:
        ended: dict[str, Any] = {}
        if job.status == State.completed:
            ended["audio_url"] = url_for("ace.audio", job_id=job.id)
        elif job.status in (State.failed, State.cancelled):
            ended["error"] = CANCELLED if job.status == State.cancelled else job.error or "Generation failed"
        return cls(
            job_id=job.id,
            status=WORDS[State(job.status)],
            created_at=iso_micro(job.created_ms),
            enqueued_at=iso_micro(job.enqueued_ms),
            **ended,
        )


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
    with db.money() as session:
        job = _own(session, job_id)
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
