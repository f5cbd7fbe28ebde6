"""Lists and tracks for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Literal
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import (
    Blueprint,
    Response,
    current_app,
    get_template_attribute,
    make_response,
    render_template,
    request,
    url_for,
)
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from soundbox.accounts.models import User
from soundbox.accounts.principal import principal
from soundbox.extensions import db
from soundbox.library.answers import LibraryQuery
from soundbox.playlists.access import readable
from soundbox.playlists.shelf import entries_of
from soundbox.tracks.access import readable as readable_track
from soundbox.tracks.asking import filters_of
from soundbox.tracks.browse import browse
from soundbox.tracks.cards import TrackCard
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Visibility
from soundbox.web.bodies import Body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.headers import POLICY
from soundbox.web.respond import as_json

from . import atom, jsonfeed, m3u, xspf
from .feed import Feed, Item, one_line

blueprint = Blueprint("feeds", __name__)

FORMS: Mapping[str, ModuleType] = {"atom": atom, "json": jsonfeed, "m3u": m3u, "xspf": xspf}
TYPES = tuple(form.TYPE for form in FORMS.values())
MOST_ITEMS = 100
ITEMS = 50
FRESH_SECONDS = 300
EMBED_WIDTH, EMBED_HEIGHT = 560, 170
NARROWEST, LOWEST = 240, 120


@blueprint.get("/feeds/library.<form>")
@describe(
    "Feeds",
    "Any search of the library as Atom, JSON Feed, M3U or XSPF: the same filters, `per_page` tracks (50 unless told)",
    query=LibraryQuery,
    answers={200: bytes},
    media=TYPES,
)
def library(form: str) -> Response:
    query = parse_query(LibraryQuery)
    filters = filters_of(query)
    count = min(query.per_page, MOST_ITEMS) if "per_page" in request.args else ITEMS
    words = one_line(query.search) or (query.category or "").replace("_", " ")
    title = f"Sound Box: {words}" if words else "Sound Box: the library"
    with db.read() as session:
        items = _items(session, filters, query.sort, count)
    return _written(form, title, url_for("library.index", **request.args.to_dict()), items)  # type: ignore[arg-type]


@blueprint.get("/feeds/makers/<name>.<form>")
@describe("Feeds", "A maker's newest public tracks as Atom, JSON Feed, M3U or XSPF", answers={200: bytes}, media=TYPES)
def maker(name: str, form: str) -> Response:
    with db.read() as session:
        person = User.with_handle(session, name)
        if person is None:
            raise Refusal(404, "There is nobody of this name here")
        items = _items(session, Filters(maker=person.public_id), "recent", ITEMS)
    return _written(form, f"Sound Box: {person.display_name}", url_for("makers.show", name=name), items)


@blueprint.get("/feeds/playlists/<playlist_id>.<form>")
@describe("Feeds", "A playlist in its order as Atom, JSON Feed, M3U or XSPF", answers={200: bytes}, media=TYPES)
def playlist(playlist_id: str, form: str) -> Response:
    """Only what is public is fresh for everybody: other playlists are read anew each time."""
    who = principal()
    with db.read() as session:
        found = readable(session, who, playlist_id)
        items = [Item.of(entry.track) for entry in entries_of(session, who, found)]
    response = _written(form, one_line(found.name), url_for("playlists.show", playlist_id=playlist_id), items)
    if found.visibility != Visibility.public:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/embed/<track_id>")
@describe("Feeds", "A small player for other people's pages", answers={200: bytes}, media=("text/html",))
def embed(track_id: str) -> Response:
    with db.read() as session:
        card = TrackCard(readable_track(session, principal(), track_id), principal())
    response = make_response(render_template("feeds/embed.html", track=card))
    response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return response


class OEmbedQuery(Body):
    url: str = Field(description="The address of a track's page")
    format: Literal["json", "xml"] = "json"
    maxwidth: int = Field(EMBED_WIDTH, ge=NARROWEST)
    maxheight: int = Field(EMBED_HEIGHT, ge=LOWEST)


class OEmbedAnswer(BaseModel):
    type: str = "rich"
    version: str = "1.0"
    title: str
    author_name: str
    author_url: str
    provider_name: str = "Sound Box"
    provider_url: str
    thumbnail_url: str
    thumbnail_width: int = 1200
    thumbnail_height: int = 300
    width: int
    height: int
    html: str


@blueprint.get("/oembed")
@describe(
    "Feeds",
    "oEmbed (oembed.com): how to show a track on another page",
    query=OEmbedQuery,
    answers={200: OEmbedAnswer},
    media=("text/xml",),
    refusals={404: "It is not the address of a track here"},
)
def oembed() -> Response:
    query = parse_query(OEmbedQuery)
    width, height = min(query.maxwidth, EMBED_WIDTH), min(query.maxheight, EMBED_HEIGHT)
    with db.read() as session:
        track = readable_track(session, principal(), _track_in(query.url))
        item = Item.of(track)
    frame = get_template_attribute("feeds/frame.html", "frame")
    address = url_for("feeds.embed", track_id=item.id, _external=True)
    answer = OEmbedAnswer(
        title=item.name,
        author_name=item.creator,
        author_url=item.maker_url,
        provider_url=url_for("radio.home", _external=True),
        thumbnail_url=url_for("tracks.spectrogram", file=f"{item.id}.png", _external=True),
        width=width,
        height=height,
        html=frame(address, item.name, width, height),
    )
    return as_json(answer) if query.format == "json" else _as_xml(answer)


def _as_xml(answer: OEmbedAnswer) -> Response:
    root = ElementTree.Element("oembed")
    for name, value in answer.model_dump(mode="json").items():
        ElementTree.SubElement(root, name).text = str(value)
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), content_type="text/xml")


def _items(session: Session, filters: Filters, sort: str, count: int) -> list[Item]:
    return [Item.of(track) for track in browse(session, filters, sort, 1, count).tracks]


def _written(form: str, title: str, page: str, items: list[Item]) -> Response:
    """Raises `Refusal` 404 for a form nobody writes."""
    if form not in FORMS:
        raise Refusal(404, f"There is no such form; there are {', '.join(FORMS)}")
    feed = Feed(title, request.host_url.rstrip("/") + page, request.url, items)
    response = make_response(FORMS[form].write(feed))
    response.content_type = f"{FORMS[form].TYPE}; charset=utf-8"
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.add_etag()
    response.make_conditional(request)
    return response


def _track_in(address: str) -> str:
    """The id in the address of a track's page, here and nowhere else. Raises `Refusal` 404."""
    try:
        parts = urlsplit(address)
        adapter = current_app.create_url_adapter(request)
        endpoint, values = adapter.match(parts.path, method="GET") if adapter else ("", {})
    except (ValueError, HTTPException):
        endpoint, values = "", {}
    if endpoint != "library.show" or parts.netloc != request.host:
        raise Refusal(404, "This is not the address of a track here")
    return str(values["track_id"])
