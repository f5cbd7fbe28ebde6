"""A guest who signs in goes on listening as the member, and is not counted anew."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting

from .listener import known_listener
from .models import Play


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """Of two plays of one track the member's stays: each was counted when it was heard."""
    before, now = known_listener(guest.id), known_listener(member.id)
    both = aliased(Play)
    twice = select(both).where(both.listener == now, both.track_number == Play.track_number).exists()
    session.execute(delete(Play).where(Play.listener == before, twice))
    session.execute(update(Play).where(Play.listener == before).values(listener=now))
