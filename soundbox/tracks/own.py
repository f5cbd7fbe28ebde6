"""One's own tracks: also those that no index of listed tracks knows, so their rows are asked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal

from .filters import FAMILIES, Filters, tidy_key
from .models import Track
from .search import Terms
from .sorts import SORTS
from .storage import used_bytes


def own_tracks(session: Session, filters: Filters, sort: str, skip: int, count: int) -> tuple[Sequence[Track], int]:
    """A page of them and how many there are in all."""
    terms = Terms.of(filters.search)
    if filters.search and terms is None:
        return [], 0
    clauses = [Track.user_id == filters.owned_by, *_what(filters)]
    if terms:
        clauses += [Track.search_text.contains(part, autoescape=True) for part in terms.parts]
    total = session.scalar(select(func.count()).select_from(Track).where(*clauses)) or 0
    order = SORTS[sort if terms or sort != "relevance" else "recent"]
    query = select(Track).where(*clauses).order_by(*order.by(order.number, order.key))
    return session.scalars(query.limit(count).offset(skip)).all(), total


def totals_of(session: Session, who: Principal) -> tuple[int, int]:
    """How many tracks a person has, and how many bytes they fill."""
    count = session.scalar(select(func.count()).select_from(Track).where(Track.user_id == who.user_id)) or 0
    return count, used_bytes(session, who.user_id or 0)


def _what(filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (filters.visibility, Track.visibility == filters.visibility),
        (filters.model, _model(filters.model)),
        (filters.category, cast(Track.categories, Text).contains(f'"{filters.category}"', autoescape=True)),
        (filters.loop, Track.loop.is_(filters.loop)),
        (filters.min_duration, Track.seconds >= (filters.min_duration or 0)),
        (filters.max_duration, Track.seconds <= (filters.max_duration or 0)),
        (filters.min_tempo, Track.tempo >= (filters.min_tempo or 0)),
        (filters.max_tempo, Track.tempo <= (filters.max_tempo or 0)),
        (filters.preset, Track.preset == filters.preset),
        (filters.key, Track.key == tidy_key(filters.key or "")),
        (filters.licence, Track.licence == filters.licence),
        (filters.commercial_use, Track.commercial_use.is_(filters.commercial_use)),
        (filters.voted, (Track.votes > 0).is_(filters.voted)),
        (filters.is_remix, Track.relation.is_not(None).is_(filters.is_remix)),
        (filters.has_remixes, (Track.remixes > 0).is_(filters.has_remixes)),
        (filters.parent, Track.parent_id == filters.parent),
    ]
    return [clause for value, clause in asked if value not in (None, "")]


def _model(model: str | None) -> ColumnElement[bool]:
    return or_(Track.kind == model, Track.model == model) if model in FAMILIES else Track.model == model
