"""Keeping the wall in order."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, url_for

from soundbox.accounts.admins import demand_admin
from soundbox.accounts.audit import audit
from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.jobs.room import RoomState
from soundbox.tracks.categories import VOCABULARY, display_name
from soundbox.tracks.instance import settings
from soundbox.web.describe import describe
from soundbox.web.respond import Done, respond

from .access import changeable, member
from .answers import CountAnswer, DeskAnswer, OrderBody, StationAnswer, StationBody, asked
from .cards import StationCard
from .counting import Counted
from .making import demand_sense
from .models import Station
from .rules import StationRule

blueprint = Blueprint("station_desk", __name__)

ONLY_ADMINS = {403: "Only admins may do this"}
CATEGORIES = {
    kind: [(key, display_name(key)) for key in sorted(keys)] for kind, keys in VOCABULARY.items() if kind != "tts"
}


@blueprint.get("/admin/stations")
@describe(
    "Admin",
    "All stations of the house and those of people that are on the wall, hidden ones too",
    answers={200: DeskAnswer},
    has_page=True,
    refusals=ONLY_ADMINS,
)
def index() -> Response:
    who = demand_admin()
    with db.read() as session:
        stations = Station.on_the_wall_or_hidden(session)
        room = RoomState.read(session, settings().plays_for_the_room)
    answer = DeskAnswer(stations=[StationAnswer.of(station, who) for station in stations], room=room.text)
    cards = [StationCard(one, who) for one in stations]
    return respond(answer, template="stations/desk.html", stations=cards, room=room)


@blueprint.post("/admin/stations/order")
@describe(
    "Admin", "Put the stations in order", body=OrderBody, answers={200: Done}, has_page=True,
    example='{"order": ["ambient", "lo-fi"]}', refusals=ONLY_ADMINS,
)  # fmt: skip
def order() -> Response:
    who, body = demand_admin(), asked(OrderBody)
    with db.write() as session:
        slugs = _in_order([one.slug for one in Station.on_the_wall_or_hidden(session)], body)
        Station.put_in_order(session, slugs)
        audit(session, who, "station.order", "station:all", first=slugs[:5])
    return respond(Done(), see=url_for(".index"))


@blueprint.get("/stations/<slug>/edit", endpoint="edit")
@describe("Stations", "The form that changes a station", answers={200: StationAnswer}, has_page=True)
def edit_form(slug: str) -> Response:
    who = member()
    with db.read() as session:
        station = changeable(session, who, slug)
        counted = station.rule.count(session)
    return respond(
        StationAnswer.of(station, who),
        template="stations/edit.html",
        station=StationCard(station, who),
        rule=station.rule,
        counted=_words(counted),
        categories=CATEGORIES,
    )


@blueprint.get("/admin/stations/new", endpoint="add")
@describe(
    "Admin", "The form that adds a station of the house", answers={200: Done}, has_page=True, refusals=ONLY_ADMINS
)
def add_form() -> Response:
    demand_admin()
    with db.read() as session:
        counted = StationRule().count(session)
    return respond(
        Done(),
        template="stations/edit.html",
        station=None,
        rule=StationRule(),
        counted=_words(counted),
        categories=CATEGORIES,
    )


@blueprint.post("/api/stations/count")
@describe(
    "Stations", "How many tracks a rule finds", body=StationBody, answers={200: CountAnswer}, has_page=True,
    example='{"rule": {"model": "audio", "categories": ["rain"]}}', refusals={404: "What the rule names is not there"},
)  # fmt: skip
def count() -> Response:
    principal().demand("read")
    body = asked(StationBody)
    rule = body.rule or StationRule()
    with db.read() as session:
        demand_sense(session, principal(), rule)
        counted = rule.count(session)
    answer = CountAnswer(total=counted.total, capped=counted.capped, words=f"{_words(counted)}: {rule.words}")
    return respond(answer, template="stations/edit.html", block="counted", counted=answer.words)


def _words(counted: Counted) -> str:
    return f"{counted.total:,}{'+' if counted.capped else ''} {'track' if counted.total == 1 else 'tracks'}"


def _in_order(slugs: Sequence[str], body: OrderBody) -> list[str]:
    """The wall as it should stand: named anew, or one of it moved by one place."""
    now = list(slugs)
    if body.order is not None:
        return body.order
    moved, by = (body.up, -1) if body.up else (body.down, 1)
    if moved in now and 0 <= (at := now.index(moved)) + by < len(now):
        now[at], now[at + by] = now[at + by], now[at]
    return now
