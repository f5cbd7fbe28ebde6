"""How the instance is: alive, and what its models and its GPU do."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from soundbox import __version__
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import media
from soundbox.web.describe import describe
from soundbox.web.respond import as_json

blueprint = Blueprint("status", __name__)


class Health(BaseModel):
    status: str = Field(description="healthy or unhealthy")
    version: str
    reasons: list[str] = Field(default_factory=list)


@blueprint.get("/health")
@limiter.exempt
@describe(
    "Status", "Alive: the database answers and the media folder can be written", answers={200: Health, 503: Health}
)
def health() -> Response:
    reasons = [reason for reason in (_database_fault(), _media_fault()) if reason]
    answer = Health(status="unhealthy" if reasons else "healthy", version=__version__, reasons=reasons)
    return as_json(answer, 503 if reasons else 200)


def _database_fault() -> str | None:
    try:
        with db.read() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return f"The database does not answer: {type(error).__name__}."
    return None


def _media_fault() -> str | None:
    return None if media().is_writable() else "The media folder cannot be written."
