"""How many tracks a rule finds: exact up to some thousands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.tracks.filters import Wanted
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import LISTED
from soundbox.tracks.totals import MOST_COUNTED, size_of, still

from .picking import pool_of
from .wanting import wanted_by

if TYPE_CHECKING:
    from .rules import StationRule


@dataclass(frozen=True)
class Counted:
    """`capped`: there are at least so many."""

    total: int
    capped: bool = False


def counted(session: Session, rule: StationRule) -> Counted:
    what = wanted_by(session, rule)
    if what is None:
        return Counted(0)
    if rule.like or rule.playlist or rule.favorites_of_all:
        return Counted(len(pool_of(session, rule, what) or ()))
    narrow = [condition for condition in what.conditions if condition.numbers is not None]
    if narrow and not what.terms:
        return _through(session, what)
    size = size_of(session, what)
    return Counted(size.total, size.capped)


def _through(session: Session, what: Wanted) -> Counted:
    """Those that the first condition with an index of its own finds, as far as the others hold."""
    narrow = next(condition for condition in what.conditions if condition.numbers is not None)
    rest = Wanted(tuple(one for one in what.conditions if one is not narrow))
    near = narrow.numbers.limit(MOST_COUNTED + 1).subquery("near")  # type: ignore[union-attr]
    found = select(func.count()).select_from(Track).join(near, near.c[0] == Track.number)
    total = session.scalar(found.where(LISTED, *still(session, rest))) or 0
    seen = session.scalar(select(func.count()).select_from(near)) or 0
    return Counted(total, capped=seen > MOST_COUNTED)
