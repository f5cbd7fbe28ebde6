"""Tracks that change hands."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User

from .listing import relisted
from .models import Track
from .tallies import Tally, taken_by


def adopt_tracks(session: Session, guest: User, member: User) -> None:
    """Counts, the text index and storage know the maker of each."""
    theirs = select(Track).where(Track.user_id == guest.id).order_by(Track.number).with_for_update(of=Track)
    for track in session.scalars(theirs.execution_options(populate_existing=True)).all():
        with relisted(session, track):
            track.user_id = member.id
            session.flush()
        taken = {taken_by(guest.id): -track.taken_bytes, taken_by(member.id): track.taken_bytes}
        Tally.change(session, taken, spread_by=track.number)
