"""Who somebody is elsewhere: an account is found again by (issuer, subject) and nothing else.

Never by an e-mail address: a provider may let people claim any, and may give one to somebody new.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.clock import now_ms
from soundbox.extensions import Base

from .models import User


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
    def link(cls, session: Session, user: User, issuer: str, subject: str) -> None:
        session.add(cls(user_id=user.id, issuer=issuer, subject=subject))
        session.flush()
