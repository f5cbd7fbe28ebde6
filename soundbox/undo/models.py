"""What somebody deleted of theirs a moment ago, kept so that they can have it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, delete, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.extensions import Base

LASTS_MS = 3_600_000
BringBack = Callable[[Session, User, dict[str, Any]], str]
_BRINGS_BACK: dict[str, BringBack] = {}


class CannotBeUndone(Exception):
    """Its place is taken by now; the message says how."""


class Deleted(Base):
    """`facts`: all that its feature needs to make it again."""

    __tablename__ = "deleted_things"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms, index=True)

    @classmethod
    def keep(cls, session: Session, user_id: int, kind: str, facts: dict[str, Any]) -> Deleted:
        kept = cls(user_id=user_id, kind=kind, facts=facts)
        session.add(kept)
        session.flush()
        return kept

    @classmethod
    def held_by(cls, session: Session, user_id: int | None, deleted_id: str) -> Deleted | None:
        """One's own of the last hour, with its row locked: of two who undo it, one finds nothing."""
        mine = (cls.id == deleted_id) & (cls.user_id == (user_id or 0)) & (cls.created_ms > now_ms() - LASTS_MS)
        return session.scalar(select(cls).where(mine).with_for_update())

    @classmethod
    def of(cls, session: Session, user_id: int) -> list[Deleted]:
        return list(session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.created_ms)))

    @classmethod
    def forget(cls, session: Session) -> None:
        """What nobody can have back any more."""
        session.execute(delete(cls).where(cls.created_ms <= now_ms() - LASTS_MS))

    def bring_back(self, session: Session, user: User) -> str:
        """The address of its page. Raises `CannotBeUndone`."""
        address = _BRINGS_BACK[self.kind](session, user, self.facts)
        session.delete(self)
        return address


def brings_back(kind: str) -> Callable[[BringBack], BringBack]:
    """How a feature makes a deleted thing of this kind again."""

    def learn(bring_back: BringBack) -> BringBack:
        _BRINGS_BACK[kind] = bring_back
        return bring_back

    return learn


def columns_of(row: Base, *left_out: str) -> dict[str, Any]:
    """All that is stored of a row but these, by the names that make it again."""
    names = (attribute.key for attribute in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in names if name not in left_out}
