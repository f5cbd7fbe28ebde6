"""A job as programs and pages see it."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from flask import url_for
from pydantic import BaseModel, Field, PrivateAttr

from soundbox.accounts.principal import Principal
from soundbox.aura.pricing import skip_cost
from soundbox.clock import in_words, iso_z
from soundbox.tracks.answers import TrackAnswer, plain_number

from .line import Line
from .models import CANCELLED, Job, State

PROMPT_SHOWN_TO_OTHERS = 40
ADVICE = "Try again; if it fails once more, change the prompt or the length."


class Seconds(BaseModel):
    p50: float = Field(description="As likely earlier as later")
    p90: float = Field(description="Nine of ten are earlier")


class Skip(BaseModel):
    available: bool
    cost: int = Field(description="Aura")


class JobAnswer(BaseModel):
    omits_none: ClassVar[bool] = True

    id: str
    job_id: str
    status: str = Field(description="queued, processing, completed or failed")
    progress: str
    progress_pct: int
    doing: str = Field(description="What the engine says of it: composing bar 9 of 16")
    position: int = Field(description="1 = next to start, 0 = started")
    prompt: str
    model: str
    duration: float | int
    priority: str
    created: str
    retry_count: int
    seed: int
    takes: list[str] = Field(description="Ids of the takes that were asked for together")
    page_url: str
    filename: str | None = None
    spectrogram: str | None = None
    audio_url: str | None = None
    spectrogram_url: str | None = None
    quality: int | None = None
    quality_score: int | None = None
    generation_id: str | None = None
    engine: str | None = Field(None, description="What really made it")
    completed: str | None = None
    error: str | None = None
    eta_seconds: Seconds | None = Field(None, description="Until it can be heard")
    why: list[str] | None = None
    at_most: int | None = Field(None, description="Starts ahead at the latest, whoever comes")
    skip: Skip | None = None

    _state: str = PrivateAttr("")
    _loop: bool = PrivateAttr(False)
    _mine: bool = PrivateAttr(False)
    _starts_in: str = PrivateAttr("")
    _track: TrackAnswer | None = PrivateAttr(None)

    @classmethod
    def of(
        cls, job: Job, line: Line, who: Principal, track: TrackAnswer | None = None, takes: list[str] | None = None
    ) -> JobAnswer:
        facts = _always(job, line) | _waiting(job, line) | _ended(job, track)
        answer = cls(**facts, takes=takes or [job.id])
        answer._state, answer._loop, answer._track = job.status, job.loop, track
        answer._mine = who.may_manage(job.user_id)
        if job.status == State.queued:
            answer._starts_in = in_words(line.start_in(job).p50)
        return answer

    @property
    def state(self) -> str:
        """Its own word for every state: a cancelled job is not a failed one to the person who cancelled it."""
        return self._state

    @property
    def loop(self) -> bool:
        return self._loop

    @property
    def mine(self) -> bool:
        return self._mine

    @property
    def track(self) -> TrackAnswer | None:
        return self._track

    @property
    def eta_text(self) -> str:
        if self._starts_in:
            return (
                "starts now"
                if self.position == 1 and self._starts_in == "1 s"
                else f"starts in about {self._starts_in}"
            )
        return f"ready in about {in_words(self.eta_seconds.p50)}" if self.eta_seconds else ""

    @property
    def has_ended(self) -> bool:
        return self._state not in (State.queued, State.processing)

    @property
    def cancellable(self) -> bool:
        return self._mine and not self.has_ended

    @property
    def advice(self) -> str:
        return ADVICE if self._state == State.failed else ""

    @property
    def next_poll_seconds(self) -> int:
        """Close to its start often, far from it seldom."""
        return 1 if self.position <= 2 else min(10, self.position)

    @property
    def version(self) -> str:
        """Changes when anything that is shown changes."""
        shown = (self._state, self.progress, self.progress_pct, self.position, self.why, self.at_most, self.eta_text)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


class QueueRow(BaseModel):
    id: str = Field(description="The job's id if it is yours, else its public ticket")
    status: str
    prompt: str
    model: str
    duration: float | int
    priority: str
    position: int
    created: str
    progress: str
    progress_pct: int
    user_id: str
    mine: bool

    @classmethod
    def of(cls, job: Job, line: Line, who: Principal) -> QueueRow:
        mine = who.may_manage(job.user_id)
        return cls(
            id=shown_id(job, who),
            status=job.status,
            prompt=job.prompt if mine else cut(job.prompt),
            model=job.model,
            duration=plain_number(job.seconds),
            priority=job.tier,
            position=line.position(job),
            created=iso_z(job.created_ms),
            progress=progress_text(job),
            progress_pct=job.progress_pct,
            user_id=job.user.public_id,
            mine=mine,
        )


class QueueStatusAnswer(BaseModel):
    queue_length: int
    current_job: str | None
    jobs: list[QueueRow]


class QueueAnswer(BaseModel):
    jobs: list[QueueRow]
    current_job: str | None
    total: int


class CancelAnswer(BaseModel):
    success: bool = True
    message: str = "Job cancelled"


def shown_id(job: Job, who: Principal) -> str:
    """The id of a job is the key to it, so strangers see its ticket."""
    return job.id if who.may_manage(job.user_id) else job.ticket


def cut(prompt: str) -> str:
    return prompt if len(prompt) <= PROMPT_SHOWN_TO_OTHERS else f"{prompt[: PROMPT_SHOWN_TO_OTHERS - 1].rstrip()}…"


def progress_text(job: Job) -> str:
    match job.status:
        case State.queued:
            return "Waiting in queue..."
        case State.processing:
            return f"Generating audio... {job.progress_pct}%"
        case State.completed:
            return "Complete"
        case State.cancelled:
            return CANCELLED
        case _:
            return "Failed"


def _always(job: Job, line: Line) -> dict[str, Any]:
    return {
        "id": job.id,
        "job_id": job.id,
        "status": State.failed if job.status == State.cancelled else job.status,
        "progress": progress_text(job),
        "progress_pct": 100 if job.status == State.completed else job.progress_pct,
        "doing": job.progress if job.status == State.processing else "",
        "position": line.position(job),
        "prompt": job.prompt,
        "model": job.model,
        "duration": plain_number(job.seconds),
        "priority": job.tier,
        "created": iso_z(job.created_ms),
        "retry_count": job.retry_count,
        "seed": job.seed,
        "page_url": url_for("jobs.show", job_id=job.id),
        "engine": job.engine,
    }


def _waiting(job: Job, line: Line) -> dict[str, Any]:
    if job.has_ended:
        return {}
    left = line.finished_in(job)
    facts: dict[str, Any] = {"eta_seconds": Seconds(p50=round(left.p50, 1), p90=round(left.p90, 1))}
    if job.status == State.queued:
        facts |= {"why": line.why(job), "at_most": line.at_most(job)}
        facts["skip"] = Skip(available=False, cost=skip_cost(job.seconds))
    return facts


def _ended(job: Job, track: TrackAnswer | None) -> dict[str, Any]:
    if job.status in (State.failed, State.cancelled):
        return {"error": CANCELLED if job.status == State.cancelled else job.error or "Generation failed"}
    if job.status != State.completed:
        return {}
    facts: dict[str, Any] = {
        "filename": f"{job.id}.wav",
        "spectrogram": f"{job.id}.png",
        "audio_url": url_for("tracks.audio", file=f"{job.id}.wav"),
        "spectrogram_url": url_for("tracks.spectrogram", file=f"{job.id}.png"),
        "generation_id": job.id,
        "completed": iso_z(job.finished_ms or job.created_ms),
    }
    if track is not None:
        facts |= {"duration": track.duration, "quality": track.quality_score, "quality_score": track.quality_score}
    return facts
