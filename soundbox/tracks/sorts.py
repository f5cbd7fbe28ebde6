"""The orders that listed tracks can be walked in: each is an index, read downwards."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)

from .listing import TrackCategory
from .models import Track

Number = int | float


@dataclass(frozen=True)
class Place:
    """Where a track stands in an order: the figure that it is sorted by, if there is one, and its number."""

    key: Number | None
    number: int


@dataclass(frozen=True)
class Order:
    number: Any
    where: ColumnElement[bool]
    key: Any = None
    index: str = ""  # SQLite is told which: it would rather read the wide rows, which are in the order of numbers
    backwards: bool = False

    def rows(self, start: Place | None = None, columns: Iterable[Any] = (), *, hinted: bool = True) -> Select[Any]:
        """`number` and, where there is a key, `sorted_by` of all tracks that come after `start`, in order.

        `hinted` False: they are found another way, and sorted.
        """
        query = self._rows(columns, hinted=hinted)
        if start is not None:
            query = query.where(self._after(start))
        return query.order_by(*self.by(self.number, self.key))

    def rows_apart(self, start: Place, columns: Iterable[Any] = ()) -> CompoundSelect[Any]:
        """The same for SQLite, whose indexes cannot go on at a key *and* a row's number: ties first."""
        after = operator.gt if self.backwards else operator.lt
        rows, key = self._rows(columns), literal(start.key, self.key.type)
        ties = rows.where(self.key == key, after(self.number, start.number))
        both = union_all(ties, rows.where(after(self.key, key)))
        return both.order_by(*self.by(both.selected_columns.number, both.selected_columns.sorted_by))

    def _rows(self, columns: Iterable[Any], *, hinted: bool = True) -> Select[Any]:
        keys = () if self.key is None else (self.key.label("sorted_by"),)
        query = select(self.number.label("number"), *keys, *columns).where(self.where)
        return query.with_hint(Track, f"INDEXED BY {self.index}", "sqlite") if self.index and hinted else query

    def reversed(self) -> Order:
        return replace(self, backwards=not self.backwards)

    def by(self, number: Any, key: Any) -> list[ColumnElement[Any]]:
        columns = [number] if self.key is None else [key, number]
        return [column.asc() if self.backwards else column.desc() for column in columns]

    def _after(self, start: Place) -> ColumnElement[bool]:
        number = literal(start.number, BigInteger)
        if self.key is None:
            return self.number > number if self.backwards else self.number < number
        here, there = tuple_(self.key, self.number), tuple_(literal(start.key, self.key.type), number)
        return here > there if self.backwards else here < there


LISTED = Track.listed.is_(True)
RECENT = Order(Track.number, LISTED, index="ix_tracks_recent")
RATING = Order(Track.number, LISTED, Track.rating, "ix_tracks_rating")
DURATION = Order(Track.number, LISTED, Track.seconds, "ix_tracks_duration")
RANDOM = Order(Track.number, LISTED, Track.random_key, "ix_tracks_random")
# What people keep most. The bound stands in the statement itself: SQLite cannot tell that a parameter fits the index.
KEPT = Order(Track.number, and_(LISTED, Track.favorites > literal_column("0")), Track.favorites, "ix_tracks_kept")

SORTS: dict[str, Order] = {
    "recent": RECENT,
    "popular": Order(Track.number, LISTED, Track.votes, "ix_tracks_popular"),
    "rating": RATING,
    "trending": Order(Track.number, LISTED, Track.trend, "ix_tracks_trending"),
    "duration": DURATION,
    # Those with the words in their title first, then by rating. Where very many match, words tell little: by rating.
    "relevance": RATING,
}


def recent_of_maker(user_id: int) -> Order:
    return Order(Track.number, and_(Track.user_id == user_id, LISTED))


def recent_in_category(category: str) -> Order:
    return Order(TrackCategory.track_number, TrackCategory.category == category)
