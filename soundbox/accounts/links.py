"""Links that prove something once: a new password, an e-mail address that is one's own."""

from __future__ import annotations

import secrets
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Integer, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.clock import now_ms
from soundbox.extensions import Base

from .models import User, sha256

HOUR_MS = 3_600_000


class Purpose(StrEnum):
    password = "password"  # noqa: S105 - what it is for, not a secret
    email = "email"


LASTS_MS = {Purpose.password: HOUR_MS, Purpose.email: 24 * HOUR_MS}


class AccountLink(Base):
    """32 random bytes in a link, stored as their SHA-256. The newest of each purpose counts alone."""

    __tablename__ = "account_links"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(8))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))  # what opening it proves
    expires_ms: Mapped[int] = mapped_column(BigInteger)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def issue(
        cls, session: Session, user: User, purpose: Purpose, email: str | None = None, lasts_ms: int | None = None
    ) -> str:
        """The secret of a new link, which ends those before it."""
        cls.end_all(session, user.id, purpose)
        secret = secrets.token_urlsafe(32)
        expires_ms = now_ms() + (lasts_ms or LASTS_MS[purpose])
        row = cls(user_id=user.id, purpose=purpose, secret_hash=sha256(secret), email=email, expires_ms=expires_ms)
        session.add(row)
        session.flush()
        return secret

    @classmethod
    def valid(cls, session: Session, purpose: Purpose, secret: str) -> AccountLink | None:
        row = session.scalar(select(cls).where(cls.secret_hash == sha256(secret), cls.purpose == purpose))
        return row if row is not None and row.expires_ms > now_ms() else None

    @classmethod
    def use(cls, session: Session, purpose: Purpose, secret: str) -> tuple[User, str | None] | None:
        """Whose it is and what it proves, for the only time. None: it was used, replaced, or has run out."""
        mine = (cls.secret_hash == sha256(secret)) & (cls.purpose == purpose) & (cls.expires_ms > now_ms())
        row = session.execute(delete(cls).where(mine).returning(cls.user_id, cls.email)).one_or_none()
        return None if row is None else (session.get_one(User, row.user_id, with_for_update=True), row.email)

    @classmethod
    def end_all(cls, session: Session, user_id: int, purpose: Purpose) -> None:
        session.execute(delete(cls).where(cls.user_id == user_id, cls.purpose == purpose))

    @classmethod
    def sweep(cls, session: Session) -> None:
        session.execute(delete(cls).where(cls.expires_ms <= now_ms()))
