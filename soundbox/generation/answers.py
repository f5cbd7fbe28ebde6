"""What asking for sound answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.jobs.allowance import Allowance
from soundbox.jobs.answers import Seconds, Skip
from soundbox.web.bodies import Body, Text, WholeNumber


class GenerationAnswer(BaseModel):
    success: bool = True
    job_id: str = Field(description="The first take's job")
    jobs: list[str] = Field(description="One job for each take")
    status: str
    position: int
    priority: str
    message: str


class LimitsAnswer(BaseModel):
    """Of the tier; None: no limit."""

    tier: str
    waiting: int = Field(description="Jobs that wait now")
    most_waiting: int | None
    this_hour: int = Field(description="Jobs asked for in the last hour")
    most_an_hour: int | None
    next_place_seconds: int | None = Field(description="Until one more may be asked for than now")
    longest_seconds: float

    @classmethod
    def of(cls, used: Allowance, longest_seconds: float) -> LimitsAnswer:
        return cls(
            tier=used.limits.name,
            waiting=used.waiting,
            most_waiting=used.limits.waiting_jobs,
            this_hour=len(used.made),
            most_an_hour=used.limits.jobs_an_hour,
            next_place_seconds=used.next_place_in,
            longest_seconds=longest_seconds,
        )


class QuoteAnswer(BaseModel):
    success: bool = True
    dry_run: bool = True
    position: int = Field(description="Of the first take; 1 = next to start")
    priority: str
    eta_seconds: Seconds = Field(description="Until it could be heard")
    why: list[str]
    at_most: int | None = Field(description="Starts ahead at the latest, whoever comes")
    cost: Annotated[int, Field(description="Aura: asking is free")] = 0
    skip: Skip
    limits: LimitsAnswer


class IdeaBody(Body):
    model: str = Field("music", max_length=32)
    seed: WholeNumber | None = Field(None, ge=0, le=2**32 - 1, description="The same seed gives the same prompt")


class IdeaAnswer(BaseModel):
    prompt: str


class UnderstandQuery(Body):
    prompt: Annotated[Text, Field(max_length=2000)] = ""
    model: str = Field("music", max_length=32)
    preset: Text | None = Field(None, max_length=64, description="Whose words come first")
    seen: str = Field("", max_length=32, description="The `version` shown already: 204 if it is the same")


class UnderstandAnswer(BaseModel):
    understood: list[str] = Field(description="What the words say, as people read it")
    style: str | None
    tempo: float | None = Field(description="Beats a minute")
    key: str | None
    left_to_chance: bool = Field(description="Not a word is known to what would make it: chance decides how it sounds")
    version: str = Field(description="Changes with what is understood")
