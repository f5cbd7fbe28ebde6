"""Searches that people keep."""

from __future__ import annotations

import secrets

from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base

MOST_SEARCHES = 50  # of one person


class TooManySearches(Exception):
    """This person keeps as many as one can."""


class SavedSearch(Base):
    __tablename__ = "saved_searches"
    __table_args__ = (Index("ix_saved_searches_user", "user_id", "created_ms"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))  # as it stands in the address of the library
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def save(cls, session: Session, user_id: int, name: str, query: str) -> SavedSearch:
        """The same search again only gets the new name. Raises `TooManySearches`."""
        known = session.scalar(select(cls).where(cls.user_id == user_id, cls.query == query))
        if known is not None:
            known.name = name
            return known
        if (session.scalar(select(func.count()).where(cls.user_id == user_id)) or 0) >= MOST_SEARCHES:
            raise TooManySearches(f"You keep {MOST_SEARCHES} searches already.")
        kept = cls(user_id=user_id, name=name, query=query)
        session.add(kept)
        session.flush()
        return kept

    @classmethod
    def of(cls, session: Session, user_id: int | None) -> list[SavedSearch]:
        """Somebody's searches, the newest first."""
        if user_id is None:
            return []
        query = select(cls).where(cls.user_id == user_id).order_by(cls.created_ms.desc(), cls.id)
        return list(session.scalars(query))

    @classmethod
    def forget(cls, session: Session, user_id: int | None, search_id: str) -> bool:
        """False: there is none of this id that is theirs."""
        mine = (cls.id == search_id) & (cls.user_id == (user_id or 0))
        return session.scalar(delete(cls).where(mine).returning(cls.id)) is not None
