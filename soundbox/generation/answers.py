"""What asking for sound answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundbox.web.bodies import Body, Text


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


class UnderstandQuery(Body):
    prompt: Annotated[Text, Field(max_length=2000)] = ""
    model: str = Field("music", max_length=32)
    seen: str = Field("", max_length=32, description="The `version` shown already: 204 if it is the same")


class UnderstandAnswer(BaseModel):
    understood: list[str] = Field(description="What the words say, as people read it")
    style: str | None
    tempo: float | None = Field(description="Beats a minute")
    key: str | None
    version: str = Field(description="Changes with what is understood")
