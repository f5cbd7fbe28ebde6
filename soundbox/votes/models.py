"""Votes: at most one for each person and track, with what they say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    bindparam,
    delete,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.clock import now_ms
from soundbox.extensions import Base
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally

from .reasons import canonical

VOTES = "votes"  # the tally of all votes there are


class Said(Protocol):
    """What of a vote may stay when it is cast again."""

    vote: int
    rating: int | None
    reasons: list[str]
    notes: str
    suggested_model: str | None


@dataclass(frozen=True)
class Ballot:
    """What somebody says now. None: as they said before, as long as the vote itself stays the same."""

    vote: int  # -1 | 0 | 1
    reasons: Sequence[str] | None = None
    notes: str | None = None
    suggested_model: str | None = None
    rating: int | None = None  # 1-5

    @classmethod
    def rated(cls, rating: int) -> Ballot:
        """4 and 5 speak for a track, 1 and 2 against it, 3 is no vote."""
        return cls((rating > 3) - (rating < 3), rating=rating)

    @property
    def takes_back(self) -> bool:
        return self.vote == 0 and self.rating is None

    def over(self, before: Said, kind: str) -> dict[str, Any]:
        """What is stored of it, on a track of this kind, after what was stored before."""
        before = before if before.vote == self.vote else _NOTHING  # what was said belongs to the other vote
        reasons = before.reasons if self.reasons is None else [canonical(word, kind) for word in self.reasons]
        return {
            "vote": self.vote,
            "rating": self.rating or before.rating,
            "reasons": list(dict.fromkeys(reasons)),
            "notes": before.notes if self.notes is None else self.notes,
            "suggested_model": before.suggested_model if self.suggested_model is None else self.suggested_model or None,
            "voted_ms": now_ms(),
        }


class Vote(Base):
    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("vote in (-1, 0, 1)", name="vote"),
        CheckConstraint("rating between 1 and 5", name="rating"),
        Index("ix_votes_track_number", "track_number"),
        Index(
            "ix_votes_rated",
            *("track_number", "rating"),
            sqlite_where=text("rating IS NOT NULL"),
            postgresql_where=text("rating IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    track_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    vote: Mapped[int] = mapped_column(SmallInteger)  # 0: only rated, with 3
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(Text)  # for the voter's own eyes
    suggested_model: Mapped[str | None] = mapped_column(String(32))
    voted_ms: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def cast(cls, session: Session, track: Track, voter_id: int, ballot: Ballot) -> Vote | None:
        """Store it and count it, in the caller's transaction, which holds the track's row. None: nothing is left.

        Written by statements that are built once: objects that the session keeps would cost twice as much.
        """
        place = {"user_id": voter_id, "track_number": track.number}
        before = session.connection().execute(_FIND, place).one_or_none() or _NOTHING
        vote = None if ballot.takes_back else cls(**place, **ballot.over(before, track.kind))
        if vote is not None:
            written = {column.name: getattr(vote, column.name) for column in cls.__table__.columns}
            session.connection().execute(_WRITE[session.get_bind().dialect.name], written)
        elif before is not _NOTHING:
            session.execute(_ERASE, place)
        _count(session, track, before, vote or _NOTHING)
        return vote

    @classmethod
    def by(cls, session: Session, voter_id: int, numbers: Iterable[int]) -> dict[int, int]:
        """This person's votes on the tracks with these numbers; those they voted on only."""
        query = select(cls.track_number, cls.vote).where(cls.user_id == voter_id, cls.track_number.in_(numbers))
        return dict(session.execute(query).all())

    @classmethod
    def by_ids(cls, session: Session, voter_id: int, track_ids: Sequence[str]) -> dict[str, int]:
        query = select(Track.id, cls.vote).join(Track, Track.number == cls.track_number)
        rows = session.execute(query.where(cls.user_id == voter_id, Track.id.in_(track_ids)))
        return dict(rows.all())

    @classmethod
    def ratings(cls, session: Session, numbers: Iterable[int]) -> dict[int, int]:
        """The mean of what people rated each of these tracks, as a whole number; rated ones only."""
        query = select(cls.track_number, func.avg(cls.rating)).where(
            cls.track_number.in_(numbers), cls.rating.is_not(None)
        )
        return {number: int(float(mean) + 0.5) for number, mean in session.execute(query.group_by(cls.track_number))}


class ReasonCount(Base):
    """How many voters of a track gave a reason.

    Kept, not counted: a track's page reads at most a row for each word, however many people voted on it.
    """

    __tablename__ = "reason_counts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    track_number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("tracks.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)

    @classmethod
    def change(cls, session: Session, track_number: int, changes: Mapping[str, int]) -> None:
        rows = [{"track_number": track_number, "reason": key, "count": by} for key, by in changes.items() if by]
        if rows:
            session.connection().execute(_ADD[session.get_bind().dialect.name], rows)


def _count(session: Session, track: Track, before: Said, now: Said) -> None:
    up, down = ((now.vote == side) - (before.vote == side) for side in (1, -1))
    if up or down:
        track.count(session, upvotes=up, downvotes=down)
    changes = {key: (key in now.reasons) - (key in before.reasons) for key in {*now.reasons, *before.reasons}}
    ReasonCount.change(session, track.number, changes)
    Tally.change(session, {VOTES: up + down}, spread_by=track.number)


def _write(insert: Any) -> Any:
    put = insert(Vote.__table__)
    said = {column.name: put.excluded[column.name] for column in Vote.__table__.columns if not column.primary_key}
    return put.on_conflict_do_update(index_elements=["user_id", "track_number"], set_=said)


def _add(insert: Any) -> Any:
    added = insert(ReasonCount.__table__)
    counts = {"count": ReasonCount.__table__.c.count + added.excluded["count"]}
    return added.on_conflict_do_update(index_elements=["track_number", "reason"], set_=counts)


_NOTHING = Vote(vote=0, rating=None, reasons=[], notes="", suggested_model=None)
_THIS = (Vote.user_id == bindparam("user_id"), Vote.track_number == bindparam("track_number"))
_FIND = select(Vote.vote, Vote.rating, Vote.reasons, Vote.notes, Vote.suggested_model).where(*_THIS)
_ERASE = delete(Vote).where(*_THIS)
_WRITE = {"sqlite": _write(sqlite.insert), "postgresql": _write(postgresql.insert)}
_ADD = {"sqlite": _add(sqlite.insert), "postgresql": _add(postgresql.insert)}
