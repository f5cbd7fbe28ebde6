"""Suggesting what a track is, taking that back, and seeing how it came to be filed so."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, Response, request, url_for

from soundbox.accounts.principal import demand_community, principal
from soundbox.extensions import db, limiter
from soundbox.tracks.access import held, readable
from soundbox.tracks.categories import key_named
from soundbox.tracks.models import Track
from soundbox.web.bodies import parse_body, parse_query
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import adoption, consensus, leaving  # noqa: F401 - the others listen
from .answers import (
    EventAnswer,
    SuggestionsAnswer,
    TagAnswer,
    TagBody,
    TagHistoryAnswer,
    TagQuery,
    TakeBackBody,
    TakenBack,
)
from .cards import TagPanel
from .history import history_of
from .models import Suggestion

blueprint = Blueprint("tags", __name__)

KIND_WORDS = {"music": "music", "audio": "sound effects", "tts": "speech"}
LIMIT = "60/minute"
Answer = TypeVar("Answer", TagAnswer, TakenBack)


@blueprint.post("/tracks/<track_id>/tags", endpoint="suggest")
@blueprint.post("/api/library/<track_id>/suggest-tag", endpoint="suggest_api")
@limiter.limit(LIMIT)
@describe(
    "Library",
    "Suggest that a track is, or is not, in a category; what three people suggest is so",
    body=TagBody,
    answers={200: TagAnswer},
    has_page=True,
    example='{"category": "piano"}',
    refusals={429: "Too many suggestions in a minute"},
)
def suggest(track_id: str) -> Response:
    who = demand_community()
    body = parse_body(TagBody)
    with db.write() as session:
        track = held(session, principal(), track_id)
        key = _key(body.category, track)
        user = who.speaks_for(session, body.user_id)
        answer = TagAnswer.of(consensus.suggest(session, track, user, key, body.action))
        session.flush()
        panel = TagPanel.of(session, track, user.id, answer.message)
    return _answer(answer, panel)


@blueprint.post("/tracks/<track_id>/tags/take-back", endpoint="take_back")
@blueprint.delete("/api/library/<track_id>/suggest-tag", endpoint="take_back_api")
@limiter.limit(LIMIT)
@describe(
    "Library",
    "Take one's own open suggestion back",
    body=TakeBackBody,
    answers={200: TakenBack},
    has_page=True,
    example='{"category": "piano"}',
    refusals={429: "Too many suggestions in a minute"},
)
def take_back(track_id: str) -> Response:
    who = demand_community()
    body = parse_body(TakeBackBody) if request.get_data() else parse_query(TakeBackBody)
    with db.write() as session:
        track = held(session, principal(), track_id)
        user_id = who.reads_as(session, body.user_id)
        key = _key(body.category, track)
        was_there = user_id is not None and consensus.take_back(session, track, user_id, key)
        session.flush()
        answer = TakenBack.of(was_there)
        panel = TagPanel.of(session, track, user_id, answer.message)
    return _answer(answer, panel)


@blueprint.get("/tracks/<track_id>/tags", endpoint="about")
@blueprint.get("/api/library/<track_id>/tag-suggestions")
@describe(
    "Library",
    "What people suggest about a track's categories",
    query=TagQuery,
    answers={200: SuggestionsAnswer},
    has_page=True,
)
def suggestions(track_id: str) -> Response:
    query, who = parse_query(TagQuery), principal()
    with db.read() as session:
        track = readable(session, principal(), track_id)
        voices = Suggestion.open_of(session, track)
        user_id = who.reads_as(session, query.user_id)
        panel = TagPanel.of(session, track, user_id)
    answer = SuggestionsAnswer.of(track, voices, user_id)
    return respond(answer, template="tags/about.html", block="about", tags=panel, name=track.name)


@blueprint.get("/api/library/<track_id>/tag-history")
@describe("Library", "How a track came by its categories, oldest first", answers={200: TagHistoryAnswer})
def tag_history(track_id: str) -> Response:
    with db.read() as session:
        track = readable(session, principal(), track_id)
        events = history_of(track, Suggestion.all_of(session, track))
    return respond(TagHistoryAnswer(events=[EventAnswer.of(event) for event in events]))


def _answer(answer: Answer, panel: TagPanel) -> Response:
    see = url_for("library.show", track_id=panel.track_id, _anchor="tags")
    return respond(answer, template="tags/panel.html", block="panel", see=see, say=answer.message, tags=panel)


def _key(name: str, track: Track) -> str:
    """Raises `Refusal` 400 for what is no category of this kind of sound."""
    key = key_named(name, track.kind)
    if key is None:
        raise Refusal(
            400,
            f"{name!r} is not a category of {KIND_WORDS[track.kind]}",
            advice=f"/api/categories/{track.kind} lists what there is.",
            fields={"category": "There is no such category"},
        )
    return key
