"""`soundbox bench radio`: what it costs to choose what is played next, on the database of an instance."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.extensions import db
from soundbox.favorites.models import Favorite
from soundbox.radio.best import best_tracks
from soundbox.radio.track_routes import MOST_KEPT
from soundbox.stations.models import Station
from soundbox.stations.repeating import MOST_EXCLUDED
from soundbox.stations.rules import StationRule
from soundbox.tracks.browse import browse, tracks_of
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track
from soundbox.tracks.picks import chance, random_tracks

from .library import Cost, Read, costs_of

TRACKS = 10


def every_choice(rounds: int) -> Iterator[Cost]:
    with db.read() as session:
        reads = [*endpoints(session), *stations(session)]
    yield from costs_of(reads, rounds)


def endpoints(session: Session) -> Iterator[tuple[str, Read]]:
    """As documented: their defaults, and what they allow at most."""
    heard = [track.id for track in random_tracks(session, Filters(), MOST_EXCLUDED)]
    person = keeps_most(session)
    music, rain = Filters(model="music"), Filters(search="rain")
    yield "shuffle", lambda session: random_tracks(session, Filters(), TRACKS)
    yield "shuffle music", lambda session: random_tracks(session, music, TRACKS)
    yield "shuffle a search (rain)", lambda session: random_tracks(session, rain, TRACKS)
    yield "next, 200 heard", lambda session: random_tracks(session, Filters(), 1, heard)
    yield "next music, 200 heard", lambda session: random_tracks(session, music, 1, heard)
    yield "favorites of who keeps most", lambda session: _favorites(session, person)
    yield "top-rated", lambda session: best_tracks(session, Filters(), 2 * TRACKS)
    yield "top-rated music", lambda session: best_tracks(session, music, 2 * TRACKS)
    yield "new", lambda session: browse(session, Filters(), "recent", 1, TRACKS).tracks
    yield "new music, 50", lambda session: browse(session, music, "recent", 1, 50).tracks


def stations(session: Session) -> Iterator[tuple[str, Read]]:
    for station in Station.all_shown(session):
        yield f"station {station.slug}", _pick(station.rule)
        heard = [track.id for track in station.rule.pick(session, MOST_EXCLUDED)]
        yield f"station {station.slug}, {len(heard)} heard", _pick(station.rule, heard)
    yield "a station of a month, slow loops", _pick(StationRule(max_age_days=30, max_tempo=70, loop=True))


def keeps_most(session: Session) -> int:
    """Of some thousand people."""
    kept = select(Favorite.user_id, func.count().label("kept")).where(Favorite.user_id <= 2000)
    row = session.execute(kept.group_by(Favorite.user_id).order_by(func.count().desc()).limit(1)).first()
    return row.user_id if row else 0


def _favorites(session: Session, person: int) -> list[Track]:
    kept = Favorite.some_of(session, person, MOST_KEPT)
    return tracks_of(session, chance.sample(kept, min(TRACKS, len(kept))))


def _pick(rule: StationRule, heard: list[str] | None = None) -> Read:
    return lambda session: rule.pick(session, TRACKS, heard or ())
