"""Somebody takes their saved searches along, or leaves."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .models import SavedSearch


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("searches", (facts_of(kept, "user_id") for kept in SavedSearch.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(SavedSearch).where(SavedSearch.user_id == user.id))
