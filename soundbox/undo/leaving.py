"""Somebody takes along what they could still have back, or leaves: then it is gone at once."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .models import Deleted


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("deleted", (facts_of(kept, "id", "user_id") for kept in Deleted.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(Deleted).where(Deleted.user_id == user.id))
