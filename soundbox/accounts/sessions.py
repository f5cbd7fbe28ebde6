"""Browsers that members are signed in with."""

from __future__ import annotations

import secrets

from sqlalchemy import BigInteger, ForeignKey, Integer, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.clock import now_ms
from soundbox.extensions import Base

from .models import User, sha256

PREFIX = "sbs_"  # of the secret in the cookie; a guest's has none
DAY_MS = 86_400_000
IDLE_MS = 14 * DAY_MS
LONGEST_MS = 90 * DAY_MS
LONGEST_DEVICE = 300


class BrowserSession(Base):
    """`sbs_` + 32 random bytes in a cookie, stored as their SHA-256."""

    __tablename__ = "browser_sessions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    seen_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)  # to a few minutes: see marks.py
    address: Mapped[str] = mapped_column(String(45))  # at sign-in
    device: Mapped[str] = mapped_column(String(LONGEST_DEVICE))  # the browser's own words
    coded_ms: Mapped[int | None] = mapped_column(BigInteger)  # when a code of the second factor was given, if one was
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def begin(cls, session: Session, user: User, address: str, device: str, *, coded: bool = False) -> str:
        """The secret for a cookie, in the clear for the only time. Raises `Refusal` 403 for somebody suspended."""
        user.refuse_suspended()
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        row = cls(user=user, secret_hash=sha256(secret), address=address, device=device[:LONGEST_DEVICE])
        row.coded_ms = now_ms() if coded else None
        session.add(row)
        session.flush()
        return secret

    @classmethod
    def live(cls, session: Session, secret: str) -> BrowserSession | None:
        """With its person, by one query."""
        row = session.scalar(_BY_HASH, {"secret_hash": sha256(secret)})
        return row if row is not None and row.is_live else None

    @classmethod
    def all_of(cls, session: Session, user_id: int) -> list[BrowserSession]:
        """Those that still count, the latest used first."""
        rows = session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.seen_ms.desc(), cls.id.desc()))
        return [row for row in rows if row.is_live]

    @classmethod
    def end(cls, session: Session, user_id: int, session_id: int) -> bool:
        """False: this person has none of this id."""
        mine = (cls.id == session_id) & (cls.user_id == user_id)
        return session.scalar(delete(cls).where(mine).returning(cls.id)) is not None

    @classmethod
    def end_all(cls, session: Session, user_id: int, besides: int | None = None) -> int:
        """How many ended; the one of id `besides` goes on."""
        ended = delete(cls).where(cls.user_id == user_id, cls.id != (besides or 0)).returning(cls.id)
        return len(session.scalars(ended).all())

    @property
    def is_live(self) -> bool:
        return now_ms() < min(self.seen_ms + IDLE_MS, self.created_ms + LONGEST_MS)


_BY_HASH = select(BrowserSession).where(BrowserSession.secret_hash == bindparam("secret_hash"))
