"""Stations: endless programmes, each a rule over the library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.naming import slug_of

from .rules import StationRule

MOST_STATIONS = 50  # of one person
LONGEST_SLUG = 48
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMELESS = "station"  # the slug of a name that has no plain letter


class TooManyStations(Exception):
    """This person has as many as one can; the message says how many."""


class Station(Base):
    """`user_id` None: one of the house. A hidden one is on no wall: only its maker and admins see it."""

    __tablename__ = "stations"
    __table_args__ = (
        Index("ix_stations_shown", "is_hidden", "position"),
        Index("ix_stations_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(Text, default="")
    rule_json: Mapped[dict[str, Any]] = mapped_column("rule", JSON)
    prompt: Mapped[str] = mapped_column(String(500), default="")  # words for a sound that it would play
    position: Mapped[int] = mapped_column(Integer, default=0)  # on the wall, the lowest first
    is_hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    plays_for_the_room: Mapped[bool] = mapped_column(Boolean, default=False)  # an idle GPU may make sounds for it
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    changed_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    user: Mapped[User | None] = relationship(lazy="joined")

    @classmethod
    def make(cls, session: Session, name: str, rule: StationRule, user: User | None = None, **facts: Any) -> Station:
        """A new one, the last on the wall; a person's is hidden until an admin lists it. Raises `TooManyStations`."""
        if user is not None:
            session.execute(select(User.id).where(User.id == user.id).with_for_update())  # or two could be the last one
            if cls.count_of(session, user.id) >= MOST_STATIONS:
                raise TooManyStations(f"You have {MOST_STATIONS} stations, and more than that nobody may have")
        last = session.scalar(select(func.max(cls.position))) or 0
        station = cls(name=name, user=user, **{"is_hidden": user is not None, "position": last + 1, **facts})
        station.slug = facts.get("slug") or _free_slug(session, name)
        station.rule = rule
        session.add(station)
        session.flush()
        return station

    @classmethod
    def count_of(cls, session: Session, user_id: int) -> int:
        return session.scalar(select(func.count()).select_from(cls).where(cls.user_id == user_id)) or 0

    @classmethod
    def with_slug(cls, session: Session, slug: str) -> Station | None:
        return session.scalar(select(cls).where(cls.slug == slug))

    @classmethod
    def readable_by(cls, session: Session, who: Principal, slug: str) -> Station | None:
        """Anybody, if it is shown; its maker and admins in any case."""
        return cls._seen_by(who, cls.with_slug(session, slug))

    @classmethod
    def held_by(cls, session: Session, who: Principal, slug: str) -> Station | None:
        """The same, with its row locked until the end of this write."""
        query = select(cls).where(cls.slug == slug).with_for_update(of=cls)
        return cls._seen_by(who, session.scalar(query.execution_options(populate_existing=True)))

    @classmethod
    def _seen_by(cls, who: Principal, station: Station | None) -> Station | None:
        if station is None or not station.is_hidden:
            return station
        return station if station.may_be_managed_by(who) else None

    @classmethod
    def all_shown(cls, session: Session) -> Sequence[Station]:
        """In the order of the wall."""
        return session.scalars(select(cls).where(cls.is_hidden.is_(False)).order_by(cls.position, cls.id)).all()

    @classmethod
    def of(cls, session: Session, user_id: int | None) -> Sequence[Station]:
        """Somebody's own, the newest first."""
        return session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.id.desc())).all()

    @classmethod
    def on_the_wall_or_hidden(cls, session: Session) -> Sequence[Station]:
        """What admins keep in order: all of the house, and of people's own what is on the wall."""
        theirs = or_(cls.user_id.is_(None), cls.is_hidden.is_(False))
        return session.scalars(select(cls).where(theirs).order_by(cls.position, cls.id)).all()

    @classmethod
    def put_in_order(cls, session: Session, slugs: Sequence[str]) -> None:
        """Those named stand in this order on the places that they have now together; the others keep theirs."""
        stations = {
            one.slug: one for one in session.scalars(select(cls).where(cls.slug.in_(slugs)).with_for_update(of=cls))
        }
        named = [stations[slug] for slug in slugs if slug in stations]
        for station, position in zip(named, sorted(one.position for one in named), strict=True):
            station.position = position

    def may_be_managed_by(self, who: Principal) -> bool:
        return who.is_admin or (self.user_id is not None and who.owns(self.user_id))

    def edit(self, **facts: Any) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        self.changed_ms = now_ms()

    @property
    def rule(self) -> StationRule:
        return StationRule.model_validate(self.rule_json)

    @rule.setter
    def rule(self, rule: StationRule) -> None:
        self.rule_json = rule.as_json()


def _free_slug(session: Session, name: str) -> str:
    """lo-fi, and for the next of that name lo-fi-2."""
    slug = slug_of(name) or NAMELESS
    near = select(Station.slug).where(or_(Station.slug == slug, Station.slug.startswith(f"{slug}-", autoescape=True)))
    taken = set(session.scalars(near))
    return next(one for number in range(1, len(taken) + 2) if (one := _numbered(slug, number)) not in taken)


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"
