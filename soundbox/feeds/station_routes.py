"""Stations for any player, for podcast programs, and on other people's pages."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request, url_for
from pydantic import Field

from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.stations.access import readable
from soundbox.stations.cards import StationCard, station_cards
from soundbox.tracks.instance import settings
from soundbox.web.bodies import Body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal

from . import m3u, pls, xspf
from .embedding import framed
from .feed import Feed, Item, one_line
from .writing import FORMS, TYPES, Outline, sent, written

blueprint = Blueprint("station_feeds", __name__)

ITEMS = 50
PLAYERS = {"m3u": m3u, "pls": pls, "xspf": xspf}


class PlayersQuery(Body):
    tracks: bool = Field(False, description="Some of its tracks, even where it is live")


@blueprint.get("/stations/<slug>.<list_form>", endpoint="players")
@describe(
    "Stations",
    "A station for any player, as M3U, PLS or XSPF: its live stream, or 50 of its tracks while it has none",
    query=PlayersQuery,
    answers={200: bytes},
    media=tuple(form.TYPE for form in PLAYERS.values()),
)
def players(slug: str, list_form: str) -> Response:
    if list_form not in PLAYERS:
        raise Refusal(404, f"There is no such form; there are {', '.join(PLAYERS)}")
    query, who = parse_query(PlayersQuery), principal()
    with db.read() as session:
        station = readable(session, who, slug)
        (card,) = station_cards(session, [station], who)
        if card.live and not query.tracks:
            return sent(list_form, _stream(card), is_public=not station.is_hidden)
        tracks = station.rule.pick(session, ITEMS)
    return written(list_form, _outline(card), tracks, is_public=not station.is_hidden)


@blueprint.get("/feeds/stations/<slug>.<form>")
@describe(
    "Feeds",
    "The newest that a station plays as Atom, JSON Feed, RSS (a podcast), M3U, PLS or XSPF",
    answers={200: bytes},
    media=TYPES,
)
def feed(slug: str, form: str) -> Response:
    if form not in FORMS:
        raise Refusal(404, f"There is no such form; there are {', '.join(FORMS)}")
    who = principal()
    with db.read() as session:
        station = readable(session, who, slug)
        tracks = station.rule.newest(session, ITEMS)
    return written(form, _outline(StationCard(station, who)), tracks, is_public=not station.is_hidden)


@blueprint.get("/embed/stations/<slug>")
@describe("Feeds", "A station for other people's pages", answers={200: bytes}, media=("text/html",))
def embed(slug: str) -> Response:
    who = principal()
    with db.read() as session:
        (card,) = station_cards(session, [readable(session, who, slug)], who)
    return framed(render_template("stations/embed.html", station=card))


def _outline(station: StationCard) -> Outline:
    about = station.description or station.words
    return Outline(f"Sound Box: {station.name}", station.page_url, about, station.creator or "Sound Box")


def _stream(station: StationCard) -> Feed:
    """Players that know no HLS go on to the MP3, where there is one."""
    page = url_for("stations.show", slug=station.slug, _external=True)
    live = Item(
        id="", name=one_line(station.name), prompt=one_line(station.description), creator="Sound Box", maker_url=page,
        page_url=page, audio_url=f"{page}/live.m3u8", picture_url="", cover_url="", seconds=0.0, categories=[],
        licence="", licence_url="", published_ms=0, is_endless=True,
    )  # fmt: skip
    has_stream = settings().stream_listeners > 0
    mp3 = [replace(live, name=f"{live.name} (MP3)", audio_url=f"{page}/stream.mp3")] if has_stream else []
    return Feed(f"Sound Box: {one_line(station.name)}", page, request.url, [live, *mp3])
