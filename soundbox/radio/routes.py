"""The front door: type a sound, hear what is fresh, and what is on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from pydantic import BaseModel

from soundbox.accounts.principal import principal
from soundbox.engines.ideas import random_prompt
from soundbox.extensions import db
from soundbox.presets.tiles import preset_tiles
from soundbox.stations.cards import station_cards
from soundbox.stations.models import Station
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.browse import browse
from soundbox.tracks.cards import cards_of
from soundbox.tracks.filters import Filters
from soundbox.web.describe import describe
from soundbox.web.respond import respond

blueprint = Blueprint("radio", __name__)

FRESH_TRACKS = 13  # the newest as a record, a dozen on the wall
STATIONS = 6
PRESETS = 6
EXAMPLES = ("music", "audio", "music", "audio")


class HomeAnswer(BaseModel):
    fresh: list[TrackAnswer]


@blueprint.get("/")
@describe("Radio", "The front page: the newest public tracks", answers={200: HomeAnswer}, has_page=True)
def home() -> Response:
    who = principal()
    with db.read() as session:
        newest = browse(session, Filters(), "recent", 1, FRESH_TRACKS)
        fresh = [TrackAnswer.of(track) for track in newest.tracks]
        cards = cards_of(session, newest.tracks, who)
        presets = preset_tiles(session, who)[:PRESETS]
        stations = station_cards(session, Station.all_shown(session), who) if cards else []
    examples = [random_prompt(kind, None) for kind in EXAMPLES]
    form: dict[str, Any] = {"values": {}, "errors": {}, "error": None}
    return respond(
        HomeAnswer(fresh=fresh),
        template="radio/home.html",
        fresh=cards,
        stations=[station for station in stations if station.cover][:STATIONS],
        examples=examples,
        presets=presets,
        form=form,
    )
