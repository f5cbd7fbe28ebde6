"""Stations on air: the playlist, its segments, and what is on now."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, request, url_for

from soundbox.accounts.principal import principal
from soundbox.audio.packed import NotPacked
from soundbox.extensions import db, limiter
from soundbox.media.local import MediaError, MediaFull
from soundbox.stations.access import readable
from soundbox.stations.cards import ON_AIR
from soundbox.stations.models import Station
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.web.addresses import caller_address
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_fragment

from . import (
    answers,
    broadcast,
    leaving,  # noqa: F401 - it listens
    telling,
)
from .ahead import Ahead
from .airing import OnAir, on_air
from .answers import NowPlayingAnswer, NowQuery
from .listening import Counter, Heard
from .playlist import AHEAD_FRAMES, KEPT_FRAMES, fresh_seconds, media_playlist, window
from .programme import Airing, Segment

blueprint = Blueprint("live", __name__)

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
SEGMENT_TYPE = "audio/aac"
SEGMENT = re.compile(r"(\d{1,15})-([0-9a-f]{8}|filler)\.aac")
NAMED = 8  # characters of a track's id, so that a segment's name stands for one sound
FILLER_NAME = "filler"
PRIVATE = "private, no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
PROXY_SECONDS = "10"  # a proxy before us asks again soon: a sound may be taken off the air
OFF_AIR_SECONDS = 60
OFF_AIR = "This station is off air: it has nothing to play yet"


ON_AIR.append(telling.now_on)


@blueprint.record_once
def prepare(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]
    app.extensions["soundbox_listeners"] = Counter(app.config["SECRET_KEY"])
    app.extensions["soundbox_ahead"] = Ahead(app.extensions["soundbox_media"])


@blueprint.get("/stations/<slug>/live.m3u8")
@limiter.exempt  # players ask every four seconds
@describe(
    "Stations",
    "The station live, as HLS: everybody hears the same at the same moment",
    answers={200: bytes},
    media=(PLAYLIST_TYPE,),
    refusals={503: "Off air: it has nothing to play yet"},
)
def playlist(slug: str) -> Response:
    station, now = _tuned(slug)
    segments = window(now.programmes, now.now_frame)
    with db.read() as session:
        soon = now.soon(AHEAD_FRAMES)
        tracks = answers.listed(session, [*(Airing(0, segment.entry, 0) for segment in segments), *soon])
    _ahead().cut(tracks[airing.entry.track_id] for airing in soon if airing.entry.track_id in tracks)
    _listeners().hear(station.id, caller_address(), request.user_agent.string)
    text = media_playlist(
        segments,
        lambda segment: _address(slug, segment, tracks),
        lambda segment: tracks[segment.entry.track_id].name if segment.entry.track_id in tracks else "",
    )
    response = current_app.response_class(text, mimetype=PLAYLIST_TYPE)
    response.headers["Cache-Control"] = _kept(station, fresh_seconds(segments, now.now_frame))
    return response


@blueprint.get("/stations/<slug>/live/<segment>")
@limiter.exempt
@describe(
    "Stations",
    "A few seconds of it, as its playlist names them",
    answers={200: bytes},
    media=(SEGMENT_TYPE,),
    refusals={410: "Its sound was taken off the air"},
)
def segment(slug: str, segment: str) -> Response:
    station, found, what = _asked(slug, segment)
    if what == FILLER_NAME:
        return _sent(station, broadcast.filler_segment(media(), found))
    with db.read() as session:
        track = answers.listed(session, [Airing(0, found.entry, 0)]).get(found.entry.track_id)
    if track is None:
        raise _gone()
    try:
        return _sent(station, broadcast.track_segment(media(), track, found))
    except MediaFull as error:
        raise Refusal(503, str(error)) from None
    except (MediaError, NotPacked):
        raise _gone() from None


@blueprint.get("/api/stations/<slug>/now-playing")
@describe(
    "Stations",
    "What is on air, what was and what comes",
    query=NowQuery,
    answers={200: NowPlayingAnswer, 204: None},
    has_page=True,
)
def playing(slug: str) -> Response:
    station = _found(slug)
    now = on_air(station)
    with db.read() as session:
        answer = answers.now_playing(session, station, now, Heard.listeners(session, station))
    seen = f"{answer.now_playing.played_at}-{answer.listeners.current}" if answer.now_playing else ""
    if wants_fragment() and seen and parse_query(NowQuery).seen == seen:
        return current_app.response_class(status=204)
    return respond(answer, template="stations/on_air.html", block="on_air", now=answer, slug=slug, seen=seen)


def _tuned(slug: str) -> tuple[Station, OnAir]:
    """A station and what is on. Raises `Refusal` 404, and 503 while it has nothing to play."""
    station = _found(slug)
    now = on_air(station)
    if now.current() is None:
        raise Refusal(503, OFF_AIR, advice="Make the first sound for it.", retry_after_seconds=OFF_AIR_SECONDS)
    return station, now


def _found(slug: str) -> Station:
    with db.read() as session:
        return readable(session, principal(), slug)


def _asked(slug: str, name: str) -> tuple[Station, Segment, str]:
    """Only what is or was in the playlist just now can be asked for, under the name that it has or had there."""
    parts = SEGMENT.fullmatch(name)
    if parts is None:
        raise Refusal(404, "Segment not found")
    station, now = _tuned(slug)
    shown = {segment.sequence: segment for segment in window(now.programmes, now.now_frame, KEPT_FRAMES)}
    segment = shown.get(int(parts[1]))
    if segment is None or parts[2] not in (segment.entry.track_id[:NAMED], FILLER_NAME):
        raise Refusal(404, "Segment not found")
    return station, segment, parts[2]


def _address(slug: str, segment: Segment, tracks: dict[str, Track]) -> str:
    track_id = segment.entry.track_id
    name = track_id[:NAMED] if track_id in tracks else FILLER_NAME
    return url_for("live.segment", slug=slug, segment=f"{segment.sequence}-{name}.aac")


def _sent(station: Station, content: bytes) -> Response:
    response = current_app.response_class(content, mimetype=SEGMENT_TYPE)
    response.headers["Cache-Control"] = PRIVATE if station.is_hidden else FOR_EVER
    response.headers["X-Accel-Expires"] = "0" if station.is_hidden else PROXY_SECONDS
    return response


def _kept(station: Station, seconds: int) -> str:
    return PRIVATE if station.is_hidden else f"public, max-age={seconds}"


def _gone() -> Refusal:
    return Refusal(410, "This sound was taken off the air", advice="The playlist goes on without it.")


def _ahead() -> Ahead:
    ahead: Ahead = current_app.extensions["soundbox_ahead"]
    return ahead


def _listeners() -> Counter:
    counter: Counter = current_app.extensions["soundbox_listeners"]
    return counter
