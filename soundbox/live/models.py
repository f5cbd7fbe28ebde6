"""What stations have published, and what listeners asked them for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base, insert_new
from soundbox.stations.models import Station

from .programme import Entry, Programme, Why


class Published(Base):
    """The programme of a station for a period: there is one, and it never changes."""

    __tablename__ = "programmes"

    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"), primary_key=True)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    start_frame: Mapped[int] = mapped_column(BigInteger)
    first_sequence: Mapped[int] = mapped_column(BigInteger)
    entries: Mapped[list[list[Any]]] = mapped_column(JSON)  # of track id, frames, why
    explored_key: Mapped[int] = mapped_column(BigInteger)  # how far in the random order everything has had its turn
    drawn_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)

    @classmethod
    def since(cls, session: Session, station: Station, period: int) -> Sequence[Published]:
        """Those of this period and later, in order."""
        mine = select(cls).where(cls.station_id == station.id, cls.period >= period)
        return session.scalars(mine.order_by(cls.period)).all()

    @classmethod
    def of_all(cls, session: Session, station_ids: Sequence[int], period: int) -> Sequence[Published]:
        """Those of this period and later, of any of these stations."""
        query = select(cls).where(cls.station_id.in_(station_ids), cls.period >= period)
        return session.scalars(query.order_by(cls.period)).all()

    @classmethod
    def last_before(cls, session: Session, station: Station, period: int) -> Published | None:
        mine = select(cls).where(cls.station_id == station.id, cls.period < period)
        return session.scalar(mine.order_by(cls.period.desc()).limit(1))

    @classmethod
    def put(cls, session: Session, station: Station, programme: Programme, explored_key: int) -> bool:
        """False: another process published this period before."""
        entries = [[entry.track_id, entry.frames, entry.why.value] for entry in programme.entries]
        facts = {"start_frame": programme.start_frame, "first_sequence": programme.first_sequence}
        by_me = session.scalar(select(func.count()).where(_is(station, programme.period))) == 0
        insert_new(
            session,
            cls,
            station_id=station.id,
            period=programme.period,
            entries=entries,
            explored_key=explored_key,
            drawn_ms=now_ms(),
            **facts,
        )
        stands = session.scalars(select(cls).where(_is(station, programme.period))).one()
        return by_me and stands.entries == entries

    @classmethod
    def forget(cls, session: Session, before_period: int) -> int:
        return session.execute(delete(cls).where(cls.period < before_period)).rowcount  # type: ignore[attr-defined]

    @property
    def programme(self) -> Programme:
        entries = tuple(Entry(track_id, frames, Why(why)) for track_id, frames, why in self.entries)
        return Programme(self.period, self.start_frame, self.first_sequence, entries)


def _is(station: Station, period: int) -> Any:
    return (Published.station_id == station.id) & (Published.period == period)


class StationRequest(Base):
    """A listener asked a station for a track, which may still be in the making: then its id is its job's."""

    __tablename__ = "station_requests"
    __table_args__ = (
        Index("ix_station_requests_waiting", "station_id", "aired_period", "created_ms"),
        Index("ix_station_requests_user", "user_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    track_id: Mapped[str] = mapped_column(String(32))
    created_ms: Mapped[int] = mapped_column(BigInteger, default=now_ms)
    aired_period: Mapped[int | None] = mapped_column(Integer)  # the one that it was drawn for

    @classmethod
    def of(cls, session: Session, user_id: int) -> Sequence[Self]:
        return session.scalars(select(cls).where(cls.user_id == user_id).order_by(cls.created_ms, cls.id)).all()

    @classmethod
    def waiting(cls, session: Session, station: Station) -> Sequence[Self]:
        """The oldest first."""
        mine = select(cls).where(cls.station_id == station.id, cls.aired_period.is_(None))
        return session.scalars(mine.order_by(cls.created_ms, cls.id)).all()

    @classmethod
    def air(cls, session: Session, station: Station, track_ids: Sequence[str], period: int) -> None:
        asked = (cls.station_id == station.id) & cls.aired_period.is_(None) & cls.track_id.in_(track_ids)
        session.execute(update(cls).where(asked).values(aired_period=period))

    @classmethod
    def forget(cls, session: Session, before_ms: int) -> int:
        return session.execute(delete(cls).where(cls.created_ms < before_ms)).rowcount  # type: ignore[attr-defined]
