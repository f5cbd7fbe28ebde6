"""Tracks by chance: every listed track has a random key in an index, and a pick is whoever stands next to a number."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .browse import WALKING_SECONDS, tracks_of
from .filters import Filters, Wanted, wanted
from .models import Track
from .sorts import LISTED, RANDOM, Place
from .totals import MOST_COUNTED, among, as_rows, size_of, still
from .walking import Deadline, Walk

KEY_BITS = 62
SHARE = 0.01  # of what is so common, each draw looks at few
chance = secrets.SystemRandom()


def random_tracks(session: Session, filters: Filters, count: int, exclude: Collection[str] = ()) -> list[Track]:
    """Up to `count` different listed tracks by chance, in any order; none of the ids in `exclude`."""
    what = wanted(session, filters)
    if what is None:
        return []
    size = size_of(session, what)
    left_out: set[int] = set(session.scalars(select(Track.number).where(Track.id.in_(exclude)))) if exclude else set()
    if size.few is not None:
        query = select(Track.number).where(LISTED, among(session, size.few), *still(session, size.left))
        left = [number for number in session.scalars(query) if number not in left_out]
        return tracks_of(session, chance.sample(left, min(count, len(left))))
    is_common = size.total >= MOST_COUNTED or (size.share or 0) > SHARE
    numbers = _drawn_together(session, what, count, left_out) if is_common else []
    walk = Walk(session, RANDOM, what, Deadline(WALKING_SECONDS), size.share)
    return [*tracks_of(session, numbers), *_drawn(walk, count - len(numbers), left_out | set(numbers))]


def _drawn_together(session: Session, what: Wanted, count: int, left_out: set[int]) -> list[int]:
    """All draws in one statement, of something common; what is drawn twice or left out is missing."""
    keys = as_rows(session, [chance.getrandbits(KEY_BITS) for _ in range(count)])
    near = RANDOM.rows().where(Track.random_key < keys, *still(session, what)).limit(1)
    query = select(near.with_only_columns(Track.number).correlate(keys.table).scalar_subquery()).select_from(keys.table)
    return list({number for number in session.scalars(query) if number is not None} - left_out)


def _drawn(walk: Walk, count: int, left_out: set[int]) -> list[Track]:
    """One draw for each, or those who stand together would always be drawn together."""
    drawn: list[Track] = []
    for _ in range(count):
        start = Place(chance.getrandbits(KEY_BITS), 0)
        track = _next(walk, start, left_out) or _next(walk, None, left_out)
        if track is None:
            break
        left_out.add(track.number)
        drawn.append(track)
    return drawn


def _next(walk: Walk, start: Place | None, left_out: set[int]) -> Track | None:
    """The first after `start` that is not left out: at most so many stand in a row as are left out."""
    near = walk.find(1, start)
    if near and near[0].track.number in left_out:
        near = [found for found in walk.find(len(left_out) + 1, start) if found.track.number not in left_out]
    return near[0].track if near else None
