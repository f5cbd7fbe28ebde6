"""Finding tracks: filters that combine, sorts, pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal

from .categories import display_name
from .models import Track, TrackCategory, Visibility
from .search import searchable_terms

FAMILIES = ("music", "audio", "tts")  # as a filter, a family's name matches every model of its kind
SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "recent": (Track.created_ms.desc(), Track.id.desc()),
    "popular": ((Track.upvotes + Track.downvotes).desc(), Track.created_ms.desc(), Track.id.desc()),
    "rating": (Track.rating.desc(), Track.created_ms.desc(), Track.id.desc()),
    "duration": (Track.seconds.desc(), Track.id.desc()),
}


@dataclass(frozen=True)
class Filters:
    search: str = ""
    model: str | None = None
    category: str | None = None
    maker: str | None = None  # public id
    loop: bool | None = None
    owned_by: int | None = None  # this person's own, private ones too; otherwise public ones only


@dataclass(frozen=True)
class CategoryCount:
    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Page:
    tracks: list[Track]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def browse(session: Session, filters: Filters, sort: str, page: int, per_page: int) -> Page:
    matching = _matching(filters)
    if matching is None:
        return Page([], 0, page, per_page)
    total = session.scalar(select(func.count()).select_from(matching.with_only_columns(Track.id).subquery())) or 0
    rows = session.scalars(matching.order_by(*SORTS[sort]).limit(per_page).offset((page - 1) * per_page))
    return Page(list(rows), total, page, per_page)


def totals_of(session: Session, who: Principal) -> tuple[int, int]:
    """How many tracks a person has, and how many bytes they fill."""
    query = select(func.count(), func.coalesce(func.sum(Track.size_bytes), 0)).where(Track.user_id == who.user_id)
    count, size_bytes = session.execute(query).one()
    return count, int(size_bytes)


def category_counts(session: Session, kind: str | None, most: int = 16) -> list[CategoryCount]:
    """The most frequent categories of public tracks."""
    amount = func.count().label("amount")
    query = (
        select(TrackCategory.category, amount)
        .join(Track, Track.id == TrackCategory.track_id)
        .where(Track.visibility == Visibility.public, *([Track.kind == kind] if kind else []))
        .group_by(TrackCategory.category)
        .order_by(amount.desc(), TrackCategory.category)
        .limit(most)
    )
    return [CategoryCount(key, display_name(key), count) for key, count in session.execute(query)]


def _matching(filters: Filters) -> Select[Track] | None:
    """None: nothing can match, as with a search of only punctuation."""
    query = select(Track).where(*_who(filters), *_what(filters))
    if filters.maker:
        query = query.where(Track.user_id.in_(select(User.id).where(User.public_id == filters.maker)))
    if filters.category:
        of_category = select(TrackCategory.track_id).where(TrackCategory.category == filters.category)
        query = query.where(Track.id.in_(of_category))
    if filters.search:
        terms = searchable_terms(filters.search)
        if not terms:
            return None
        query = query.where(*(Track.search_text.contains(term, autoescape=True) for term in terms))
    return query


def _who(filters: Filters) -> list[ColumnElement[bool]]:
    if filters.owned_by is not None:
        return [Track.user_id == filters.owned_by]
    return [Track.visibility == Visibility.public]


def _what(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.model in FAMILIES:
        conditions.append(or_(Track.kind == filters.model, Track.model == filters.model))
    elif filters.model:
        conditions.append(Track.model == filters.model)
    if filters.loop is not None:
        conditions.append(Track.loop.is_(filters.loop))
    return conditions
