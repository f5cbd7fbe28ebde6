"""Somebody takes what they said along, or leaves: then their votes count no more."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.tracks.models import Track

from .models import Ballot, Vote


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    query = select(Vote, Track.id).join(Track, Track.number == Vote.track_number).where(Vote.user_id == user.id)
    rows = session.execute(query.order_by(Vote.voted_ms, Vote.track_number))
    archive.add("votes", ({"track": track_id, **facts_of(vote, "user_id", "track_number")} for vote, track_id in rows))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    voted = select(Track).join(Vote, Vote.track_number == Track.number).where(Vote.user_id == user.id)
    held = voted.order_by(Track.number).with_for_update(of=Track).execution_options(populate_existing=True)
    for track in session.scalars(held).all():
        Vote.cast(session, track, user.id, Ballot(0))
