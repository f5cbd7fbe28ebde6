"""Finding tracks: a page of what is wanted, in the order that is wanted.

What matches few tracks is fetched through an index and sorted; what matches many is met soon on a walk down the order
itself. Either way a list costs what it shows, not what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from .filters import Filters, Wanted, wanted
from .models import Track
from .own import own_tracks
from .paging import Cursor
from .search import Terms, normal
from .sorts import LISTED, SORTS, Order, Place
from .totals import Size, among, size_of, still, tallied
from .walking import Deadline, Walk

WALKING_SECONDS = 0.15


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
        total = tallied(session, what) or 0
        return _walked(session, replace(asked, total=total), sort, own, Wanted(()), cursor)
    size = size_of(session, what)
    asked = replace(asked, total=size.total, capped=size.capped)
    if size.few is not None:
        return _sorted(session, asked, size, sort, cursor, what.terms)
    return _walked(session, asked, sort, SORTS[sort], what, cursor)


def effective_sort(filters: Filters, sort: str) -> str:
    """Relevant to nothing: the newest first."""
    return "recent" if sort == "relevance" and not filters.search else sort


def _own_order(sort: str, what: Wanted) -> Order | None:
    """A category and a maker alone have an index in which they stand together, the newest first."""
    return what.conditions[0].recent if sort == "recent" and len(what.conditions) == 1 and not what.terms else None


def _sorted(session: Session, page: Page, size: Size, sort: str, cursor: Cursor | None, terms: Terms | None) -> Page:
    """Few: all of them are looked at. Relevance has no cursors: its first figure is in no index."""
    order = SORTS[sort]
    if sort == "relevance" and terms:
        places = _by_relevance(session, size, terms)
        first = (page.page - 1) * page.per_page
        return _shown(session, page, places[first : first + page.per_page + 1], None, first > 0)
    down = order.reversed() if cursor and cursor.backwards else order
    query = down.rows(cursor.place if cursor else None).where(among(session, size.few or ()))
    query = query.where(*still(session, size.left)).limit(page.per_page + 1)
    if cursor is None:
        query = query.offset((page.page - 1) * page.per_page)
    rows = [Place(row[1] if order.key is not None else None, row[0]) for row in session.execute(query)]
    return _shown(session, page, rows, cursor or sort, page.page > 1)


def _by_relevance(session: Session, size: Size, terms: Terms) -> list[Place]:
    query = select(Track.number, Track.rating, Track.title).where(LISTED, among(session, size.few or ()))
    rows = session.execute(query.where(*still(session, size.left))).all()

    def rank(row: tuple[int, float, str]) -> tuple[bool, float, int]:
        title = f" {normal(row[2])} " if row[2] else ""
        return all(part in title for part in terms.parts), row[1], row[0]

    return [Place(row[1], row[0]) for row in sorted(rows, key=rank, reverse=True)]


def _walked(session: Session, page: Page, sort: str, order: Order, what: Wanted, cursor: Cursor | None) -> Page:
    deadline = Deadline(WALKING_SECONDS)
    if cursor:
        down = order.reversed() if cursor.backwards else order
        walk = Walk(session, down, what, deadline)
        places = walk.find(page.per_page + 1, cursor.place)
        return replace(_shown(session, page, places, cursor, True), partial=walk.partial)
    skip = (page.page - 1) * page.per_page
    if not page.capped and skip >= page.total:
        return page
    if not page.capped and skip > page.total // 2:
        count = min(page.per_page, page.total - skip)
        walk = Walk(session, order.reversed(), what, deadline)
        places = walk.find(count, skip=page.total - skip - count)[::-1]
        shown = _shown(session, page, places, sort, True)
        return replace(shown, partial=walk.partial, has_next=skip + count < page.total)
    walk = Walk(session, order, what, deadline)
    places = walk.find(page.per_page + 1, skip=skip)
    return replace(_shown(session, page, places, sort, skip > 0), partial=walk.partial)


def _shown(
    session: Session, page: Page, places: Sequence[Place], come_from: Cursor | str | None, has_previous: bool
) -> Page:
    """The page of the first `per_page` places; one more says only that there is more.

    `come_from`: the cursor that was followed, or the sort of a page that was asked for by its number.
    """
    has_more, places = len(places) > page.per_page, places[: page.per_page]
    backwards = isinstance(come_from, Cursor) and come_from.backwards
    if backwards:
        places = places[::-1]
    has_next, has_previous = (True, has_more) if backwards else (has_more, has_previous)
    page = replace(page, tracks=tracks_of(session, [place.number for place in places]), has_next=has_next)
    if come_from is None or not places:
        return page
    sort = come_from.sort if isinstance(come_from, Cursor) else come_from
    return replace(
        page,
        before=Cursor(sort, places[0], backwards=True) if has_previous else None,
        after=Cursor(sort, places[-1]) if has_next else None,
    )


def tracks_of(session: Session, numbers: Sequence[int]) -> list[Track]:
    """Those of these that are listed, in this order, with their makers."""
    tracks = session.scalars(select(Track).where(Track.number.in_(numbers), LISTED)) if numbers else ()
    by_number = {track.number: track for track in tracks}
    return [by_number[number] for number in numbers if number in by_number]
