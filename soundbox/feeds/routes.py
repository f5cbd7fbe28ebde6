"""Lists and tracks for other programs."""

from __future__ import annotations

from xml.etree import ElementTree

from flask import (
    Blueprint,
    Response,
    render_template,
    request,
    url_for,
)

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
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import as_json

from .embedding import OEmbedAnswer, OEmbedQuery, framed, shown_at
from .feed import one_line
from .writing import TYPES, Outline, written

blueprint = Blueprint("feeds", __name__)

MOST_ITEMS = 100
ITEMS = 50


@blueprint.get("/feeds/library.<form>")
@describe(
    "Feeds",
    "Any search of the library as Atom, JSON Feed, RSS, M3U, PLS or XSPF: the same filters, "
    "`per_page` tracks (50 unless told)",
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
        tracks = browse(session, filters, query.sort, 1, count).tracks
    page: str = url_for("library.index", **request.args.to_dict())  # type: ignore[arg-type]
    return written(form, Outline(title, page), tracks)


@blueprint.get("/feeds/makers/<name>.<form>")
@describe(
    "Feeds",
    "A maker's newest public tracks as Atom, JSON Feed, RSS (a podcast), M3U or XSPF",
    answers={200: bytes},
    media=TYPES,
)
def maker(name: str, form: str) -> Response:
    with db.read() as session:
        person = User.with_handle(session, name)
        if person is None:
            raise Refusal(404, "There is nobody of this name here")
        tracks = browse(session, Filters(maker=person.public_id), "recent", 1, ITEMS).tracks
    name = person.display_name
    page = url_for("makers.show", name=person.handle)
    return written(form, Outline(f"Sound Box: {name}", page, f"What {name} makes with words.", name), tracks)


@blueprint.get("/feeds/playlists/<playlist_id>.<form>")
@describe(
    "Feeds",
    "A playlist in its order as Atom, JSON Feed, RSS (a podcast), M3U or XSPF",
    answers={200: bytes},
    media=TYPES,
)
def playlist(playlist_id: str, form: str) -> Response:
    """Only what is public is fresh for everybody: other playlists are read anew each time."""
    who = principal()
    with db.read() as session:
        found = readable(session, who, playlist_id)
        tracks = [entry.track for entry in entries_of(session, who, found)]
    page = url_for("playlists.show", playlist_id=playlist_id)
    about = Outline(one_line(found.name), page, found.description, found.user.display_name)
    return written(form, about, tracks, is_public=found.visibility == Visibility.public)


@blueprint.get("/embed/<track_id>")
@describe("Feeds", "A small player for other people's pages", answers={200: bytes}, media=("text/html",))
def embed(track_id: str) -> Response:
    with db.read() as session:
        card = TrackCard(readable_track(session, principal(), track_id), principal())
    return framed(render_template("feeds/embed.html", track=card))


@blueprint.get("/oembed")
@describe(
    "Feeds",
    "oEmbed (oembed.com): how to show a track or a station on another page",
    query=OEmbedQuery,
    answers={200: OEmbedAnswer},
    media=("text/xml",),
    refusals={404: "It is not the address of a track or a station here"},
)
def oembed() -> Response:
    query = parse_query(OEmbedQuery)
    with db.read() as session:
        answer = shown_at(session, query)
    return as_json(answer) if query.format == "json" else _as_xml(answer)


def _as_xml(answer: OEmbedAnswer) -> Response:
    root = ElementTree.Element("oembed")
    for name, value in answer.model_dump(mode="json", exclude_none=True).items():
        ElementTree.SubElement(root, name).text = str(value)
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), content_type="text/xml")
