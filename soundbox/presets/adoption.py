"""Presets of a guest who signs in."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, owning

from .models import SavedPreset


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    session.execute(update(SavedPreset).where(SavedPreset.user_id == guest.id).values(user_id=member.id))


@owning.connect
def presets(session: Session, user: User) -> tuple[int, str]:
    return SavedPreset.count_of(session, user.id), "preset"
