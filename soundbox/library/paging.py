"""A page of a list, as it was asked for: its tracks, how many there are, and where the pages beside it begin."""

from __future__ import annotations

from flask import request, url_for
from sqlalchemy.orm import Session

from soundbox.tracks.answers import TrackAnswer
from soundbox.tracks.browse import Page, browse, effective_sort
from soundbox.tracks.filters import Filters
from soundbox.tracks.paging import BadCursor, Cursor
from soundbox.web.errors import Refusal

from .answers import LibraryAnswer, LibraryQuery

MOST_PER_PAGE = 100


def page_of(session: Session, filters: Filters, query: LibraryQuery) -> Page:
    """Raises `Refusal` 400 for a cursor that is none."""
    sort = effective_sort(filters, query.sort)
    try:
        cursor = Cursor.read(query.cursor, sort) if query.cursor else None
    except BadCursor:
        raise Refusal(400, "Unknown cursor", advice="Leave it out: the list then begins at its page.") from None
    return browse(session, filters, sort, query.page, min(query.per_page, MOST_PER_PAGE), cursor)


def answer_of(found: Page) -> LibraryAnswer:
    return LibraryAnswer(
        items=[TrackAnswer.of(track) for track in found.tracks],
        total=found.total,
        total_capped=found.capped,
        partial=found.partial,
        page=found.page,
        pages=found.pages,
        per_page=found.per_page,
    )


def links_of(found: Page) -> dict[str, str | None]:
    """A cursor says where a page begins, its number beside it only what it is called."""

    def address(page: int, cursor: Cursor | None = None) -> str:
        asked = {**request.args.to_dict(), "page": str(page), "cursor": str(cursor) if cursor else None}
        return url_for(str(request.endpoint), **asked)  # type: ignore[arg-type]

    has_previous, is_elsewhere = found.page > 1, found.pages > 1
    return {
        "first": address(1) if is_elsewhere else None,
        "prev": address(found.page - 1, found.before) if has_previous else None,
        "next": address(found.page + 1, found.after) if found.has_next else None,
        "last": address(found.pages) if is_elsewhere and not found.capped else None,
    }
