"""What this instance is, as programs and language models find out."""

from __future__ import annotations

from typing import Annotated

from flask import current_app, url_for
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from soundbox import __version__
from soundbox.accounts.models import SCOPES
from soundbox.docs.openapi import operations
from soundbox.engines.protocol import ModelInfo
from soundbox.status.gpu import Gpu, read_gpu
from soundbox.tracks.instance import catalogue, settings
from soundbox.tracks.totals import kind_counts

NAME = "Sound Box"
DESCRIPTION = (
    "Makes music, sound effects and speech from words, and keeps them in a public library with search, votes and radio."
)
MADE = {"music": "music", "audio": "sound-effects", "tts": "speech"}  # by kind, where a model is here for it
ALWAYS = ("loops", "library", "search", "votes", "playlists", "radio")


class ModelOffer(BaseModel):
    id: str
    kind: str = Field(description="music, audio or tts")
    engine: str = Field(description="What really makes the sound")
    max_seconds: float
    sample_rate: int
    channels: int
    licence: str = Field(description="SPDX id of what comes out")
    commercial_use: bool
    parameters: list[str]
    relations: list[str] = Field(description="What it makes of any sound of its kind: vary, extend, reference")
    own_relations: list[str] = Field(
        description="What it makes of a sound that the same engine made, where that differs"
    )

    @classmethod
    def of(cls, info: ModelInfo) -> ModelOffer:
        """Of one voice, where a model has many."""
        return cls.model_validate(info, from_attributes=True)


class LibraryTotals(BaseModel):
    total: int
    music: int
    audio: int
    tts: int


class Auth(BaseModel):
    mode: str = Field(description="open: everybody is the owner; accounts: people are guests or members")
    guests: bool = Field(description="May somebody without an account ask for sound?")
    scheme: Annotated[str, Field(description="Of tokens, which members make in their settings")] = "bearer"
    scopes: list[str]


class Endpoint(BaseModel):
    method: str
    path: str
    summary: str


class Links(BaseModel):
    openapi: str
    docs: str
    agent_card: str
    llms: str


class Manifest(BaseModel):
    name: str = NAME
    version: str = __version__
    description: str = DESCRIPTION
    capabilities: list[str]
    models: list[ModelOffer]
    gpu: Gpu
    library: LibraryTotals
    auth: Auth
    endpoints: list[Endpoint]
    discovery: Links

    @classmethod
    def here(cls, session: Session) -> Manifest:
        config, models = settings(), models_here()
        kinds = {info.kind for info in models}
        return cls(
            capabilities=[*(word for kind, word in MADE.items() if kind in kinds), *ALWAYS],
            models=[ModelOffer.of(info) for info in models],
            gpu=read_gpu(config.device),
            library=LibraryTotals(**kind_counts(session)),
            auth=Auth(mode=config.mode, guests=config.is_open or config.guests, scopes=list(SCOPES)),
            endpoints=endpoints(),
            discovery=Links(**links()),
        )


def models_here() -> list[ModelInfo]:
    """What makes each model's sounds where nothing else is asked for."""
    known = catalogue()
    return [known.info_for(info.id, {}) or info for info in known.models()]


def endpoints() -> list[Endpoint]:
    """Every route, as the OpenAPI document has it."""
    return [
        Endpoint(method=found.method.upper(), path=found.path, summary=found.description.summary)
        for found in operations(current_app)
    ]


def links() -> dict[str, str]:
    return {
        "openapi": url_for("docs.openapi", _external=True),
        "docs": url_for("docs.page", _external=True),
        "agent_card": url_for("discovery.agent_card", _external=True),
        "llms": url_for("discovery.llms", _external=True),
    }
