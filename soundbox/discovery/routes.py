"""How programs find out what this is and how to use it, without reading pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template

from soundbox.extensions import db
from soundbox.web.describe import describe
from soundbox.web.respond import as_json

from .agent_card import agent_card
from .answers import DESCRIPTION, Manifest, links

blueprint = Blueprint("discovery", __name__)

GROUP = "Discovery"
MARKDOWN = "text/markdown"


@blueprint.get("/api/manifest")
@describe(GROUP, "What this instance is, makes, holds and asks for", answers={200: Manifest})
def manifest() -> Response:
    with db.read() as session:
        return as_json(Manifest.here(session))


@blueprint.get("/.well-known/agent-card.json", endpoint="agent_card")
@describe(GROUP, "The same for agents, as the Agent2Agent protocol has it", answers={200: dict[str, Any]})
def card() -> Response:
    return as_json(agent_card())


@blueprint.get("/llms.txt")
@describe(GROUP, "The same for language models, as Markdown (llmstxt.org)", answers={200: bytes}, media=(MARKDOWN,))
def llms() -> Response:
    text = render_template("discovery/llms.md", links=links(), description=DESCRIPTION)
    return current_app.response_class(text, mimetype=MARKDOWN)
