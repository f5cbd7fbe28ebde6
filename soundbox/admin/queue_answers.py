"""What those who run the queue ask of it, and what programs read."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.clock import iso_z
from soundbox.jobs.halting import LONGEST_WHY, Halt
from soundbox.jobs.line import Line
from soundbox.jobs.models import Job
from soundbox.web.bodies import Body, Text

JobId = Annotated[Text, Field(max_length=64)]


class HaltBody(Body):
    halt: Halt = Field(Halt.none, description='"paused": nothing starts; "draining": nothing comes in; "": all goes on')
    reason: Annotated[Text, Field(max_length=LONGEST_WHY)] = Field("", description="Everybody reads it")


class MoveBody(Body):
    job: JobId
    behind: JobId = Field("", description="A waiting job; empty: to the front, behind paid skips")


class JobBody(Body):
    job: JobId


class WaitingRow(BaseModel):
    id: str
    status: str
    position: int
    person_id: str
    person: str
    tier: str
    model: str
    prompt: str
    seconds: float
    skipped: bool
    at_most: int | None
    why: list[str]

    @classmethod
    def of(cls, job: Job, line: Line) -> WaitingRow:
        return cls(
            id=job.id,
            status=job.status,
            position=line.position(job),
            person_id=job.user.public_id,
            person=job.user.display_name,
            tier=job.tier,
            model=job.model,
            prompt=job.prompt,
            seconds=job.seconds,
            skipped=job.as_waiting().skipped,
            at_most=line.at_most(job),
            why=line.why(job, to_owner=False),
        )


class FailedRow(BaseModel):
    id: str
    person_id: str
    person: str
    model: str
    prompt: str
    error: str
    at: str

    @classmethod
    def of(cls, job: Job) -> FailedRow:
        return cls(
            id=job.id,
            person_id=job.user.public_id,
            person=job.user.display_name,
            model=job.model,
            prompt=job.prompt,
            error=job.error or "",
            at=iso_z(job.finished_ms or job.created_ms),
        )


class AdminQueueAnswer(BaseModel):
    halt: Halt
    reason: str
    worker: str
    jobs: list[WaitingRow] = Field(description="What runs, then what waits, in the order of starts")
    failed: list[FailedRow] = Field(description="Of the last day, the latest first")
    failed_total: int


class Moved(BaseModel):
    success: bool = True
    message: str
    position: int = Field(description="Where it stands now; 0 when it does not wait")
