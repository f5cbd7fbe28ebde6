"""Somebody takes their stations along, or leaves."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .models import Station


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("stations", (facts_of(station, "user_id") for station in Station.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(Station).where(Station.user_id == user.id))
