"""Tracks one after the other: the documented endpoints, each a way to choose."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from soundbox.accounts.principal import principal
from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.favorites.models import Favorite
from soundbox.stations.repeating import excluded, unheard_first
from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.asking import model_of
from soundbox.tracks.browse import browse, tracks_of
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track
from soundbox.tracks.picks import chance, random_tracks
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .answers import (
    MOST_NEW,
    MOST_TRACKS,
    FavoritesQuery,
    NewQuery,
    NextAnswer,
    NextQuery,
    ShuffleQuery,
    TopQuery,
    TracksAnswer,
)
from .best import best_tracks

blueprint = Blueprint("radio_tracks", __name__)

HOUR_MS = 3_600_000
MOST_KEPT = 2_000  # of somebody's favorites that one shuffle chooses from


@blueprint.get("/api/radio/shuffle")
@describe("Radio", "Public tracks by chance, each once", query=ShuffleQuery, answers={200: TracksAnswer})
def shuffle() -> Response:
    query = parse_query(ShuffleQuery)
    filters = Filters(model=model_of(query.model), search=query.search)
    with db.read() as session:
        return _answer(random_tracks(session, filters, min(query.count, MOST_TRACKS)))


@blueprint.get("/api/radio/next")
@describe("Radio", "One more, and none of those heard lately", query=NextQuery, answers={200: NextAnswer})
def next_track() -> Response:
    query = parse_query(NextQuery)
    filters = Filters(model=model_of(query.model), search=query.search)
    with db.read() as session:
        found = unheard_first(
            lambda count, exclude: random_tracks(session, filters, count, exclude), 1, excluded(query.exclude)
        )
        answers = [TrackAnswer.of(track) for track in found]
    return respond(NextAnswer(tracks=answers, track=answers[0] if answers else None))


@blueprint.get("/api/radio/favorites")
@describe("Radio", "One's favorites by chance", query=FavoritesQuery, answers={200: TracksAnswer})
def favorites() -> Response:
    query = parse_query(FavoritesQuery)
    with db.read() as session:
        person = principal().reads_as(session, query.user_id) or 0
        kept = Favorite.some_of(session, person, MOST_KEPT)
        return _answer(tracks_of(session, chance.sample(kept, min(query.count, MOST_TRACKS, len(kept)))))


@blueprint.get("/api/radio/top-rated")
@describe("Radio", "The best by upvotes minus downvotes", query=TopQuery, answers={200: TracksAnswer})
def top_rated() -> Response:
    query = parse_query(TopQuery)
    with db.read() as session:
        return _answer(best_tracks(session, Filters(model=model_of(query.model)), min(query.count, MOST_TRACKS)))


@blueprint.get("/api/radio/new")
@describe("Radio", "The newest, of the last week unless told", query=NewQuery, answers={200: TracksAnswer})
def new() -> Response:
    query = parse_query(NewQuery)
    since_ms = now_ms() - query.hours * HOUR_MS
    with db.read() as session:
        newest = browse(session, Filters(model=model_of(query.model)), "recent", 1, min(query.count, MOST_NEW))
        return _answer([track for track in newest.tracks if track.created_ms >= since_ms])


def _answer(tracks: Sequence[Track]) -> Response:
    return respond(TracksAnswer(tracks=[TrackAnswer.of(track) for track in tracks]))
