"""Packs over HTTP: what would be in one, and the zip itself."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from soundbox.accounts.principal import principal
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import media
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond
from soundbox.web.zips import zip_in_turn

from .answers import FormatQuery, PackAnswer, PackBody, SearchQuery
from .choosing import chosen_pack, playlist_pack, search_pack
from .packs import Pack, PackFormat

blueprint = Blueprint("packs", __name__)

PACKS_AN_HOUR = "60/hour"
REFUSALS = {
    404: "There is no such playlist, or nothing in it",
    413: "It would be too large; the sentence says how large one may be",
    503: "Too many are being sent at the moment",
}


@blueprint.get("/api/playlists/<playlist_id>/pack.zip")
@limiter.limit(PACKS_AN_HOUR)
@describe(
    "Packs",
    "All of a playlist in one zip, with CREDITS.md and licenses.json",
    query=FormatQuery,
    answers={200: bytes},
    media=("application/zip",),
    refusals=REFUSALS,
)
def playlist(playlist_id: str) -> Response:
    query = parse_query(FormatQuery)
    with db.read() as session:
        pack = playlist_pack(session, principal(), playlist_id, query.format)
    return _sent(pack)


@blueprint.get("/api/playlists/<playlist_id>/pack")
@describe("Packs", "What that zip would hold", query=FormatQuery, answers={200: PackAnswer})
def playlist_estimate(playlist_id: str) -> Response:
    query = parse_query(FormatQuery)
    with db.read() as session:
        return respond(PackAnswer.of(playlist_pack(session, principal(), playlist_id, query.format)))


@blueprint.post("/api/packs")
@limiter.limit(PACKS_AN_HOUR)
@describe(
    "Packs",
    "Chosen tracks, or the first that a search finds, in one zip",
    body=PackBody,
    answers={200: bytes},
    media=("application/zip",),
    example='{"ids": ["{track_id}"], "format": "wav"}',
    refusals=REFUSALS,
)
def chosen() -> Response:
    principal().demand("read")
    body = parse_body(PackBody)
    with db.read() as session:
        pack = chosen_pack(session, principal(), body)
    return _sent(pack)


@blueprint.get("/packs", endpoint="search")
@describe("Packs", "What a pack of a search would hold", query=SearchQuery, answers={200: PackAnswer}, has_page=True)
def search() -> Response:
    query = parse_query(SearchQuery)
    with db.read() as session:
        pack = search_pack(session, query)
    return _estimate(pack)


@blueprint.post("/api/packs/estimate")
@describe("Packs", "What such a zip would hold", body=PackBody, answers={200: PackAnswer}, has_page=True)
def estimate() -> Response:
    principal().demand("read")
    body = parse_body(PackBody)
    with db.read() as session:
        pack = chosen_pack(session, principal(), body)
    return _estimate(pack)


def _estimate(pack: Pack) -> Response:
    asked = request.args if request.method == "GET" else request.form
    return respond(
        PackAnswer.of(pack),
        template="playlists/pack.html",
        block="estimate",
        pack=pack,
        packs=[replace(pack, format=form) for form in PackFormat],
        asked={name: value for name, value in asked.items() if name not in ("format", "page") and value},
    )


def _sent(pack: Pack) -> Response:
    pack.check()
    links = {track.id: url_for("library.show", track_id=track.id, _external=True) for track in pack.tracks}
    return zip_in_turn(pack.files(media(), links.__getitem__), pack.file_name)
