"""What agents find of this instance: the card of the Agent2Agent protocol 0.3 (a2a-protocol.org)."""

from __future__ import annotations

from typing import Any

from flask import url_for

from soundbox import __version__
from soundbox.engines.protocol import ModelInfo

from .answers import DESCRIPTION, NAME, models_here


def agent_card() -> dict[str, Any]:
    """What is offered is HTTP with JSON, as OpenAPI tells it, and the card says so: nothing here takes the messages of
    that protocol."""
    return {
        "protocolVersion": "0.3.0",
        "name": NAME,
        "description": f"{DESCRIPTION} Use it as the OpenAPI document at its url tells; it takes no messages of A2A.",
        "url": url_for("docs.openapi", _external=True),
        "preferredTransport": "HTTP+JSON",
        "documentationUrl": url_for("docs.page", _external=True),
        "version": __version__,
        "capabilities": {"streaming": False, "pushNotifications": False, "stateTransitionHistory": False},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        "security": [{}, {"bearer": []}],
        "defaultInputModes": ["text/plain", "application/json"],
        "defaultOutputModes": ["application/json", "audio/wav"],
        "skills": [*map(_making, models_here()), SEARCHING, LISTENING],
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
