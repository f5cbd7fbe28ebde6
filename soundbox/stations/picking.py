"""Tracks for a station by chance.

Where a rule plays much of the library, draws are made in its random order, each looking at a few tracks. Where draws
miss, it plays little: that is gathered through an index and chosen from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.tracks import words
from soundbox.tracks.alikes import alikes
from soundbox.tracks.browse import WALKING_SECONDS, tracks_of
from soundbox.tracks.filters import Wanted
from soundbox.tracks.models import Track
from soundbox.tracks.picks import KEY_BITS, chance
from soundbox.tracks.sorts import LISTED, RANDOM, RECENT, Place
from soundbox.tracks.totals import FEW, among, as_rows, size_of, still
from soundbox.tracks.walking import Deadline, Walk

from .wanting import order_of, wanted_by

if TYPE_CHECKING:
    from .rules import StationRule

POOL = 300  # of a rule that plays only the first of an order, or what is like a track
LOOKED_AT = 256  # tracks by one draw
SPARE = 6  # draws more than wanted: two may meet the same track


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
    left_out = set(session.scalars(select(Track.number).where(Track.id.in_(exclude)))) if exclude else set()
    pool = pool_of(session, rule, what)
    if pool is None:
        drawn = _drawn(session, what, count, left_out)
        if len(drawn) == count:
            return tracks_of(session, drawn)
        pool = _gathered(session, what)
    if pool is None:
        return tracks_of(session, _walked(session, what, count, left_out))
    left = [number for number in pool if number not in left_out]
    return tracks_of(session, chance.sample(left, min(count, len(left))))


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
            numbers = _gathered(session, what) or numbers
    return tracks_of(session, sorted(numbers, reverse=True)[:count])


def candidates(session: Session, rule: StationRule, most: int) -> list[Candidate]:
    what = wanted_by(session, rule)
    if what is None:
        return []
    numbers = pool_of(session, rule, what)
    numbers = _walked(session, what, most, set()) if numbers is None else numbers[:most]
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
        return _gathered(session, what)
    if order is None:
        return None
    gathered = _gathered(session, what) if what.terms else None
    if gathered is None:
        return Walk(session, order, what, Deadline(WALKING_SECONDS)).first(POOL)
    first = order.rows(hinted=False).where(among(session, gathered)).limit(POOL)
    return [row[0] for row in session.execute(first)]


def _alike(session: Session, track_id: str, what: Wanted) -> list[int]:
    track = session.scalar(select(Track).where(Track.id == track_id))
    if track is None:
        return []
    near = [alike.track.number for alike in alikes(session, track, POOL)]
    query = select(Track.number).where(among(session, near), *still(session, what))
    return list(session.scalars(query))


def _drawn(session: Session, what: Wanted, count: int, left_out: set[int]) -> list[int]:
    """Draws in one statement; what is drawn twice, is left out or lies too far off is missing."""
    keys = as_rows(session, [chance.getrandbits(KEY_BITS) for _ in range(count + SPARE)])
    reads = sorted({name for condition in what.conditions for name in condition.reads})
    near = RANDOM.rows(columns=[getattr(Track, name) for name in reads]).where(Track.random_key < keys)
    near_by = near.limit(LOOKED_AT).correlate(keys.table).subquery("near_by")
    first = select(near_by.c.number).where(*(condition.holds(near_by.c) for condition in what.conditions))
    if what.terms:
        first = first.where(words.holds(session, near_by.c.number, what.terms))
    drawn = session.scalars(select(first.limit(1).correlate(keys.table).scalar_subquery()).select_from(keys.table))
    return list(dict.fromkeys(number for number in drawn if number is not None and number not in left_out))[:count]


def _gathered(session: Session, what: Wanted) -> list[int] | None:
    """The numbers of all that are wanted; None: too many."""
    for narrow in (condition for condition in what.conditions if condition.numbers is not None):
        numbers = session.scalars(narrow.numbers.limit(FEW + 1)).all()  # type: ignore[union-attr]
        if len(numbers) <= FEW:
            rest = Wanted(tuple(one for one in what.conditions if one is not narrow), what.terms)
            return _still_wanted(session, numbers, rest)
    size = size_of(session, what)
    return None if size.few is None else _still_wanted(session, size.few, size.left)


def _still_wanted(session: Session, numbers: Sequence[int], what: Wanted) -> list[int]:
    return list(session.scalars(select(Track.number).where(LISTED, among(session, numbers), *still(session, what))))


def _walked(session: Session, what: Wanted, count: int, left_out: set[int]) -> list[int]:
    """Those that stand next to each other in the random order, from anywhere on, and on from its beginning."""
    walk = Walk(session, RANDOM, what, Deadline(WALKING_SECONDS))
    start = Place(chance.getrandbits(KEY_BITS), 0)
    numbers = walk.first(count + len(left_out), start)
    if len(numbers) < count + len(left_out):
        numbers = list(dict.fromkeys([*numbers, *walk.first(count + len(left_out))]))
    return [number for number in numbers if number not in left_out][:count]
