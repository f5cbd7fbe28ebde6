"""Finding tracks: a page of what is wanted, in the order that is wanted.

What matches few tracks is fetched through an index and sorted; what matches many is met soon on a walk down the order
itself. Either way a list costs what it shows, not what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .filters import EVERYTHING, Filters, Wanted, wanted
from .models import Track
from .own import own_tracks
from .paging import Cursor
from .search import Terms, joined
from .sorts import LISTED, SORTS, Order
from .totals import Size, among, size_of, still, tallied
from .walking import Deadline, Found, Walk, fetched

WALKING_SECONDS = 0.1  # with what totals.py may take, an answer is never later than 250 ms
_OF_NUMBERS = select(Track).where(Track.number.in_(bindparam("numbers", expanding=True)), LISTED)  # made once


@dataclass(frozen=True)
class Page:
    """`capped`: there are at least so many as `total` says; `partial`: time was up before the page was full."""

    tracks: Sequence[Track]
    total: int
    page: int
    per_page: int
    capped: bool = False
    partial: bool = False
    before: Cursor | None = None
    after: Cursor | None = None
    has_next: bool = False

    @property
    def pages(self) -> int:
        counted = max(1, -(-self.total // self.per_page))
        return max(counted, self.page + self.has_next) if self.capped else counted


def browse(
    session: Session, filters: Filters, sort: str, page: int, per_page: int, cursor: Cursor | None = None
) -> Page:
    """`sort` is one of `SORTS`; a `cursor` of the same sort decides where the page begins, whatever `page` says."""
    asked = Page((), 0, page, per_page)
    if filters.owned_by is not None:
        tracks, total = own_tracks(session, filters, sort, (page - 1) * per_page, per_page)
        return replace(asked, tracks=tracks, total=total, has_next=page * per_page < total)
    what = wanted(session, filters)
    if what is None:
        return asked
    sort = effective_sort(filters, sort)
    if own := _own_order(sort, what):
        total = tallied(session, what)[0] or 0
        walk = Walk(session, own, EVERYTHING, Deadline(WALKING_SECONDS))
        return _walked(replace(asked, total=total), sort, walk, cursor)
    size = size_of(session, what)
    asked = replace(asked, total=size.total, capped=size.capped)
    count = (0 if cursor else (page - 1) * per_page) + per_page + 1
    if size.few is not None and (sort == "relevance" or not size.is_soon_met(count)):
        return _sorted(session, asked, size, sort, cursor, what.terms)
    walk = Walk(session, SORTS[sort], what, Deadline(WALKING_SECONDS), size.share)
    return _walked(asked, sort, walk, cursor)


def effective_sort(filters: Filters, sort: str) -> str:
    """Relevant to nothing: the newest first."""
    return "recent" if sort == "relevance" and not filters.search else sort


def _own_order(sort: str, what: Wanted) -> Order | None:
    """A category and a maker alone have an index in which they stand together, the newest first."""
    return what.conditions[0].recent if sort == "recent" and len(what.conditions) == 1 and not what.terms else None


def _sorted(session: Session, page: Page, size: Size, sort: str, cursor: Cursor | None, terms: Terms | None) -> Page:
    """Few: all of them are looked at. Relevance has no cursors: its first figure is in no index."""
    skip = (page.page - 1) * page.per_page
    if sort == "relevance" and terms:
        numbers = _by_relevance(session, size, terms)
        tracks = tracks_of(session, numbers[skip : skip + page.per_page])
        return replace(page, tracks=tracks, has_next=skip + page.per_page < len(numbers))
    if skip >= page.total:
        return page
    order = _direction(SORTS[sort], cursor)
    places = order.rows(cursor.place if cursor else None, hinted=False)
    places = places.where(among(session, size.few or ()), *still(session, size.left)).limit(page.per_page + 1)
    found = fetched(session, order, places if cursor else places.offset(skip))
    return _shown(page, found, sort, cursor)


def _by_relevance(session: Session, size: Size, terms: Terms) -> list[int]:
    query = select(Track.number, Track.rating, Track.title).where(LISTED, among(session, size.few or ()))
    rows = session.execute(query.where(*still(session, size.left))).all()

    def rank(row: Any) -> tuple[bool, float, int]:
        title = f" {joined(row.title)} " if row.title else ""
        return all(part in title for part in terms.parts), row.rating, row.number

    return [row.number for row in sorted(rows, key=rank, reverse=True)]


def _walked(page: Page, sort: str, walk: Walk, cursor: Cursor | None) -> Page:
    if cursor:
        walk.order = _direction(walk.order, cursor)
        found = walk.find(page.per_page + 1, cursor.place)
        return replace(_shown(page, found, sort, cursor), partial=walk.partial)
    skip = (page.page - 1) * page.per_page
    if not page.capped and skip >= page.total:
        return page
    if not page.capped and skip > page.total // 2:
        return _from_the_end(page, sort, walk, skip)
    found = walk.find(page.per_page + 1, skip=skip)
    return replace(_shown(page, found, sort, None), partial=walk.partial)


def _from_the_end(page: Page, sort: str, walk: Walk, skip: int) -> Page:
    count = min(page.per_page, page.total - skip)
    walk.order = walk.order.reversed()
    found = walk.find(count, skip=page.total - skip - count)[::-1]
    after = Cursor(sort, found[-1].place) if found and skip + count < page.total else None
    return replace(_shown(page, found, sort, None), partial=walk.partial, after=after, has_next=after is not None)


def _direction(order: Order, cursor: Cursor | None) -> Order:
    return order.reversed() if cursor and cursor.backwards else order


def _shown(page: Page, found: Sequence[Found], sort: str, cursor: Cursor | None) -> Page:
    """The page of the first `per_page` that were found; one more says only that there is more."""
    has_more, found = len(found) > page.per_page, found[: page.per_page]
    has_next, has_previous = has_more, cursor is not None or page.page > 1
    if cursor and cursor.backwards:
        has_next, has_previous, found = True, has_more, found[::-1]
    page = replace(page, tracks=[one.track for one in found], has_next=has_next)
    if not found:
        return page
    before = Cursor(sort, found[0].place, backwards=True) if has_previous else None
    return replace(page, before=before, after=Cursor(sort, found[-1].place) if has_next else None)


def tracks_of(session: Session, numbers: Sequence[int]) -> list[Track]:
    """Those of these that are listed, in this order, with their makers."""
    tracks = session.scalars(_OF_NUMBERS, {"numbers": numbers}) if numbers else ()
    by_number = {track.number: track for track in tracks}
    return [by_number[number] for number in numbers if number in by_number]
