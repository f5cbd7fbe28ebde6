"""What this instance is, as programs and language models find out."""

from __future__ import annotations

from typing import Annotated, Any

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
CAPABILITIES = ("music", "sound-effects", "speech", "loops", "library", "search", "votes", "playlists", "radio")


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

    @classmethod
    def of(cls, info: ModelInfo) -> ModelOffer:
        return cls(
            **{name: getattr(info, name) for name in cls.model_fields if name != "parameters"},
            parameters=list(info.parameters),
        )


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
        config = settings()
        return cls(
            capabilities=list(CAPABILITIES),
            models=[ModelOffer.of(info) for info in catalogue().models()],
            gpu=read_gpu(config.device),
            library=LibraryTotals(**kind_counts(session)),
            auth=Auth(mode=config.mode, guests=config.is_open or config.guests, scopes=list(SCOPES)),
            endpoints=endpoints(),
            discovery=Links(**links()),
        )


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


def agent_card() -> dict[str, Any]:
    """Of the Agent2Agent protocol 0.3 (a2a-protocol.org). What is offered is HTTP with JSON, as OpenAPI tells it; there
    is no endpoint for that protocol's own messages."""
    return {
        "protocolVersion": "0.3.0",
        "name": NAME,
        "description": DESCRIPTION,
        "url": url_for("docs.openapi", _external=True),
        "preferredTransport": "HTTP+JSON",
        "documentationUrl": url_for("docs.page", _external=True),
        "version": __version__,
        "capabilities": {"streaming": False, "pushNotifications": True, "stateTransitionHistory": False},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        "security": [{}, {"bearer": []}],
        "defaultInputModes": ["text/plain", "application/json"],
        "defaultOutputModes": ["application/json", "audio/wav"],
        "skills": [*map(_making, catalogue().models()), SEARCHING, LISTENING],
    }


def _making(info: ModelInfo) -> dict[str, Any]:
    return {
        "id": f"generate-{info.id}",
        "name": f"Make {KINDS[info.kind]} with {info.id}",
        "description": f"{info.engine} makes {KINDS[info.kind]} of up to {info.max_seconds:g} seconds from a prompt.",
        "tags": ["generate", info.kind, info.licence],
        "examples": [EXAMPLES[info.kind]],
        "outputModes": ["audio/wav"],
    }


KINDS = {"music": "music", "audio": "a sound effect", "tts": "speech"}
EXAMPLES = {
    "music": "slow ambient pads with distant piano, 70 bpm",
    "audio": "rain on a tin roof with far thunder",
    "tts": "Good morning. Your order is ready.",
}
SEARCHING = {
    "id": "search-library",
    "name": "Search the library",
    "description": "Finds public sounds by words, kind, category, length, tempo, key and licence.",
    "tags": ["search", "library"],
    "examples": ["short rain loops that may be used commercially"],
}
LISTENING = {
    "id": "radio",
    "name": "Play the radio",
    "description": "Gives the next track of the radio or of a station, without repeating what was heard.",
    "tags": ["radio", "listen"],
    "examples": ["something calm that I have not heard yet"],
}
