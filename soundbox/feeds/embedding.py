"""oEmbed (oembed.com): how a track or a station is shown on another page."""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from flask import Response, current_app, get_template_attribute, make_response, request, url_for
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from soundbox.accounts.principal import principal
from soundbox.audio.sizes import FACE
from soundbox.stations.access import readable as readable_station
from soundbox.stations.cards import StationCard, station_cards
from soundbox.tracks.access import readable as readable_track
from soundbox.web.bodies import Body
from soundbox.web.errors import Refusal
from soundbox.web.headers import POLICY

from .feed import Item, one_line

WIDTH, HEIGHT = 560, 170
NARROWEST, LOWEST = 240, 120
COVER_PIXELS = 1400


class OEmbedQuery(Body):
    url: str = Field(description="The address of a track's or a station's page")
    format: Literal["json", "xml"] = "json"
    maxwidth: int = Field(WIDTH, ge=NARROWEST)
    maxheight: int = Field(HEIGHT, ge=LOWEST)


class OEmbedAnswer(BaseModel):
    omits_none: ClassVar[bool] = True

    type: str = "rich"
    version: str = "1.0"
    title: str
    author_name: str
    author_url: str
    provider_name: str = "Sound Box"
    provider_url: str
    thumbnail_url: str | None = Field(default=None, description="Not of a station that plays nothing yet")
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None
    width: int
    height: int
    html: str


def framed(page: str) -> Response:
    """A page that stands on pages of others."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return response


def shown_at(session: Session, query: OEmbedQuery) -> OEmbedAnswer:
    """Raises `Refusal` 404 for what is no page of a track or a station here, and for one that one may not see."""
    endpoint, values = _place(query.url)
    if endpoint == "library.show":
        facts = _of_track(Item.of(readable_track(session, principal(), str(values["track_id"]))))
    elif endpoint == "stations.show":
        station = readable_station(session, principal(), str(values["slug"]))
        facts = _of_station(*station_cards(session, [station], principal()))
    else:
        raise Refusal(404, "This is not the address of a track or a station here")
    width, height = min(query.maxwidth, WIDTH), min(query.maxheight, HEIGHT)
    frame = get_template_attribute("feeds/frame.html", "frame")
    html = frame(facts.pop("address"), facts["title"], width, height)
    provider = url_for("radio.home", _external=True)
    return OEmbedAnswer(**facts, provider_url=provider, width=width, height=height, html=html)


def _of_track(item: Item) -> dict[str, Any]:
    width, height = FACE
    return {
        "address": url_for("feeds.embed", track_id=item.id, _external=True),
        "title": item.name,
        "author_name": item.creator,
        "author_url": item.maker_url,
        "thumbnail_url": url_for("tracks.spectrogram", file=f"{item.id}.png", _external=True),
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _of_station(station: StationCard) -> dict[str, Any]:
    facts = {
        "address": url_for("station_feeds.embed", slug=station.slug, _external=True),
        "title": one_line(station.name),
        "author_name": one_line(station.creator or "Sound Box"),
        "author_url": url_for("stations.show", slug=station.slug, _external=True),
    }
    if station.cover is None:
        return facts
    cover = url_for("tracks.spectrogram", file=f"{station.cover.id}.cover.png", _external=True)
    return facts | {"thumbnail_url": cover, "thumbnail_width": COVER_PIXELS, "thumbnail_height": COVER_PIXELS}


def _place(address: str) -> tuple[str, dict[str, Any]]:
    """Which page of ours an address leads to; nothing for others'."""
    try:
        parts = urlsplit(address)
        adapter = current_app.create_url_adapter(request) if parts.netloc == request.host else None
        endpoint, values = adapter.match(parts.path, method="GET") if adapter else ("", {})
    except (ValueError, HTTPException):
        return "", {}
    return str(endpoint), dict(values)
