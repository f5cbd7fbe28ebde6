"""A guest who signs in keeps what they asked stations for; somebody takes it along, or leaves."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, deleting, exporting

from .models import StationRequest


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    theirs = update(StationRequest).where(StationRequest.user_id == guest.id)
    session.execute(theirs.values(user_id=member.id))


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("station-requests", (facts_of(asked, "user_id") for asked in StationRequest.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(StationRequest).where(StationRequest.user_id == user.id))
