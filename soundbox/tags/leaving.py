"""Somebody takes their suggestions along, or leaves: what others agreed on with them stays, without their name."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.tracks.models import Track

from .models import Suggestion


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    query = select(Suggestion, Track.id).join(Track, Track.number == Suggestion.track_number)
    rows = session.execute(query.where(Suggestion.user_id == user.id).order_by(Suggestion.id))
    archive.add("tags", ({"track": track_id, **facts_of(said, *INTERNAL)} for said, track_id in rows))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    for voice in Suggestion.open_by(session, user.id):
        session.delete(voice)
    session.flush()
    session.execute(update(Suggestion).where(Suggestion.user_id == user.id).values(user_id=None))


INTERNAL = ("id", "user_id", "track_number")
