"""Asking a station for a track, or for a sound that is still to be made."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field, model_validator

from soundbox.accounts.principal import Principal, demand_community, principal
from soundbox.clock import iso_z
from soundbox.extensions import db, limiter
from soundbox.generation.accepting import accept
from soundbox.generation.request import GenerationRequest
from soundbox.stations.access import readable
from soundbox.stations.models import Station
from soundbox.tracks import access
from soundbox.web.bodies import Body, Number, Text, parse_body
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import timeline
from .asking import AIRS_WITHIN_FRAMES, Promise, TooManyAsked, ask, promise

blueprint = Blueprint("station_requests", __name__)


class RequestBody(Body):
    track: Annotated[Text, Field(max_length=32)] = Field("", description="A track by its id, one that it plays")
    prompt: Annotated[Text, Field(max_length=500)] = Field("", description="Or words for a new sound")
    duration: Number = Field(20.0, description="Of the new sound, in seconds")

    @model_validator(mode="after")
    def one_of_both(self) -> RequestBody:
        if bool(self.track) == bool(self.prompt):
            raise ValueError("name a track, or give a prompt for a new sound")
        return self


class RequestAnswer(BaseModel):
    success: bool = True
    request_id: str
    track_id: str = Field(description="Of a new sound: also its job's id")
    airs_before: str | None = Field(description="UTC; null while the sound is still to be made")
    airs_within_seconds: int = Field(description="From now, or from when the new sound is finished")
    message: str


@blueprint.post("/api/stations/<slug>/requests")
@limiter.limit("30/hour")
@describe(
    "Stations",
    "Ask a station for a track, or for a new sound: it airs within a stated time",
    body=RequestBody,
    answers={201: RequestAnswer},
    example='{"prompt": "slow rain on a tin roof"}',
    refusals={409: "The station does not play that track", 503: "Queue is full"},
)
def request(slug: str) -> Response:
    who = demand_community()
    body = parse_body(RequestBody)
    with db.read() as session:
        station = readable(session, who, slug)
    track_id = _playable(who, station, body.track) if body.track else _made(who, station, body)
    promised = _asked(station, track_id)
    return respond(_answer(promised), status=201, see=url_for("stations.show", slug=slug), say=_words(promised))


def _playable(who: Principal, station: Station, track_id: str) -> str:
    """Raises `Refusal` 404, and 409 for what the station would never play."""
    with db.read() as session:
        track = access.readable(session, who, track_id)
        if not track.listed or not station.rule.matches(session, track):
            raise Refusal(409, "This station does not play that track", advice="Ask another station for it.")
    return track.id


def _made(who: Principal, station: Station, body: RequestBody) -> str:
    """The job of a new sound, whose id becomes its track's. Raises `Refusal`."""
    who.demand("generate")
    wanted = {"prompt": body.prompt, "duration": body.duration, "model": station.rule.model or "music"}
    return accept(GenerationRequest.model_validate(wanted)).job_id


def _asked(station: Station, track_id: str) -> Promise:
    try:
        with db.write() as session:
            asked = ask(session, station, principal().settle(session), track_id)
            return promise(session, station, asked, timeline.now_frame())
    except TooManyAsked as refused:
        raise Refusal(429, str(refused), advice="Listen until the first of them has been on.") from None


def _answer(promised: Promise) -> RequestAnswer:
    before = promised.airs_before_ms
    within = AIRS_WITHIN_FRAMES if before is None else timeline.frame_at(before) - timeline.now_frame()
    return RequestAnswer(
        request_id=promised.request.id,
        track_id=promised.request.track_id,
        airs_before=iso_z(before) if before else None,
        airs_within_seconds=round(timeline.seconds_of(within)),
        message=_words(promised),
    )


def _words(promised: Promise) -> str:
    if promised.airs_before_ms is None:
        minutes = round(timeline.seconds_of(AIRS_WITHIN_FRAMES) / 60)
        return f"It is being made, and airs within {minutes} minutes after that."
    return f"It airs before {iso_z(promised.airs_before_ms)[11:16]} UTC."
