"""Tracks that change hands."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User

from .listing import relisted
from .models import Track


def adopt_tracks(session: Session, guest: User, member: User) -> None:
    """Counts and the text index know the maker of each."""
    theirs = select(Track).where(Track.user_id == guest.id).order_by(Track.number).with_for_update(of=Track)
    for track in session.scalars(theirs.execution_options(populate_existing=True)).all():
        with relisted(session, track):
            track.user_id = member.id
            session.flush()
