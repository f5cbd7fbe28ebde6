"""Votes: at most one for each person and track, with what they say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
        """Store it and count it, in the caller's transaction, which holds the track's row. None: nothing is left."""
        vote = session.get(cls, (voter_id, track.number))
        before = (vote.vote, vote.reasons) if vote else (0, [])
        if ballot.takes_back:
            if vote:
                session.delete(vote)
                vote = None
        else:
            if vote is None:
                vote = cls(user_id=voter_id, track_number=track.number)
                session.add(vote)
            vote._say(ballot, track.kind)
        _count(session, track, before, (vote.vote, vote.reasons) if vote else (0, []))
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

    def _say(self, ballot: Ballot, kind: str) -> None:
        is_same = self.vote == ballot.vote  # else what was said belongs to another vote
        self.vote = ballot.vote
        self.rating = ballot.rating or (self.rating if is_same else None)
        if ballot.reasons is not None:
            self.reasons = list(dict.fromkeys(canonical(word, kind) for word in ballot.reasons))
        elif not is_same:
            self.reasons = []
        if ballot.notes is not None or not is_same:
            self.notes = ballot.notes or ""
        if ballot.suggested_model is not None or not is_same:
            self.suggested_model = ballot.suggested_model or None
        self.voted_ms = now_ms()


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
        if not rows:
            return
        insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        added = insert(cls)
        added = added.on_conflict_do_update(
            index_elements=[cls.track_number, cls.reason], set_={"count": cls.count + added.excluded.count}
        )
        session.execute(added, rows)


def _count(session: Session, track: Track, before: tuple[int, list[str]], now: tuple[int, list[str]]) -> None:
    up, down = ((now[0] == side) - (before[0] == side) for side in (1, -1))
    if up or down:
        track.upvotes += up
        track.downvotes += down
        track.rank()
    changes = {key: (key in now[1]) - (key in before[1]) for key in {*now[1], *before[1]}}
    ReasonCount.change(session, track.number, changes)
    Tally.change(session, {VOTES: up + down}, spread_by=track.number)
