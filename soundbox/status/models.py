"""Errors that browsers told of: each once, with how often it came. Only the newest are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import BigInteger, Index, Integer, String, Text, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base

MOST_KEPT = 200


class BrowserError(Base):
    __tablename__ = "browser_errors"
    __table_args__ = (Index("ix_browser_errors_last_ms", "last_ms"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)  # of message and page
    message: Mapped[str] = mapped_column(String(500))
    url: Mapped[str] = mapped_column(String(500))
    stack: Mapped[str] = mapped_column(Text)  # of the first time
    count: Mapped[int] = mapped_column(Integer, default=1)
    first_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    last_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def note(cls, session: Session, message: str, url: str, stack: str) -> None:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        fingerprint = hashlib.sha256(f"{message}\n{url}".encode()).hexdigest()
        moment_ms = now_ms()
        told = insert(cls).values(
            fingerprint=fingerprint,
            message=message,
            url=url,
            stack=stack,
            count=1,
            first_ms=moment_ms,
            last_ms=moment_ms,
        )
        again = {"count": cls.count + 1, "last_ms": moment_ms}
        session.execute(told.on_conflict_do_update(index_elements=["fingerprint"], set_=again))
        newest = select(cls.id).order_by(cls.last_ms.desc(), cls.id.desc()).limit(MOST_KEPT)
        session.execute(delete(cls).where(cls.id.not_in(newest)), execution_options={"synchronize_session": False})

    @classmethod
    def newest(cls, session: Session, most: int) -> Sequence[BrowserError]:
        return session.scalars(select(cls).order_by(cls.last_ms.desc(), cls.id.desc()).limit(most)).all()
