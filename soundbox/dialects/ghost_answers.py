"""What the dialect of Ghost Studio takes and answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from flask import url_for
from pydantic import BaseModel, Field, field_validator

from soundbox.clock import iso_micro
from soundbox.jobs.models import Job, State
from soundbox.presets.house import house_presets
from soundbox.presets.preset import Preset
from soundbox.tracks.answers import plain_number
from soundbox.web.bodies import Body, Number, Text, WholeNumber

SHORTEST_SECONDS, LONGEST_SECONDS = 1, 30
MOST_LISTED = 500
Word = Literal["queued", "running", "done", "error"]
WORDS: dict[State, Word] = {
    State.queued: "queued",
    State.processing: "running",
    State.completed: "done",
    State.failed: "error",
}
STATES: dict[Word, State] = {word: state for state, word in WORDS.items()}


class GhostPreset(BaseModel):
    name: str
    description: str
    prompt_base: str
    suggested_bpm: float | int | None
    suggested_duration: float | int = Field(description="Seconds")
    seed: int | None
    tags: list[str]
    parameters: dict[str, Any]

    @classmethod
    def of(cls, preset: Preset) -> GhostPreset:
        return cls(
            name=preset.name,
            description=preset.description,
            prompt_base=preset.prompt_base,
            suggested_bpm=plain_number(preset.suggested_bpm) if preset.suggested_bpm else None,
            suggested_duration=plain_number(preset.suggested_duration),
            seed=preset.seed,
            tags=list(preset.tags),
            parameters=preset.parameters,
        )


class GhostPresets(BaseModel):
    presets: dict[str, GhostPreset]
    count: int


class GhostBody(Body):
    preset: Text = ""
    prompt_extra: Text = Field("", description="Goes behind the words of the preset")
    duration: Number | None = Field(None, description="Seconds, 1 to 30, in place of the preset's")

    @field_validator("duration")
    @classmethod
    def _duration_is_possible(cls, seconds: float | None) -> float | None:
        if seconds is not None and not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise ValueError(f"Duration must be between {SHORTEST_SECONDS} and {LONGEST_SECONDS} seconds")
        return seconds


class GhostAccepted(BaseModel):
    ok: bool = True
    job_id: str
    status: Word = "queued"
    message: str = "Job created and processing started"


class GhostQuery(Body):
    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_LISTED)] = 50
    status: Word | None = None


class GhostJob(BaseModel):
    id: str
    preset: str
    prompt_extra: str
    duration: float | int = Field(description="Seconds")
    status: Word
    progress: str
    output_url: str | None
    error_message: str | None
    created_at: str
    completed_at: str | None

    @classmethod
    def of(cls, job: Job) -> GhostJob:
        word = WORDS[State(job.status)]
        return cls(
            id=dashed(job.id),
            preset=job.preset or "",
            prompt_extra=_added_to_preset(job),
            duration=plain_number(job.seconds),
            status=word,
            progress=f"Job {word}",
            output_url=url_for("ghost.output", file=f"{job.id}.wav") if word == "done" else None,
            error_message=(job.error or "Generation failed") if word == "error" else None,
            created_at=iso_micro(job.created_ms),
            completed_at=iso_micro(job.finished_ms) if job.finished_ms else None,
        )


class GhostJobs(BaseModel):
    jobs: list[GhostJob]
    count: int
    total_count: int


class GhostDeleted(BaseModel):
    ok: bool = True
    message: str


class GhostStats(BaseModel):
    total_jobs: int
    total_presets: int
    status_breakdown: dict[Word, int]
    available_presets: list[str]


def dashed(job_id: str) -> str:
    """123e4567-e89b-12d3-a456-426614174000, as the document prints ids."""
    return str(UUID(job_id))


def _added_to_preset(job: Job) -> str:
    preset = house_presets().get(job.preset or "")
    return job.prompt.removeprefix(preset.prompt_base).lstrip(", ") if preset else job.prompt
