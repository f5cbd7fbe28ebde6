"""Tracks by chance: every listed track has a random key in an index, and a draw looks at a few that stand beside one.

Where draws miss, little is wanted: that is gathered through an index and chosen from. So a pick costs what it gives,
not what there is.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import String, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from . import words
from .browse import WALKING_SECONDS, tracks_of
from .filters import Filters, Wanted, wanted
from .listing import LISTED as LISTED_COUNT
from .models import Track
from .sorts import LISTED, RANDOM, Place
from .tallies import Tally
from .totals import FEW, among, as_rows, size_of, still
from .walking import Deadline, Walk

KEY_BITS = 62
LOOKED_AT = 256  # tracks by one draw
SPARE = 6  # draws more than wanted: two may meet the same track
NEIGHBOURS = 4  # times as many as wanted are met on a walk, so that those who stand together seldom come together
chance = secrets.SystemRandom()


def random_tracks(session: Session, filters: Filters, count: int, exclude: Collection[str] = ()) -> list[Track]:
    """Up to `count` different listed tracks by chance, in any order; none of the ids in `exclude`."""
    what = wanted(session, filters)
    return [] if what is None else random_among(session, what, count, exclude)


def random_among(session: Session, what: Wanted, count: int, exclude: Collection[str] = ()) -> list[Track]:
    is_small = Tally.read(session, LISTED_COUNT)[LISTED_COUNT] <= FEW
    tracks = [] if is_small else _drawn(session, what, count, exclude)
    if len(tracks) == count:
        return tracks
    pool = still_wanted(session, None, what) if is_small else gathered(session, what)
    return chosen(session, _met(session, what, count, exclude) if pool is None else pool, count, exclude)


def chosen(session: Session, pool: Sequence[int], count: int, exclude: Collection[str] = ()) -> list[Track]:
    """Up to `count` of the tracks with these numbers, by chance."""
    left_out = _numbers_of(session, exclude)
    left = [number for number in pool if number not in left_out]
    return tracks_of(session, chance.sample(left, min(count, len(left))))


def gathered(session: Session, what: Wanted) -> list[int] | None:
    """The numbers of all that are wanted; None: too many."""
    for narrow in (condition for condition in what.conditions if condition.numbers is not None):
        numbers = session.scalars(narrow.numbers.limit(FEW + 1)).all()  # type: ignore[union-attr]
        if len(numbers) <= FEW:
            rest = Wanted(tuple(one for one in what.conditions if one is not narrow), what.terms)
            return still_wanted(session, numbers, rest)
    size = size_of(session, what)
    return None if size.few is None else still_wanted(session, size.few, size.left)


def still_wanted(session: Session, numbers: Sequence[int] | None, what: Wanted) -> list[int]:
    """Those of these that are listed and wanted; None stands for all there are."""
    clauses = [LISTED, *still(session, what)]
    if numbers is not None:
        clauses.append(among(session, numbers))
    return list(session.scalars(select(Track.number).where(*clauses)))


def run_of(session: Session, what: Wanted, count: int) -> list[int]:
    """The numbers of such as stand next to each other in the random order, from anywhere on."""
    walk = Walk(session, RANDOM, what, Deadline(WALKING_SECONDS))
    numbers = walk.first(count, Place(chance.getrandbits(KEY_BITS), 0))
    if len(numbers) < count and not walk.partial:
        numbers = list(dict.fromkeys([*numbers, *walk.first(count)]))
    return numbers[:count]


def _met(session: Session, what: Wanted, count: int, exclude: Collection[str]) -> list[int]:
    return run_of(session, what, NEIGHBOURS * count + len(exclude))


def _drawn(session: Session, what: Wanted, count: int, exclude: Collection[str]) -> list[Track]:
    """Draws in one statement. What is drawn twice or lies too far off is missing; so few are excluded that they are
    seldom met, and looked for only among what was."""
    keys = as_rows(session, [chance.getrandbits(KEY_BITS) for _ in range(count + SPARE)])
    reads = sorted({name for condition in what.conditions for name in condition.reads})
    near = RANDOM.rows(columns=[getattr(Track, name) for name in reads]).where(Track.random_key < keys)
    near_by = near.limit(LOOKED_AT).correlate(keys.table).subquery("near_by")
    first = select(near_by.c.number).where(*(condition.holds(near_by.c) for condition in what.conditions))
    if what.terms:
        first = first.where(words.holds(session, near_by.c.number, what.terms))
    draws = session.scalars(select(first.limit(1).correlate(keys.table).scalar_subquery()).select_from(keys.table))
    numbers = list(dict.fromkeys(number for number in draws if number is not None))
    tracks = [track for track in tracks_of(session, numbers[:count]) if track.id not in exclude]
    if len(tracks) < count and numbers[count:]:
        tracks += [track for track in tracks_of(session, numbers[count:]) if track.id not in exclude]
    return tracks[:count]


def _numbers_of(session: Session, ids: Collection[str]) -> set[int]:
    if not ids:
        return set()
    if session.get_bind().dialect.name == "sqlite":
        rows = func.json_each(json.dumps(list(ids))).table_valued("value").c.value
    else:
        rows = func.unnest(literal(list(ids), ARRAY(String))).table_valued("value").render_derived().c.value
    return set(session.scalars(select(Track.number).where(Track.id.in_(select(rows)))))
