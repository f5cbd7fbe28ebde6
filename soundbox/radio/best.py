"""The best by upvotes minus downvotes, without an index of their own.

No track is more than its votes ahead, so a walk from what has most votes on may stop where fewer are left than the best
so far are ahead. An index over the difference would have to be written with every vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.tracks.browse import WALKING_SECONDS, tracks_of
from soundbox.tracks.filters import Filters, wanted
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import SORTS, Place
from soundbox.tracks.totals import among
from soundbox.tracks.walking import Deadline, Walk

WINDOW = 128  # tracks
RANKED = select(Track.number, Track.votes, Track.upvotes, Track.downvotes, Track.rating)


def best_tracks(session: Session, filters: Filters, count: int) -> list[Track]:
    """The most ahead first; of those that are level, the better rated."""
    what = wanted(session, filters)
    if what is None:
        return []
    walk = Walk(session, SORTS["popular"], what, Deadline(WALKING_SECONDS))
    best: list[tuple[int, float, int]] = []
    start: Place | None = None
    while True:
        numbers = walk.first(WINDOW, start)
        rows = session.execute(RANKED.where(among(session, numbers))).all()
        seen = [(row.upvotes - row.downvotes, row.rating, row.number) for row in rows]
        best = sorted([*best, *seen], reverse=True)[:count]
        if len(numbers) < WINDOW or walk.deadline.is_over:
            break
        start = _place(rows, numbers[-1])
        if len(best) == count and best[-1][0] >= (start.key or 0):
            break
    return tracks_of(session, [number for _, _, number in best])


def _place(rows: Sequence[Any], number: int) -> Place:
    return next(Place(row.votes, row.number) for row in rows if row.number == number)
