"""What people's files take: kept for each person, and changed in the transaction of what takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from soundbox.extensions import db

from .models import Track
from .tallies import Tally, taken_by


@dataclass(frozen=True)
class Filled:
    """A page of somebody's tracks, those that take the most first."""

    tracks: list[Track]
    total: int
    derived_bytes: int  # of all of them: copies in other formats


def used_bytes(session: Session, user_id: int) -> int:
    """All that this person's tracks take, with copies in other formats."""
    name = taken_by(user_id)
    return Tally.read(session, name)[name]


def biggest_of(session: Session, user_id: int, page: int, per_page: int) -> Filled:
    mine = Track.user_id == user_id
    totals = select(func.count(), func.coalesce(func.sum(Track.derived_bytes), 0)).where(mine)
    total, derived_bytes = session.execute(totals).one()
    query = select(Track).where(mine).order_by((Track.size_bytes + Track.derived_bytes).desc(), Track.number.desc())
    tracks = session.scalars(query.limit(per_page).offset((page - 1) * per_page))
    return Filled(list(tracks), total, int(derived_bytes))


def chosen_of(session: Session, user_id: int, track_ids: Sequence[str], *, lock: bool = False) -> list[Track]:
    """Those of these tracks that are this person's own, the most first. Locked in one order, whoever locks them."""
    query = select(Track).where(Track.user_id == user_id, Track.id.in_(track_ids)).order_by(Track.number)
    found = session.scalars(query.with_for_update(of=Track) if lock else query).all()
    return sorted(found, key=lambda track: -track.taken_bytes)


def counting(stem: str) -> Callable[[int], None]:
    """For whoever makes a copy in another format: call it with its bytes before the copy has its name."""

    def count(size_bytes: int) -> None:
        with db.write() as session:
            count_derived(session, stem, size_bytes)

    return count


def count_derived(session: Session, stem: str, size_bytes: int) -> None:
    """Files that several tracks share are counted to the first of them."""
    first = select(func.min(Track.number)).where(Track.stem == stem).scalar_subquery()
    grown = update(Track).where(Track.number == first).values(derived_bytes=Track.derived_bytes + size_bytes)
    row = session.execute(
        grown.returning(Track.number, Track.user_id), execution_options={"synchronize_session": False}
    ).first()
    if row is not None:
        Tally.change(session, {taken_by(row.user_id): size_bytes}, spread_by=row.number)
