"""Tracks for a station by chance: of all that its rule wants, or of the first of an order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.tracks.alikes import alikes
from soundbox.tracks.browse import WALKING_SECONDS, tracks_of
from soundbox.tracks.filters import Wanted
from soundbox.tracks.models import Track
from soundbox.tracks.picks import chosen, gathered, random_among, run_of, still_wanted
from soundbox.tracks.sorts import LISTED, RECENT, Order
from soundbox.tracks.totals import among, still
from soundbox.tracks.walking import Deadline, Walk

from .wanting import order_of, wanted_by

if TYPE_CHECKING:
    from .rules import StationRule

POOL = 300  # of a rule that plays only the first of an order, or what is like a track

SHARE = 0.5  # of what a kind leaves out: so much of an order is looked at first


@dataclass(frozen=True)
class Candidate:
    """What a programme is drawn from: numbers instead of whole tracks, of which there may be thousands."""

    number: int
    id: str
    stem: str
    maker: int  # row id
    kind: str
    seconds: float
    rating: float
    trend: float
    loop: bool
    tempo: float | None
    loudness_lufs: float | None
    created_ms: int


COLUMNS = (
    *(Track.number, Track.id, Track.stem, Track.user_id, Track.kind, Track.seconds, Track.rating, Track.trend),
    *(Track.loop, Track.tempo, Track.loudness_lufs, Track.created_ms),
)


def pick(session: Session, rule: StationRule, count: int, exclude: Collection[str] = ()) -> list[Track]:
    what = wanted_by(session, rule)
    if what is None or count < 1:
        return []
    pool = pool_of(session, rule, what)
    if pool is None:
        return random_among(session, what, count, exclude)
    return chosen(session, pool, count, exclude)


def newest(session: Session, rule: StationRule, count: int) -> list[Track]:
    """The newest of what it plays, the newest first: what changes with time, such as feeds, has no use for chance."""
    what = wanted_by(session, rule)
    if what is None:
        return []
    numbers = pool_of(session, rule, what)
    if numbers is None:
        walk = Walk(session, RECENT, what, Deadline(WALKING_SECONDS))
        numbers = walk.first(count)
        if walk.partial:
            numbers = gathered(session, what) or numbers
    return tracks_of(session, sorted(numbers, reverse=True)[:count])


def candidates(session: Session, rule: StationRule, most: int) -> list[Candidate]:
    what = wanted_by(session, rule)
    if what is None:
        return []
    numbers = pool_of(session, rule, what)
    numbers = run_of(session, what, most) if numbers is None else numbers[:most]
    rows = session.execute(select(*COLUMNS).where(LISTED, among(session, numbers)))
    return [Candidate(*row) for row in rows]  # type: ignore[call-arg]


def matches(session: Session, rule: StationRule, track: Track) -> bool:
    what = wanted_by(session, rule)
    if what is None:
        return False
    if rule.like:
        return track.number in (pool_of(session, rule, what) or ())
    clauses = [LISTED, Track.number == track.number, *still(session, what)]
    if rule.favorites_of_all:
        clauses.append(Track.favorites > 0)
    return session.scalar(select(Track.number).where(*clauses)) is not None


def pool_of(session: Session, rule: StationRule, what: Wanted) -> list[int] | None:
    """The numbers of all it chooses from, if that is a short list; None: it plays whatever is wanted."""
    order = order_of(rule)
    if rule.like:
        return _alike(session, rule.like, what)
    if rule.playlist:
        return gathered(session, what)
    return None if order is None else _first(session, order, what)


def _first(session: Session, order: Order, what: Wanted) -> list[int]:
    """Of something rare all are looked at; of anything else the first are soon met."""
    few = gathered(session, what) if what.terms else None
    if few is not None:
        query = order.rows(hinted=False).where(among(session, few)).limit(POOL)
        return [row[0] for row in session.execute(query)]
    return Walk(session, order, what, Deadline(WALKING_SECONDS), share=SHARE).first(POOL)


def _alike(session: Session, track_id: str, what: Wanted) -> list[int]:
    track = session.scalar(select(Track).where(Track.id == track_id))
    if track is None:
        return []
    near = [alike.track.number for alike in alikes(session, track, POOL)]
    return still_wanted(session, near, what)
