"""What people say a track is, one row for each person and category; those they agreed on stay as its history."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Integer, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import Kind, User
from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.models import Track

COUNTED = (Kind.member, Kind.owner, Kind.local)  # a guest's counts from the day on which the guest is a member


class Action(StrEnum):
    add = "add"
    remove = "remove"


class Suggestion(Base):
    """Open until enough people agree. Whose person has left stays in the history and counts no more."""

    __tablename__ = "tag_suggestions"
    __table_args__ = (
        Index(
            "ix_tag_suggestions_open",
            *("track_number", "category", "user_id"),
            unique=True,
            sqlite_where=text("agreed_ms IS NULL"),
            postgresql_where=text("agreed_ms IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    track_number: Mapped[int] = mapped_column(BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    category: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(8))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    agreed_ms: Mapped[int | None] = mapped_column(BigInteger)
    user: Mapped[User | None] = relationship(lazy="joined")

    @classmethod
    def open_of(cls, session: Session, track: Track) -> list[Suggestion]:
        query = select(cls).where(cls.track_number == track.number, cls._is_open()).order_by(cls.id)
        return list(session.scalars(query))

    @classmethod
    def all_of(cls, session: Session, track: Track) -> list[Suggestion]:
        """Settled ones too, oldest first."""
        return list(session.scalars(select(cls).where(cls.track_number == track.number).order_by(cls.id)))

    @classmethod
    def open_by(cls, session: Session, user_id: int) -> list[Suggestion]:
        """In the order in which their tracks must be locked."""
        query = select(cls).where(cls.user_id == user_id, cls._is_open()).order_by(cls.track_number, cls.id)
        return list(session.scalars(query))

    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        return cls.agreed_ms.is_(None)

    @property
    def is_open(self) -> bool:
        return self.agreed_ms is None

    @property
    def counts(self) -> bool:
        return self.user is not None and self.user.kind in COUNTED
