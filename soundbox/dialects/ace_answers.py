"""What the dialect of the ACE-Step API takes and answers."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from flask import url_for
from pydantic import BaseModel, Field, field_validator

from soundbox.clock import iso_micro
from soundbox.generation.request import LONGEST_PROMPT, GenerationRequest
from soundbox.jobs.models import CANCELLED, Job, State
from soundbox.tracks.models import Visibility
from soundbox.web.bodies import Body, Text, WholeNumber, checked

MODEL = "ace-step"
DURATIONS = (30, 60, 120)  # seconds
WORDS = {
    State.queued: "queued",
    State.processing: "started",
    State.completed: "finished",
    State.failed: "failed",
    State.cancelled: "failed",
}


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
