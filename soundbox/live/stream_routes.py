"""Stations for players that know no HLS: each listener holds a thread of the web, so it is off unless switched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, current_app, request, url_for

from soundbox.accounts.principal import Principal, principal
from soundbox.extensions import db
from soundbox.stations.access import readable
from soundbox.stations.answers import STREAMS
from soundbox.stations.models import Station
from soundbox.tracks.instance import media, settings
from soundbox.web.addresses import caller_address
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal

from .airing import on_air
from .icy import INTERVAL, Titled, header
from .listening import Counter
from .routes import OFF_AIR, OFF_AIR_SECONDS
from .seats import take_seat

blueprint = Blueprint("stream", __name__)

TYPE = "audio/mpeg"
FULL_SECONDS = 30
STALLED_SECONDS = 30.0  # a player that takes nothing for so long has gone


def address(slug: str) -> str | None:
    """None: it is switched off."""
    return url_for("stream.mp3", slug=slug) if settings().stream_listeners else None


STREAMS.append(address)


@blueprint.get("/stations/<slug>/stream.mp3")
@describe(
    "Stations",
    "The station live as one endless MP3, for old players",
    answers={200: bytes},
    media=(TYPE,),
    headers={"Icy-MetaData": "1: titles come within the sound, after every icy-metaint bytes of it"},
    refusals={
        404: "There is no such station, or streams are switched off here",
        503: "As many listen to streams as may, or the station is off air",
    },
)
def mp3(slug: str) -> Response:
    who, config = principal(), settings()
    find = _finder(who, slug)
    station = find()
    if station is None:
        raise Refusal(404, "Station not found", advice="It may have been taken off the air.")
    live = url_for("live.playlist", slug=slug)
    if not config.stream_listeners:
        raise Refusal(404, "There are no MP3 streams here", advice=f"Players of HLS hear it at {live}.")
    if on_air(station).current() is None:
        raise Refusal(503, OFF_AIR, advice="Make the first sound for it.", retry_after_seconds=OFF_AIR_SECONDS)
    seat = take_seat(config.lock_folder, config.stream_listeners)
    if seat is None:
        raise Refusal(
            503,
            f"{config.stream_listeners} listeners have a stream here, and more than that nobody can",
            advice=f"Players of HLS hear the same at {live}.",
            retry_after_seconds=FULL_SECONDS,
        )
    _notice_stalled()
    titled = Titled() if request.headers.get("Icy-MetaData", "").strip() == "1" else None
    if request.method == "HEAD":
        seat.leave()
    response = current_app.response_class(_sound(find, station.id, titled), mimetype=TYPE)
    response.call_on_close(seat.leave)  # also of one that nobody began to read
    response.headers.update(_headers(station, titled))
    return response


def _finder(who: Principal, slug: str) -> Callable[[], Station | None]:
    def find() -> Station | None:
        try:
            with db.read() as session:
                return readable(session, who, slug)
        except Refusal:
            return None

    return find


def _sound(find: Callable[[], Station | None], station_id: int, titled: Titled | None) -> Iterator[bytes]:
    from .streaming import stream  # imports the codecs: only where there are streams

    counter: Counter = current_app.extensions["soundbox_listeners"]
    caller, browser, store = caller_address(), request.user_agent.string, media()

    def steps() -> Iterator[bytes]:
        for step in stream(find, store):
            counter.hear(station_id, caller, browser)
            yield titled.mix(step.sound, step.title) if titled else step.sound

    return steps()


def _headers(station: Station, titled: Titled | None) -> dict[str, str]:
    told = {
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
        "icy-name": header(station.name),
        "icy-description": header(station.description),
        "icy-br": "128",
        "icy-pub": "0",
    }
    return told | {"icy-metaint": str(INTERVAL)} if titled else told


def _notice_stalled() -> None:
    """Where the server shows its connection: a write that waits for so long fails, and the thread is free again."""
    if connection := request.environ.get("gunicorn.socket"):
        connection.settimeout(STALLED_SECONDS)
