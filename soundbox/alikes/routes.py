"""More like this, and what sounds like a file of one's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import RequestEntityTooLarge

from soundbox.accounts.principal import principal
from soundbox.extensions import db, limiter
from soundbox.media.local import MediaError
from soundbox.tracks.access import readable
from soundbox.tracks.alikes import Alike, alike_to, alikes
from soundbox.tracks.cards import TrackCard
from soundbox.tracks.features import TrackFeatures, Vector
from soundbox.tracks.instance import media
from soundbox.tracks.listening import listen_to
from soundbox.tracks.models import Track
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond, wants_fragment, wants_html

from .answers import AlikesAnswer, AlikesQuery
from .dropping import MOST_BYTES, hear, too_large

blueprint = Blueprint("alikes", __name__)

FORM_BYTES = 100_000  # what a multipart body holds besides the file
REALLY_ALIKE = 0.6  # similarity from which a page does not excuse itself


@blueprint.get("/tracks/<track_id>/similar", endpoint="similar")
@blueprint.get("/api/tracks/<track_id>/similar", endpoint="similar_api")
@limiter.limit("120/minute")
@describe(
    "Library",
    "Public tracks that sound like one; a little by its words, too",
    query=AlikesQuery,
    answers={200: AlikesAnswer},
    has_page=True,
)
def similar(track_id: str) -> Response:
    query = parse_query(AlikesQuery)
    who = principal()
    with db.read() as session:
        track = readable(session, who, track_id)
        found = alikes(session, track, query.count)
        is_unheard = not found and TrackFeatures.of(session, track.number) is None
    if is_unheard and _listen(track):
        with db.read() as session:
            found = alikes(session, track, query.count)
    return respond(
        AlikesAnswer.of(found),
        template="alikes/similar.html",
        block="found",
        track=TrackCard(track, who),
        **_shown(found),
    )


@blueprint.get("/library/sounds-like")
@describe("Library", "A page to drop a sound file on", answers={200: AlikesAnswer}, has_page=True)
def drop() -> Response:
    return respond(AlikesAnswer(tracks=[]), template="alikes/drop.html", block="form", **_form(), **_shown([]))


@blueprint.post("/api/similar")
@limiter.limit("20/minute;200/hour")
@describe(
    "Library",
    "Public tracks that sound like a file: WAV, FLAC, MP3 or OGG, at most 20 MB and 10 minutes; it is not kept",
    query=AlikesQuery,
    upload="file",
    answers={200: AlikesAnswer},
    has_page=True,
    refusals={422: "The file is no sound that can be read", 503: "Too many files at once"},
)
def by_file() -> Response:
    try:
        vector = _dropped()
    except Refusal as refusal:
        if not wants_html():
            raise
        return _form_again(refusal)
    query = parse_query(AlikesQuery)
    with db.read() as session:
        found = alike_to(session, vector, query.count)
    name = request.files["file"].filename or ""
    return respond(
        AlikesAnswer.of(found), template="alikes/drop.html", block="found", **_form(name=name), **_shown(found)
    )


def _dropped() -> Vector:
    """Raises `Refusal`."""
    request.max_content_length = MOST_BYTES + FORM_BYTES
    try:
        file = request.files.get("file")
    except RequestEntityTooLarge:
        raise too_large() from None
    if file is None or not file.filename:
        raise Refusal(400, "Choose a sound file first", advice="WAV, FLAC, MP3 or OGG, as the form field `file`.")
    return hear(file)


def _listen(track: Track) -> bool:
    """Whether somebody could. Tracks that are new were listened to when they were published."""
    try:
        listen_to(db, media(), track)
    except MediaError:
        return False
    return True


def _shown(found: list[Alike]) -> dict[str, Any]:
    who = principal()
    return {
        "tracks": [TrackCard(alike.track, who) for alike in found],
        "is_near": bool(found) and max(alike.similarity for alike in found) >= REALLY_ALIKE,
    }


def _form(name: str | None = None, error: str | None = None) -> dict[str, Any]:
    """`name` of the file that was heard, None before one was; `error`: why it was not."""
    return {"name": name, "error": error, "most_bytes": MOST_BYTES}


def _form_again(refusal: Refusal) -> Response:
    sentence = f"{refusal.message}. {refusal.advice or ''}".strip()
    shown = {**_form(error=sentence), **_shown([])}
    page = (
        render_block("alikes/drop.html", "form", **shown)
        if wants_fragment()
        else render_template("alikes/drop.html", **shown)
    )
    response = make_response(page, refusal.status)
    response.headers.update(refusal.headers)
    return response
