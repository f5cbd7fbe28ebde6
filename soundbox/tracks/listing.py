"""The public index: which tracks are listed, in which categories, and how many there are of each.

A track that is unlisted, private or withheld has no row here and is in no count, so no list can show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.extensions import Base

from .tallies import Tally

if TYPE_CHECKING:
    from .models import Track

LISTED = "listed"


class TrackCategory(Base):
    """One category of one listed track."""

    __tablename__ = "track_categories"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    category: Mapped[str] = mapped_column(String(32), primary_key=True)
    track_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


@contextmanager
def relisted(session: Session, track: Track) -> Iterator[None]:
    """Around every change of what decides whether and where a track is listed. The caller holds its row's lock."""
    leave(session, track)
    yield
    enter(session, track)


def enter(session: Session, track: Track) -> None:
    """List the track if it is for everybody."""
    track.listed = track.is_for_everybody
    if not track.listed:
        return
    session.add_all(TrackCategory(category=key, track_number=track.number) for key in track.categories)
    Tally.change(session, dict.fromkeys(counted_as(track), 1), spread_by=track.number)


def leave(session: Session, track: Track) -> None:
    if not track.listed:
        return
    track.listed = False
    session.execute(
        delete(TrackCategory).where(
            TrackCategory.category.in_(track.categories), TrackCategory.track_number == track.number
        )
    )
    Tally.change(session, dict.fromkeys(counted_as(track), -1), spread_by=track.number)


def counted_as(track: Track) -> list[str]:
    """The names of the counts a listed track is in."""
    return [
        LISTED,
        f"kind/{track.kind}",
        f"model/{track.model}",
        f"maker/{track.user_id}",
        *(f"category/{track.kind}/{key}" for key in track.categories),
    ]
