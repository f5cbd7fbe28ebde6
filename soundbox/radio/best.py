"""The best by upvotes minus downvotes, without an index of their own.

No track is more than its votes ahead, so a walk from what has most votes on may stop where fewer are left than the best
so far are ahead. An index over the difference would have to be written with every vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.tracks.browse import WALKING_SECONDS, tracks_of
from soundbox.tracks.filters import Filters, Wanted, wanted
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import SORTS, Place
from soundbox.tracks.totals import among, tallied
from soundbox.tracks.walking import Deadline, Walk

WINDOW, GROWTH, LARGEST_WINDOW = 64, 4, 1024  # tracks
RANKED = select(Track.number, Track.votes, Track.upvotes, Track.downvotes, Track.rating)


def best_tracks(session: Session, filters: Filters, count: int) -> list[Track]:
    """The most ahead first; of those that are level, the better rated."""
    what = wanted(session, filters)
    if what is None:
        return []
    share = _share(session, what)
    deadline = Deadline(WALKING_SECONDS)
    walk = Walk(session, SORTS["popular"], what, deadline, share)
    unread = Walk(session, SORTS["rating"], what, deadline, share).first(WINDOW)  # who is loved by all is far ahead
    best: list[Any] = []
    start: Place | None = None
    size = WINDOW
    while not deadline.is_over:
        numbers = walk.first(size, start)
        rows = _rows(session, [*numbers, *unread])
        best = _ranked([*rows, *best], count)
        if len(numbers) < size:
            break
        start = _place(rows, numbers[-1])
        if len(best) == count and _lead(best[-1]) >= (start.key or 0):
            break
        unread, size = [], min(LARGEST_WINDOW, size * GROWTH)
    return tracks_of(session, [row.number for row in best])


def _share(session: Session, what: Wanted) -> float | None:
    """Of all that are listed, if it is counted: then the first window of a walk is wide enough."""
    if not what.conditions:
        return None
    known, everything = tallied(session, what)
    return known / everything if known and everything else None


def _rows(session: Session, numbers: Sequence[int]) -> Sequence[Any]:
    return session.execute(RANKED.where(among(session, numbers))).all()


def _ranked(rows: Iterable[Any], count: int) -> list[Any]:
    by_number = {row.number: row for row in rows}
    return sorted(by_number.values(), key=lambda row: (_lead(row), row.rating, row.number), reverse=True)[:count]


def _lead(row: Any) -> int:
    return int(row.upvotes - row.downvotes)


def _place(rows: Sequence[Any], number: int) -> Place:
    return next(Place(row.votes, row.number) for row in rows if row.number == number)
