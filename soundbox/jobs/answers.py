"""A job and the queue as programs see them."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import url_for
from pydantic import BaseModel, Field

from soundbox.accounts.principal import Principal
from soundbox.clock import in_words, iso_z
from soundbox.tracks.answers import plain_number
from soundbox.tracks.models import Track, Visibility

from .hearing import playlist_of
from .line import Line
from .models import CANCELLED, Job, State
from .offers import Offer, Terms

PROMPT_SHOWN_TO_OTHERS = 40


class Seconds(BaseModel):
    p50: float = Field(description="As likely earlier as later")
    p90: float = Field(description="Nine of ten are earlier")


class Skip(BaseModel):
    available: bool
    cost: int = Field(description="Aura")
    why: str = Field(description="Why it is not available; empty if it is")
    position: int | None = Field(description="Where it would stand then")
    starts_in: float | None = Field(description="Seconds until it would start then, as likely earlier as later")

    @classmethod
    def of(cls, offer: Offer) -> Skip:
        change = offer.change
        return cls(
            available=offer.available,
            cost=offer.cost,
            why=offer.why,
            position=change.position if change else None,
            starts_in=round(change.starts_in.p50, 1) if change else None,
        )


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
    preset: str | None = Field(None, description="The preset it was asked for with, by its slug")
    takes: list[str] = Field(description="Ids of the takes that were asked for together")
    page_url: str
    playlist_url: str | None = Field(None, description="HLS, once something can be heard of it while it is made")
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

    @classmethod
    def of(
        cls, job: Job, line: Line, terms: Terms, track: Track | None = None, takes: list[str] | None = None
    ) -> JobAnswer:
        facts = {**_always(job, line, track), **_waiting(job, line, terms), **_ended(job, track)}
        return cls(**facts, takes=takes or [job.id])


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
    skipped: bool = Field(description="Paid to skip the queue")
    why: list[str] = Field(description="Why it stands where it stands")
    eta_seconds: Seconds = Field(description="Until it can be heard")
    at_most: int | None = Field(description="Of your own: starts ahead at the latest, whoever comes")
    guarantee: str = Field(description="The same in words")

    @classmethod
    def of(cls, job: Job, line: Line, who: Principal) -> QueueRow:
        mine, waits = who.may_manage(job.user_id), job.status == State.queued
        left = line.finished_in(job)
        at_most = line.at_most(job) if waits and mine else None
        return cls(
            skipped=waits and job.as_waiting().skipped,
            why=line.why(job, to_owner=who.owns(job.user_id)) if waits else [],
            eta_seconds=Seconds(p50=round(left.p50, 1), p90=round(left.p90, 1)),
            at_most=at_most,
            guarantee=guarantee(at_most, line),
            id=shown_id(job, who),
            status=job.status,
            prompt=shown_prompt(job, who),
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


class SkipAnswer(BaseModel):
    success: bool = True
    message: str
    cost: int = Field(description="Aura, set aside until the sound is there")
    new_balance: int = Field(description="Aura that can still be spent")
    held: int = Field(description="Aura set aside, for this and other skips")
    position: int = Field(description="1 = next to start")


class PriceAnswer(BaseModel):
    max_duration: int = Field(description="Seconds of sound, at most")
    cost: int = Field(description="Aura")
    label: str


class PricingAnswer(BaseModel):
    pricing: list[PriceAnswer]
    currency: str = "aura"
    description: str = "Pay with Aura to skip the queue and get your audio faster"


def guarantee(at_most: int | None, line: Line) -> str:
    """The most that can go first, and about how long that takes, by what is made here now."""
    if not at_most:
        return ""
    others = "other" if at_most == 1 else "others"
    return f"At the latest after {at_most} {others}, about {in_words(at_most * line.usual_seconds)}."


def shown_id(job: Job, who: Principal) -> str:
    """The id of a job is the key to it, so strangers see its ticket."""
    return job.id if who.may_manage(job.user_id) else job.ticket


def shown_prompt(job: Job, who: Principal) -> str:
    """Strangers see its beginning, and of a private job nothing."""
    if who.may_manage(job.user_id):
        return job.prompt
    if job.visibility == Visibility.private:
        return "Private"
    cut = job.prompt[: PROMPT_SHOWN_TO_OTHERS - 1].rstrip()
    return job.prompt if len(job.prompt) <= PROMPT_SHOWN_TO_OTHERS else f"{cut}…"


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


def _always(job: Job, line: Line, track: Track | None) -> dict[str, Any]:
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
        "duration": plain_number(track.seconds if track else job.seconds),
        "priority": job.tier,
        "created": iso_z(job.created_ms),
        "retry_count": job.retry_count,
        "seed": job.seed,
        "preset": job.preset,
        "page_url": url_for("jobs.show", job_id=job.id),
        "playlist_url": playlist_of(job) or None,
        "engine": job.engine,
    }


def _waiting(job: Job, line: Line, terms: Terms) -> dict[str, Any]:
    if job.has_ended:
        return {}
    left = line.finished_in(job)
    facts: dict[str, Any] = {"eta_seconds": Seconds(p50=round(left.p50, 1), p90=round(left.p90, 1))}
    if job.status == State.queued:
        facts |= {"why": line.why(job), "at_most": line.at_most(job)}
        facts["skip"] = Skip.of(terms.offer(job, line))
    return facts


def _ended(job: Job, track: Track | None) -> dict[str, Any]:
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
        facts |= {"quality": track.quality, "quality_score": track.quality}
    return facts
