"""Presets that people keep, for themselves or for everybody."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.clock import now_ms
from soundbox.extensions import Base

from .preset import Preset

MOST_PRESETS = 50  # of one person
SLUG_BYTES = 8


class TooManyPresets(Exception):
    """This person keeps as many as one can."""


class SavedPreset(Base):
    __tablename__ = "saved_presets"
    __table_args__ = (
        Index("ix_saved_presets_user", "user_id", "created_ms"),
        Index(
            "ix_saved_presets_shared",
            *("uses", "created_ms"),
            sqlite_where=text("shared IS 1"),
            postgresql_where=text("shared IS true"),
        ),
    )

    # Says nothing of its name: it stands on public tracks, and its preset may be private.
    slug: Mapped[str] = mapped_column(
        String(40), primary_key=True, default=lambda: f"my_{secrets.token_hex(SLUG_BYTES)}"
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(200), default="")
    prompt_base: Mapped[str] = mapped_column(Text, default="")
    suggested_bpm: Mapped[float | None] = mapped_column(Float)
    suggested_duration: Mapped[float] = mapped_column(Float)
    seed: Mapped[int | None] = mapped_column(BigInteger)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    model: Mapped[str] = mapped_column(String(32))
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    uses: Mapped[int] = mapped_column(Integer, default=0)  # requests of others that were accepted with it
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    changed_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    user: Mapped[User] = relationship(lazy="joined")

    @classmethod
    def save(cls, session: Session, user: User, **facts: Any) -> SavedPreset:
        """A new one of this person. Raises `TooManyPresets`."""
        session.execute(select(User.id).where(User.id == user.id).with_for_update())  # or two could be the last one
        if cls.count_of(session, user.id) >= MOST_PRESETS:
            raise TooManyPresets(f"You keep {MOST_PRESETS} presets, and more than that nobody may keep")
        kept = cls(user_id=user.id, user=user, **facts)
        session.add(kept)
        session.flush()
        return kept

    @classmethod
    def count_of(cls, session: Session, user_id: int) -> int:
        return session.scalar(select(func.count()).select_from(cls).where(cls.user_id == user_id)) or 0

    @classmethod
    def readable_by(cls, session: Session, who: Principal, slug: str) -> SavedPreset | None:
        """Shared ones; one's own and, for admins, everybody's in any case."""
        return cls._seen_by(who, session.get(cls, slug))

    @classmethod
    def held_by(cls, session: Session, who: Principal, slug: str) -> SavedPreset | None:
        """The same, with its row locked until the end of this write."""
        query = select(cls).where(cls.slug == slug).with_for_update(of=cls)
        return cls._seen_by(who, session.scalar(query.execution_options(populate_existing=True)))

    @classmethod
    def _seen_by(cls, who: Principal, kept: SavedPreset | None) -> SavedPreset | None:
        return kept if kept and (kept.shared or who.may_manage(kept.user_id)) else None

    @classmethod
    def of(cls, session: Session, user_id: int | None) -> list[SavedPreset]:
        """Somebody's own, the newest first."""
        if user_id is None:
            return []
        query = select(cls).where(cls.user_id == user_id).order_by(cls.created_ms.desc(), cls.slug)
        return list(session.scalars(query))

    @classmethod
    def shared_by_others(cls, session: Session, user_id: int | None, most: int) -> list[SavedPreset]:
        """What others share, the most used first."""
        shared = select(cls).where(cls.shared.is_(True), cls.user_id != (user_id or 0))
        return list(session.scalars(shared.order_by(cls.uses.desc(), cls.created_ms.desc()).limit(most)))

    @classmethod
    def count_use(cls, session: Session, slug: str, user_id: int) -> None:
        """By others: what people use of their own says nothing to anybody else."""
        used = (cls.slug == slug) & (cls.user_id != user_id)
        session.execute(update(cls).where(used).values(uses=cls.uses + 1))

    def edit(self, **facts: Any) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        self.changed_ms = now_ms()

    @property
    def preset(self) -> Preset:
        return Preset(**{name: getattr(self, name) for name in Preset.model_fields})
