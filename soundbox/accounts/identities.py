"""Who somebody is elsewhere: an account is found again by (issuer, subject) and nothing else.

Never by an e-mail address: a provider may let people claim any, and may give one to somebody new.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.web.errors import Refusal

from .models import User

ONLY_WAY = "It is your only way to sign in"


class Identity(Base):
    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def found(cls, session: Session, issuer: str, subject: str) -> User | None:
        known = session.scalar(select(cls).where(cls.issuer == issuer, cls.subject == subject))
        return known.user if known else None

    @classmethod
    def all_of(cls, session: Session, user_id: int) -> Sequence[Identity]:
        return session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.id)).all()

    @classmethod
    def link(cls, session: Session, user: User, issuer: str, subject: str) -> None:
        session.add(cls(user_id=user.id, issuer=issuer, subject=subject))
        session.flush()

    @classmethod
    def leaves_a_way(cls, session: Session, user: User, besides: int, issuer: str) -> bool:
        """Could they still sign in without this one? By a password, or another at the provider of today."""
        if user.password_hash is not None:
            return True
        another = select(cls.id).where(cls.user_id == user.id, cls.id != besides, cls.issuer == issuer)
        return session.scalar(another.limit(1)) is not None

    @classmethod
    def unlink(cls, session: Session, user: User, identity_id: int, issuer: str) -> None:
        """`user` is locked. Raises `Refusal` 404 where it is not theirs, 400 where it is the only way in."""
        mine = session.scalar(select(cls).where(cls.id == identity_id, cls.user_id == user.id))
        if mine is None:
            raise Refusal(404, "There is no such way to sign in", advice="Look at the list again.")
        if not cls.leaves_a_way(session, user, mine.id, issuer):
            raise Refusal(400, ONLY_WAY, advice="Choose a password first.")
        session.delete(mine)
