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

FIRST_WINDOW, LARGEST_WINDOW, GROWTH = 128, 8192, 8  # tracks


class Deadline:
    """Seconds from now on, by the monotonic clock."""

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends


@dataclass
class Walk:
    session: Session
    order: Order
    wanted: Wanted
    deadline: Deadline
    partial: bool = field(default=False, init=False)  # time was up before it was known whether there is more

    def find(self, count: int, start: Place | None = None, skip: int = 0) -> list[Place]:
        """The next `count` places after `start` that are wanted, without the first `skip` of them."""
        if not self._is_choosy:
            return self._places(self.order.rows(start).limit(count).offset(skip))
        found: list[Place] = []
        size = FIRST_WINDOW
        while True:
            window = self._window(start, size)
            passed = self._how_many(window) if skip else 0
            if passed <= skip and skip:
                skip -= passed
            else:
                found += self._places(self._matches(window).limit(count - len(found)).offset(skip))
                skip = 0
            if len(found) == count:
                return found
            start = self._end_of(start, size)
            if start is None:
                return found
            if self.deadline.is_over:
                self.partial = True
                return found
            size = min(LARGEST_WINDOW, size * GROWTH)

    def count(self, most: int) -> int:
        """How many are wanted; stops soon after `most`."""
        counted, start = 0, None
        while counted <= most:
            counted += self._how_many(self._window(start, LARGEST_WINDOW))
            start = self._end_of(start, LARGEST_WINDOW)
            if start is None:
                break
            if self.deadline.is_over:
                self.partial = True
                break
        return counted

    @property
    def _is_choosy(self) -> bool:
        return bool(self.wanted.conditions or self.wanted.terms)

    def _window(self, start: Place | None, size: int) -> Subquery:
        names = {name for condition in self.wanted.conditions for name in condition.reads}
        columns = [getattr(Track, name) for name in sorted(names)]
        return self.order.rows(start, columns).limit(size).subquery("near")

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
        return next(iter(self._places(self.order.rows(start).limit(1).offset(size - 1))), None)

    @property
    def _keys(self) -> Sequence[str]:
        return ("number",) if self.order.key is None else ("number", "sorted_by")

    def _places(self, query: Any) -> list[Place]:
        has_key = self.order.key is not None
        return [Place(row[1] if has_key else None, row[0]) for row in self.session.execute(query)]
