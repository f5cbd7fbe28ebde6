"""A track: a finished, stored sound. Its id is its job's id."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, ForeignKey, Index, Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.clock import now_ms
from soundbox.extensions import Base

from .search import searchable


class Visibility(StrEnum):
    public = "public"
    unlisted = "unlisted"
    private = "private"


class TrackCategory(Base):
    """One category of one track, to filter and count by."""

    __tablename__ = "track_categories"
    __table_args__ = (Index("ix_track_categories_category", "category", "track_id"),)

    track_id: Mapped[str] = mapped_column(ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[str] = mapped_column(String(32), primary_key=True)


class Track(Base):
    __tablename__ = "tracks"
    __table_args__ = (
        Index("ix_tracks_public_recent", "visibility", "created_ms"),
        Index("ix_tracks_user_recent", "user_id", "created_ms"),
        Index("ix_tracks_stem", "stem"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    prompt: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(120), default="")
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.public)

    model: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))  # music | audio | tts
    engine: Mapped[str] = mapped_column(String(64))
    engine_version: Mapped[str] = mapped_column(String(32))
    seed: Mapped[int] = mapped_column(BigInteger)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    recipe: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # all that decides how it sounds, ancestors included
    licence: Mapped[str] = mapped_column(String(40))
    commercial_use: Mapped[bool] = mapped_column(Boolean)
    retakes: Mapped[int] = mapped_column(Integer, default=0)

    seconds: Mapped[float] = mapped_column(Float)
    sample_rate: Mapped[int] = mapped_column(Integer)
    channels: Mapped[int] = mapped_column(Integer)
    loop: Mapped[bool] = mapped_column(Boolean, default=False)
    understood: Mapped[list[str]] = mapped_column(JSON, default=list)
    tempo: Mapped[float | None] = mapped_column(Float)
    key: Mapped[str | None] = mapped_column(String(24))
    loudness_lufs: Mapped[float | None] = mapped_column(Float)
    quality: Mapped[int] = mapped_column(Integer)
    quality_issues: Mapped[list[str]] = mapped_column(JSON, default=list)
    flagged: Mapped[bool] = mapped_column(Boolean, default=False)  # the best take, and still not good
    peaks: Mapped[list[int]] = mapped_column(JSON, default=list)

    stem: Mapped[str] = mapped_column(String(48))  # of its stored files: {id}.{lease}
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    search_text: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[str | None] = mapped_column(String(32), index=True)
    relation: Mapped[str | None] = mapped_column(String(12))
    upvotes: Mapped[int] = mapped_column(Integer, default=0)
    downvotes: Mapped[int] = mapped_column(Integer, default=0)
    favorites: Mapped[int] = mapped_column(Integer, default=0)
    plays: Mapped[int] = mapped_column(Integer, default=0)
    rating: Mapped[float] = mapped_column(Float, default=0.0)  # Wilson lower bound of the votes
    random_key: Mapped[int] = mapped_column(BigInteger, default=lambda: secrets.randbits(62), index=True)
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    user: Mapped[User] = relationship(lazy="joined")
    category_rows: Mapped[list[TrackCategory]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @classmethod
    def publish(cls, session: Session, **facts: Any) -> Track:
        """Store a finished sound; the caller commits it together with its job."""
        track = cls(**{"title": "", "categories": [], **facts})
        track.search_text = searchable(track.prompt, track.title, track.categories)
        track.category_rows = [TrackCategory(category=key) for key in track.categories]
        session.add(track)
        return track

    @classmethod
    def readable_by(cls, session: Session, who: Principal, track_id: str) -> Track | None:
        """Anybody who holds the id of a track that is not private; its owner and admins in any case."""
        track = session.get(cls, track_id)
        if track is None or (track.visibility == Visibility.private and not who.may_manage(track.user_id)):
            return None
        return track

    @classmethod
    def all_of(cls, session: Session, user_id: int) -> list[Track]:
        return list(session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.created_ms, cls.id)))

    @classmethod
    def with_stem(cls, session: Session, stem: str) -> int:
        """How many tracks share these files."""
        return session.scalar(select(func.count()).select_from(cls).where(cls.stem == stem)) or 0

    def edit(self, title: str | None, visibility: Visibility | None) -> None:
        if title is not None:
            self.title = title
        if visibility is not None:
            self.visibility = visibility
        self.search_text = searchable(self.prompt, self.title, self.categories)

    @property
    def name(self) -> str:
        return self.title or self.prompt

    def file(self, suffix: str) -> str:
        """The stored file behind /audio/{id}.wav and its kin: `suffix` is wav, disc.png ..."""
        return f"{self.stem}.{suffix}"
