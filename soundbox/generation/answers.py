"""What asking for sound answers."""

from __future__ import annotations

from pydantic import BaseModel, Field

from soundbox.web.bodies import Body


class GenerationAnswer(BaseModel):
    success: bool = True
    job_id: str = Field(description="The first take's job")
    jobs: list[str] = Field(description="One job for each take")
    status: str
    position: int
    priority: str
    message: str


class IdeaBody(Body):
    model: str = Field("music", max_length=32)
    seed: int | None = Field(None, ge=0, le=2**32 - 1, description="The same seed gives the same prompt")


class IdeaAnswer(BaseModel):
    prompt: str
