"""A rule as conditions on tracks: the library's own filters, and what only stations ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session, aliased

from soundbox.clock import now_ms
from soundbox.playlists.models import Playlist, PlaylistEntry
from soundbox.tracks.filters import Condition, Filters, Wanted, wanted
from soundbox.tracks.listing import TrackCategory
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import KEPT, LISTED, SORTS, Order

if TYPE_CHECKING:
    from .rules import StationRule

DAY_MS = 86_400_000
SAME_NAMES = (  # in a rule and as filters of the library
    *("model", "search", "maker", "loop", "min_duration", "max_duration", "min_tempo", "max_tempo", "key", "licence"),
    *("commercial_use", "voted", "is_remix", "has_remixes", "preset", "parent"),
)
ORDERS: dict[str, Order] = {"top": SORTS["rating"], "new": SORTS["recent"], "trending": SORTS["trending"]}

# Numbers stand in the order of publishing, so the first one since a moment is found by halving: twenty looks at the
# primary key for a million tracks, and no index to be kept.
IS_OLDER = """
    coalesce((SELECT created_ms FROM tracks WHERE number >= (low + high) / 2 ORDER BY number LIMIT 1), :since) < :since
"""
FIRST_SINCE = text(f"""
    WITH RECURSIVE halves(low, high) AS (
        SELECT CAST(1 AS BIGINT), (SELECT coalesce(max(number), 0) + 1 FROM tracks)
        UNION ALL
        SELECT CASE WHEN {IS_OLDER} THEN (low + high) / 2 + 1 ELSE low END,
               CASE WHEN {IS_OLDER} THEN high ELSE (low + high) / 2 END
        FROM halves WHERE low < high
    )
    SELECT max(low) FROM halves WHERE low = high
""")  # noqa: S608 - words of our own


def order_of(rule: StationRule) -> Order | None:
    """The order that it plays only the first of; None: all of it, by chance."""
    return KEPT if rule.favorites_of_all else ORDERS.get(rule.sort)


def wanted_by(session: Session, rule: StationRule) -> Wanted | None:
    """What is asked of a track; None: nothing can match. A rule's `like` is asked elsewhere: it is no fact of a row."""
    base = wanted(session, _filters(rule))
    if base is None:
        return None
    conditions = [*base.conditions]
    if len(rule.categories) > 1:
        conditions.append(_any_of(rule.categories))
    if rule.max_age_days is not None:
        conditions.append(_since(session, now_ms() - rule.max_age_days * DAY_MS))
    if rule.playlist:
        conditions.append(_on_playlist(session, rule.playlist))
    return Wanted(tuple(conditions), base.terms)


def _filters(rule: StationRule) -> Filters:
    category = rule.categories[0] if len(rule.categories) == 1 else None
    return Filters(category=category, **{name: getattr(rule, name) for name in SAME_NAMES})


def _any_of(categories: tuple[str, ...]) -> Condition:
    def holds(row: Any) -> ColumnElement[bool]:
        tags = aliased(TrackCategory)
        return select(tags.category).where(tags.category.in_(categories), tags.track_number == row["number"]).exists()

    tagged = select(TrackCategory.track_number.label("number")).where(TrackCategory.category.in_(categories))
    return Condition(holds, numbers=tagged.distinct())


def _since(session: Session, moment_ms: int) -> Condition:
    first: int = session.scalar(FIRST_SINCE, {"since": moment_ms}) or 1
    return Condition(
        lambda row: row["number"] >= first, numbers=select(Track.number).where(LISTED, Track.number >= first)
    )


def _on_playlist(session: Session, playlist_id: str) -> Condition:
    playlist: int = session.scalar(select(Playlist.number).where(Playlist.id == playlist_id)) or 0
    entries = PlaylistEntry.playlist_number == playlist

    def holds(row: Any) -> ColumnElement[bool]:
        return select(func.count()).where(entries, PlaylistEntry.track_number == row["number"]).scalar_subquery() > 0

    return Condition(holds, numbers=select(PlaylistEntry.track_number.label("number")).where(entries))
