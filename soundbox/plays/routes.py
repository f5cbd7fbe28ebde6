"""Counting what is heard."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from soundbox.accounts.principal import principal
from soundbox.extensions import db, limiter
from soundbox.tracks.access import held
from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from . import adoption  # noqa: F401 - it listens
from .listener import listener_of
from .models import Play

blueprint = Blueprint("plays", __name__)


class PlayAnswer(BaseModel):
    success: bool = True
    counted: bool = Field(description="false: this listener was counted within the last 30 minutes, or is the maker")
    plays: int


@blueprint.post("/api/tracks/<track_id>/plays")
@limiter.limit("600/hour")
@describe("Library", "Count a play: once per listener and half hour", answers={200: PlayAnswer})
def count(track_id: str) -> Response:
    who = principal()
    with db.write() as session:
        track = held(session, who, track_id)
        before = track.plays
        is_own = who.owns(track.user_id) and not settings().is_open
        counted = not is_own and Play.count(session, track, listener_of(who))
    return respond(PlayAnswer(counted=counted, plays=before + counted))
