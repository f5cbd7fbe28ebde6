"""Favorites: what somebody keeps to hear again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Select, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.filters import FAMILIES
from soundbox.tracks.models import Track, Visibility
from soundbox.tracks.tallies import Tally

FAVORITES = "favorites"  # the tally of all there are


@dataclass(frozen=True)
class Kept:
    """One page of somebody's favorites."""

    tracks: Sequence[Track]
    total: int


class Favorite(Base):
    __tablename__ = "favorites"
    __table_args__ = (
        Index("ix_favorites_newest", "user_id", "created_ms", "track_number"),
        Index("ix_favorites_track_number", "track_number"),
        {"sqlite_with_rowid": False},
    )

    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    track_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    created_ms: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def keep(cls, session: Session, track: Track, user_id: int) -> None:
        """Twice is once. The caller holds the track's row."""
        if session.get(cls, (user_id, track.number)) is None:
            session.add(cls(user_id=user_id, track_number=track.number, created_ms=now_ms()))
            cls._count(session, track, 1)

    @classmethod
    def drop(cls, session: Session, track: Track, user_id: int) -> None:
        dropped = session.execute(delete(cls).where(cls.user_id == user_id, cls.track_number == track.number))
        if dropped.rowcount:  # type: ignore[attr-defined]
            cls._count(session, track, -1)

    @staticmethod
    def _count(session: Session, track: Track, change: int) -> None:
        track.count(session, favorites=change)
        Tally.change(session, {FAVORITES: change}, spread_by=track.number)

    @classmethod
    def by(cls, session: Session, user_id: int, numbers: Iterable[int]) -> dict[int, bool]:
        """Which of the tracks with these numbers this person keeps."""
        query = select(cls.track_number).where(cls.user_id == user_id, cls.track_number.in_(numbers))
        return dict.fromkeys(session.scalars(query), True)

    @classmethod
    def by_ids(cls, session: Session, user_id: int, track_ids: Sequence[str]) -> dict[str, bool]:
        query = select(Track.id).join(cls, Track.number == cls.track_number)
        return dict.fromkeys(session.scalars(query.where(cls.user_id == user_id, Track.id.in_(track_ids))), True)

    @classmethod
    def of(cls, session: Session, user_id: int, model: str | None, page: int, per_page: int) -> Kept:
        """The latest first; those that have become somebody's secret since are left out."""
        query = cls._readable(user_id, model)
        total = session.scalar(query.with_only_columns(func.count())) or 0
        newest = query.order_by(cls.created_ms.desc(), cls.track_number.desc())
        rows = session.scalars(newest.limit(per_page).offset((page - 1) * per_page))
        return Kept(rows.all(), total)

    @classmethod
    def some_of(cls, session: Session, user_id: int, most: int) -> list[int]:
        """The numbers of what this person keeps and everybody may hear, from anywhere on; all, unless there are more
        than `most`."""
        last = session.scalar(select(func.max(cls.track_number)).where(cls.user_id == user_id)) or 0
        pivot = secrets.randbelow(last + 1)
        kept = select(cls.track_number).join(Track, Track.number == cls.track_number)
        kept = kept.where(cls.user_id == user_id, Track.listed.is_(True)).order_by(cls.track_number).limit(most)
        numbers = session.scalars(kept.where(cls.track_number >= pivot)).all()
        return [*numbers, *session.scalars(kept.where(cls.track_number < pivot))][:most]

    @classmethod
    def _readable(cls, user_id: int, model: str | None) -> Select[Track]:
        is_open = (Track.visibility != Visibility.private) & Track.withheld.is_(None)
        query = select(Track).join(cls, Track.number == cls.track_number)
        query = query.where(cls.user_id == user_id, or_(is_open, Track.user_id == user_id))
        if model in FAMILIES:
            return query.where(or_(Track.kind == model, Track.model == model))
        return query.where(Track.model == model) if model else query
