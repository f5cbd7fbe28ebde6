"""Who heard what lately: only so long as it takes to count nobody twice."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.models import Track

WINDOW_MS = 30 * 60_000  # in which a listener counts once for a track


class Play(Base):
    __tablename__ = "plays"
    __table_args__ = (Index("ix_plays_heard_ms", "heard_ms"),)

    track_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), primary_key=True
    )
    listener: Mapped[str] = mapped_column(String(64), primary_key=True)
    heard_ms: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def count(cls, session: Session, track: Track, listener: str, heard_ms: int | None = None) -> bool:
        """Whether this is a play of its own, and not the one that was counted already."""
        moment = now_ms() if heard_ms is None else heard_ms
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        heard = insert(cls).values(track_number=track.number, listener=listener, heard_ms=moment)
        counted = heard.on_conflict_do_update(
            index_elements=[cls.track_number, cls.listener],
            set_={"heard_ms": heard.excluded.heard_ms},
            where=cls.heard_ms <= heard.excluded.heard_ms - WINDOW_MS,
        ).returning(cls.listener)
        is_new = session.execute(counted).first() is not None
        if is_new:
            session.execute(update(Track).where(Track.number == track.number).values(plays=Track.plays + 1))
        return is_new

    @classmethod
    def forget(cls, session: Session) -> int:
        """Drop what can no longer decide anything. Returns how many rows."""
        return session.execute(delete(cls).where(cls.heard_ms <= now_ms() - WINDOW_MS)).rowcount  # type: ignore[attr-defined]
