"""Finding tracks: filters that combine, sorts, pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal

from .categories import display_name
from .listing import TrackCategory
from .models import Track
from .search import Terms
from .tallies import Tally

FAMILIES = ("music", "audio", "tts")  # as a filter, a family's name matches every model of its kind
SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "recent": (Track.number.desc(),),
    "popular": (Track.votes.desc(), Track.number.desc()),
    "rating": (Track.rating.desc(), Track.number.desc()),
    "trending": (Track.trend.desc(), Track.number.desc()),
    "duration": (Track.seconds.desc(), Track.number.desc()),
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
    """The most frequent categories of listed tracks."""
    counts: Counter[str] = Counter()
    for name, count in Tally.under(session, f"category/{kind}/" if kind else "category/").items():
        counts[name.rpartition("/")[2]] += count  # the same word may be a category of several kinds
    return [CategoryCount(key, display_name(key), count) for key, count in counts.most_common(most)]


def _matching(filters: Filters) -> Select[Track] | None:
    """None: nothing can match, as with a search of only punctuation."""
    query = select(Track).where(*_who(filters), *_what(filters))
    if filters.maker:
        query = query.where(Track.user_id.in_(select(User.id).where(User.public_id == filters.maker)))
    if filters.category:
        query = query.where(_in_category(filters.category, listed=filters.owned_by is None))
    if filters.search:
        terms = [x for x in (Terms.of(filters.search).parts if Terms.of(filters.search) else [])]
        if not terms:
            return None
        query = query.where(*(Track.search_text.contains(term, autoescape=True) for term in terms))
    return query


def _who(filters: Filters) -> list[ColumnElement[bool]]:
    if filters.owned_by is not None:
        return [Track.user_id == filters.owned_by]
    return [Track.listed.is_(True)]


def _in_category(category: str, *, listed: bool) -> ColumnElement[bool]:
    """One's own tracks may be in no index: their own words say where they belong."""
    if listed:
        return Track.number.in_(select(TrackCategory.track_number).where(TrackCategory.category == category))
    return cast(Track.categories, Text).contains(f'"{category}"', autoescape=True)


def _what(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.model in FAMILIES:
        conditions.append(or_(Track.kind == filters.model, Track.model == filters.model))
    elif filters.model:
        conditions.append(Track.model == filters.model)
    if filters.loop is not None:
        conditions.append(Track.loop.is_(filters.loop))
    return conditions
