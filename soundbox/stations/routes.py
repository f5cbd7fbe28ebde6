"""The wall of stations, and each of them."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.blocklist import refuse_blocked
from soundbox.tracks.cards import cards_of
from soundbox.tracks.instance import settings
from soundbox.undo.answers import DeletedAnswer
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_html

from . import leaving, undoing  # noqa: F401 - they listen
from .access import managed, member, readable
from .answers import (
    MOST_TRACKS,
    StationAnswer,
    StationBody,
    StationDetail,
    StationEdit,
    StationsAnswer,
    StationTracks,
    TracksQuery,
    asked,
)
from .cards import StationCard, station_cards
from .making import Draft, demand_sense, drafted
from .models import Station, TooManyStations
from .preview import open_graph
from .repeating import excluded, unheard_first

blueprint = Blueprint("stations", __name__)

OFF_THE_WALL = "Saved. It comes back to the wall when an admin has seen its new words."

SOME = 12  # tracks on the page of a station
ONLY_ADMINS = ("is_hidden", "plays_for_the_room")
NEEDS_ACCOUNT = {401: "Guests have no stations", 404: "What it names is not there"}


@blueprint.get("/radio", endpoint="wall")
@blueprint.get("/api/stations", endpoint="index")
@describe("Stations", "The stations on the wall, in their order", answers={200: StationsAnswer}, has_page=True)
def wall() -> Response:
    who = principal()
    with db.read() as session:
        stations = Station.all_shown(session)
        cards = station_cards(session, stations, who) if wants_html() else []
    answer = StationsAnswer(stations=[StationAnswer.of(station, who) for station in stations])
    return respond(answer, template="stations/wall.html", stations=cards)


@blueprint.get("/mine/stations", endpoint="own")
@describe("Stations", "One's own stations", answers={200: StationsAnswer}, has_page=True)
def own() -> Response:
    who = principal()
    with db.read() as session:
        stations = Station.of(session, who.user_id or 0)
        cards = station_cards(session, stations, who) if wants_html() else []
    answer = StationsAnswer(stations=[StationAnswer.of(station, who) for station in stations])
    return respond(answer, template="stations/own.html", stations=cards, may_make=not who.is_guest)


@blueprint.post("/api/stations")
@limiter.limit("120/hour")
@describe(
    "Stations",
    "Turn a rule, a search, a playlist or a track into a station of one's own",
    body=StationBody,
    answers={201: StationAnswer},
    has_page=True,
    example='{"query": "search=rain&loop=1", "name": "Rainy loops"}',
    refusals=NEEDS_ACCOUNT,
)
def create() -> Response:
    who, body = member(), asked(StationBody)
    if body.for_the_house:
        _demand_admin(who)
    with db.write() as session:
        draft = drafted(session, who, body)
        demand_sense(session, who, draft.rule)
        _welcome(draft.name, body.description, draft.prompt)
        station = _made(session, None if body.for_the_house else who.settle(session), draft, body.description)
        if body.for_the_house:
            audit_power(session, who, 0, "station.add", f"station:{station.slug}", name=station.name)
        answer = StationAnswer.of(station, principal())
    return respond(
        answer, see=answer.page_url, say="On air for you.", status=201, headers={"Location": answer.page_url}
    )


@blueprint.get("/stations/<slug>", endpoint="show")
@blueprint.get("/api/stations/<slug>", endpoint="show_api")
@describe("Stations", "One station", answers={200: StationDetail}, has_page=True)
def show(slug: str) -> Response:
    who = principal()
    with db.read() as session:
        station = readable(session, who, slug)
        counted = station.rule.count(session)
        answer = StationDetail(
            **StationAnswer.of(station, who).__dict__, track_count=counted.total, track_count_capped=counted.capped
        )
        card: StationCard | None = None
        tracks = []
        if wants_html():
            (card,) = station_cards(session, [station], who)
            tracks = cards_of(session, station.rule.pick(session, SOME), who)
    return respond(
        answer,
        template="stations/show.html",
        station=card,
        told=answer,
        tracks=tracks,
        properties=open_graph(card) if card and not station.is_hidden else {},
    )


@blueprint.get("/api/stations/<slug>/tracks")
@describe(
    "Stations",
    "Tracks to play next, by chance and none of those heard lately: ask again and again",
    query=TracksQuery,
    answers={200: StationTracks},
)
def tracks(slug: str) -> Response:
    query = parse_query(TracksQuery)
    with db.read() as session:
        rule = readable(session, principal(), slug).rule
        found = unheard_first(
            lambda count, exclude: rule.pick(session, count, exclude),
            min(query.count, MOST_TRACKS),
            excluded(query.exclude),
        )
        answer = StationTracks(tracks=[TrackAnswer.of(track) for track in found])
    return respond(answer)


@blueprint.post("/stations/<slug>/edit", endpoint="edit")
@blueprint.patch("/api/stations/<slug>", endpoint="edit_api")
@describe(
    "Stations",
    "Change a station. One that an admin listed leaves the wall when its maker changes its words",
    body=StationEdit,
    answers={200: StationAnswer},
    has_page=True,
    refusals={404: "There is no such station, or what its rule names is not there"},
)
def edit(slug: str) -> Response:
    who, body = member(), asked(StationEdit)
    changed = body.model_dump(exclude_none=True, exclude={"rule"})
    if any(name in changed for name in ONLY_ADMINS):
        _demand_admin(who)
    _welcome(body.name or "", body.description or "", body.prompt or "")
    with db.write() as session:
        station = managed(session, who, slug)
        if body.rule is not None:
            demand_sense(session, who, body.rule)
            changed["rule"] = body.rule
        detail = {"name": station.name, "changed": list(changed)}
        audit_power(session, who, station.user_id or 0, "station.edit", f"station:{slug}", **detail)
        leaves_the_wall = not who.is_admin and not station.is_hidden and bool({"name", "description"} & set(changed))
        if leaves_the_wall:  # what was listed was its words
            changed["is_hidden"] = True
        station.edit(**changed)
        answer = StationAnswer.of(station, who)
    return respond(answer, see=answer.page_url, say=OFF_THE_WALL if leaves_the_wall else "Saved.")


@blueprint.post("/stations/<slug>/delete", endpoint="delete")
@blueprint.delete("/api/stations/<slug>", endpoint="delete_api")
@describe("Stations", "Delete a station; the tracks stay", answers={200: DeletedAnswer}, has_page=True)
def delete(slug: str) -> Response:
    who = member()
    with db.write() as session:
        station = managed(session, who, slug)
        audit_power(session, who, station.user_id or 0, "station.delete", f"station:{slug}", name=station.name)
        is_own = station.user_id is not None and who.owns(station.user_id)
        answer = DeletedAnswer.of(undoing.keep(session, station) if is_own else None)
        session.delete(station)
    return respond(answer, see=url_for(".own" if is_own else ".wall"), say="Deleted.", undo=answer.undo_url)


def _demand_admin(who: Principal) -> None:
    if not who.is_admin:
        raise Refusal(403, "Only admins may do this")


def _welcome(*texts: str) -> None:
    """Raises `Refusal` 400 for words on the operator's list."""
    refuse_blocked(settings().instance, "station", *texts)


def _made(session: Session, user: User | None, draft: Draft, description: str) -> Station:
    try:
        return Station.make(session, draft.name, draft.rule, user, description=description, prompt=draft.prompt)
    except TooManyStations as full:
        raise Refusal(400, str(full), advice="Delete one that you no longer need.") from None
