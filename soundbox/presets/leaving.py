"""Somebody takes their presets along, or leaves: tracks that others made with them stay."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting

from .models import SavedPreset


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("presets", (facts_of(kept, "user_id") for kept in SavedPreset.of(session, user.id)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(delete(SavedPreset).where(SavedPreset.user_id == user.id))
