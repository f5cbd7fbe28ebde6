"""What people agree to, and what is kept of them."""

from __future__ import annotations

from flask import Blueprint, Response
from markupsafe import Markup
from pydantic import BaseModel, Field

from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .texts import document

blueprint = Blueprint("terms", __name__)


class TextAnswer(BaseModel):
    title: str
    text: str = Field(description="Markdown")
    changed: str = Field(description="YYYY-MM-DD, when it was changed last")
    written_here: bool = Field(description="false: the operator has not written one, this is the software's own")


@blueprint.get("/terms")
@describe("Status", "The terms of this site", answers={200: TextAnswer}, has_page=True)
def terms() -> Response:
    return _page("terms")


@blueprint.get("/privacy")
@describe("Status", "What this site keeps of people", answers={200: TextAnswer}, has_page=True)
def privacy() -> Response:
    return _page("privacy")


def _page(noun: str) -> Response:
    found = document(settings(), noun)
    changed = found.changed.isoformat()
    answer = TextAnswer(title=found.title, text=found.text, changed=changed, written_here=not found.is_default)
    words = f"{found.changed.day} {found.changed:%B %Y}"
    html = Markup(found.html)  # noqa: S704 - rendered without HTML of its own: texts.markdown
    return respond(answer, template="terms/show.html", title=found.title, html=html, changed=changed, words=words)
