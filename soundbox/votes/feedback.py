"""What people say, added up: about one track, or about all of a maker's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.tracks.models import Track

from .models import ReasonCount
from .reasons import Reason


@dataclass(frozen=True)
class Given:
    """A reason, and how many gave it."""

    reason: Reason
    count: int


@dataclass(frozen=True)
class Feedback:
    upvotes: int
    downvotes: int
    given: list[Given]  # the most frequent first

    @classmethod
    def on(cls, session: Session, track: Track) -> Feedback:
        counts = select(ReasonCount.reason, ReasonCount.count).where(
            ReasonCount.track_number == track.number, ReasonCount.count > 0
        )
        return cls(track.upvotes, track.downvotes, _given(session.execute(counts)))

    @classmethod
    def for_maker(cls, session: Session, maker_id: int | None) -> Feedback:
        """Over all their tracks, private ones too; nothing for somebody who has made nothing."""
        votes = select(func.coalesce(func.sum(Track.upvotes), 0), func.coalesce(func.sum(Track.downvotes), 0))
        upvotes, downvotes = session.execute(votes.where(Track.user_id == maker_id)).one()
        total = func.sum(ReasonCount.count)
        counts = select(ReasonCount.reason, total).join(Track, Track.number == ReasonCount.track_number)
        counts = counts.where(Track.user_id == maker_id).group_by(ReasonCount.reason).having(total > 0)
        return cls(int(upvotes), int(downvotes), _given(session.execute(counts)))

    @property
    def total_votes(self) -> int:
        return self.upvotes + self.downvotes

    @property
    def positive(self) -> list[Given]:
        return [one for one in self.given if one.reason.positive]

    @property
    def negative(self) -> list[Given]:
        return [one for one in self.given if not one.reason.positive]


def _given(counts: Iterable[tuple[str, int]]) -> list[Given]:
    return [Given(Reason.named(key), int(count)) for key, count in sorted(counts, key=lambda row: (-row[1], row[0]))]
