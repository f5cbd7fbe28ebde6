"""The public index: which tracks are listed, in which categories, and how many there are of each.

A track that is unlisted, private or withheld has no row here and is in no count, so no list can show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.extensions import Base

from . import words
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
    words.add(session, [(track.number, indexed_words(track))])
    _count_remix(session, track, 1)
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
    words.drop(session, track.number)
    _count_remix(session, track, -1)
    Tally.change(session, dict.fromkeys(counted_as(track), -1), spread_by=track.number)


def _count_remix(session: Session, track: Track, change: int) -> None:
    """Its parent's row is locked after its own; a parent is older than its children, so that is an order."""
    if track.parent_id:
        table = type(track)
        parent = update(table).where(table.id == track.parent_id).values(remixes=table.remixes + change)
        session.execute(parent, execution_options={"synchronize_session": False})


def counted_as(track: Track) -> list[str]:
    """The names of the counts a listed track is in."""
    return names_of(track.kind, facets_of(track))


def names_of(kind: str, facets: list[tuple[str, object]]) -> list[str]:
    """Categories are counted for each kind: the same word may be a category of several."""
    return [
        LISTED,
        *(f"category/{kind}/{value}" if name == "category" else f"{name}/{value}" for name, value in facets),
    ]


def indexed_words(track: Track) -> str:
    """What the text index holds of a track: its words, and its facets as words of their own."""
    facets = " ".join(words.facet(name, value) for name, value in facets_of(track))
    return f"{track.search_text}{facets} "


def facets_of(track: Any) -> list[tuple[str, object]]:
    """What lists can be narrowed by and does not change with votes, of a track or one in the making.

    A maker is a row id.
    """
    return [
        ("kind", track.kind),
        ("model", track.model),
        ("maker", track.user_id),
        ("loop", yes_no(track.loop)),
        ("licence", track.licence),
        ("commercial", yes_no(track.commercial_use)),
        ("remix", yes_no(track.relation is not None)),
        *([("key", track.key)] if track.key else []),
        *([("preset", track.preset)] if track.preset else []),
        *(("category", key) for key in track.categories),
    ]


def yes_no(fact: bool | None) -> str:
    return "yes" if fact else "no"
