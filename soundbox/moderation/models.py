"""What people report, and what was done about it by whom and why."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.models import Track

LONGEST_NOTE = 500
NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Reason(StrEnum):
    spam = "spam"
    hateful = "hateful"
    sexual = "sexual"
    violent = "violent"
    person = "person"
    copied = "copied"
    mislabelled = "mislabelled"
    other = "other"


REASON_WORDS = {
    Reason.spam: "Spam or advertising",
    Reason.hateful: "Hateful or harassing",
    Reason.sexual: "Sexual",
    Reason.violent: "Violent or shocking",
    Reason.person: "Imitates or exposes a real person",
    Reason.copied: "Copies somebody's work",
    Reason.mislabelled: "Not what it says, or broken",
    Reason.other: "Something else",
}


class Report(Base):
    """Open until an admin has looked at the track. `voice` is who counts: a member, or all guests of one address."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "ix_reports_open",
            *("track_number", "voice"),
            unique=True,
            sqlite_where=text("closed_ms IS NULL"),
            postgresql_where=text("closed_ms IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True)
    track_number: Mapped[int] = mapped_column(BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    voice: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    closed_ms: Mapped[int | None] = mapped_column(BigInteger)
    user: Mapped[User | None] = relationship(lazy="joined")

    @classmethod
    def open_by(cls, session: Session, track: Track, voice: str) -> Report | None:
        return session.scalar(
            select(cls).where(cls.track_number == track.number, cls.voice == voice, cls.closed_ms.is_(None))
        )

    @classmethod
    def open_count(cls, session: Session, track: Track) -> int:
        query = select(func.count()).where(cls.track_number == track.number, cls.closed_ms.is_(None))
        return session.scalar(query) or 0

    @classmethod
    def open_on(cls, session: Session, numbers: list[int]) -> list[Report]:
        query = select(cls).where(cls.track_number.in_(numbers), cls.closed_ms.is_(None)).order_by(cls.id)
        return list(session.scalars(query))

    @classmethod
    def close_all(cls, session: Session, track: Track) -> None:
        open_ones = update(cls).where(cls.track_number == track.number, cls.closed_ms.is_(None))
        session.execute(open_ones.values(closed_ms=now_ms()))


class ModerationEvent(Base):
    """One line of the audit log. It outlives the track it speaks of, so it keeps the id and the name."""

    __tablename__ = "moderation_events"

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True)
    track_id: Mapped[str] = mapped_column(String(32), index=True)
    track_name: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    user: Mapped[User | None] = relationship(lazy="joined")

    @classmethod
    def log(cls, session: Session, track: Track, user: User | None, action: str, reason: str) -> None:
        """`user` None: nobody decided it, a rule did."""
        name = track.name[:500]
        session.add(cls(track_id=track.id, track_name=name, user=user, action=action, reason=reason))

    @classmethod
    def newest(cls, session: Session, most: int) -> list[ModerationEvent]:
        return list(session.scalars(select(cls).order_by(cls.id.desc()).limit(most)))


def member_voice(user_id: int) -> str:
    return f"user:{user_id}"
