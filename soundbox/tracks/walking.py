"""Walking down an order and keeping what matches, in windows, so that it can stop when time is up.

Each statement looks at one window of an index and no further, however rare that is what it looks for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from . import words
from .filters import Wanted
from .models import Track
from .sorts import Order, Place

FIRST_WINDOW, LARGEST_WINDOW, GROWTH = 128, 8192, 4  # tracks
RESERVE = 1.5  # a window so much larger than what should do is rarely followed by another


class Deadline:
    """Seconds from now on, by the monotonic clock."""

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends


@dataclass(frozen=True)
class Found:
    place: Place
    track: Track


@dataclass
class Walk:
    session: Session
    order: Order
    wanted: Wanted
    deadline: Deadline
    share: float | None = None  # of all that are listed, how many are wanted, if that is known
    partial: bool = field(default=False, init=False)  # time was up before it was known whether there is more

    def find(self, count: int, start: Place | None = None, skip: int = 0) -> list[Found]:
        """The next `count` after `start` that are wanted, without the first `skip` of them."""
        if not self._is_choosy:
            return fetched(self.session, self.order, self._rows(start).limit(count).offset(skip))
        found: list[Found] = []
        size = self._first_window(skip + count)
        while True:
            window = self._window(start, size)
            passed = self._how_many(window) if skip else 0
            if skip and passed <= skip:
                skip -= passed
            else:
                matches = self._matches(window).limit(count - len(found)).offset(skip)
                found += fetched(self.session, self.order, matches)
                skip = 0
            if len(found) == count:
                return found
            start = self._end_of(start, size)
            if start is None or self._is_late():
                return found
            size = min(LARGEST_WINDOW, size * GROWTH)

    def first(self, count: int, start: Place | None = None) -> list[int]:
        """Only the numbers of the next `count` after `start` that are wanted."""
        if not self._is_choosy:
            return [row[0] for row in self.session.execute(self._rows(start).limit(count))]
        numbers: list[int] = []
        size = self._first_window(count)
        while True:
            matches = self._matches(self._window(start, size)).limit(count - len(numbers))
            numbers += [row[0] for row in self.session.execute(matches)]
            start = self._end_of(start, size) if len(numbers) < count else None
            if start is None or self._is_late():
                return numbers
            size = min(LARGEST_WINDOW, size * GROWTH)

    def numbers(self, most: int) -> list[int]:
        """The first that are wanted, in order; stops soon after `most`."""
        numbers: list[int] = []
        start = None
        while len(numbers) <= most:
            numbers += [row[0] for row in self.session.execute(self._matches(self._window(start, LARGEST_WINDOW)))]
            start = self._end_of(start, LARGEST_WINDOW)
            if start is None or self._is_late():
                break
        return numbers

    def _is_late(self) -> bool:
        self.partial = self.deadline.is_over
        return self.partial

    def _first_window(self, count: int) -> int:
        return min(LARGEST_WINDOW, expected(count, self.share)) if self.share else FIRST_WINDOW

    @property
    def _is_choosy(self) -> bool:
        return bool(self.wanted.conditions or self.wanted.terms)

    def _window(self, start: Place | None, size: int) -> Subquery:
        names = {name for condition in self.wanted.conditions for name in condition.reads}
        columns = [getattr(Track, name) for name in sorted(names)]
        return self._rows(start, columns).limit(size).subquery("near")

    def _rows(self, start: Place | None, columns: Sequence[Any] = ()) -> Any:
        is_sqlite = self.session.get_bind().dialect.name == "sqlite"
        if is_sqlite and start is not None and self.order.key is not None:
            return self.order.rows_apart(start, columns)
        return self.order.rows(start, columns)

    def _matches(self, window: Subquery) -> Any:
        return self._among(select(*(window.c[name] for name in self._keys)), window).order_by(
            *self.order.by(window.c.number, window.c.get("sorted_by"))
        )

    def _how_many(self, window: Subquery) -> int:
        return self.session.scalar(self._among(select(func.count()).select_from(window), window)) or 0

    def _among(self, query: Any, window: Subquery) -> Any:
        query = query.where(*(condition.holds(window.c) for condition in self.wanted.conditions))
        if self.wanted.terms:
            query = query.where(words.holds(self.session, window.c.number, self.wanted.terms))
        return query

    def _end_of(self, start: Place | None, size: int) -> Place | None:
        """The last place of a full window; None when nothing comes after it."""
        row = self.session.execute(self._rows(start).limit(1).offset(size - 1)).first()
        return None if row is None else Place(None if self.order.key is None else row[1], row[0])

    @property
    def _keys(self) -> Sequence[str]:
        return ("number",) if self.order.key is None else ("number", "sorted_by")


def expected(count: int, share: float) -> int:
    """How many tracks have to be looked at, most likely, until `count` of such a share are met."""
    return round(count / share * RESERVE) + 1


def fetched(session: Session, order: Order, places: Any) -> list[Found]:
    """The tracks of these rows of an order, with their makers: the narrow rows are chosen first, then the wide read."""
    near = places.subquery("places")
    key = near.c.get("sorted_by")
    query = select(Track, near.c.number if key is None else key).join(near, near.c.number == Track.number)
    rows = session.execute(query.order_by(*order.by(near.c.number, key)))
    return [Found(Place(None if key is None else figure, track.number), track) for track, figure in rows]
