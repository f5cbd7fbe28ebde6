"""Saved searches of a guest who signs in."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting

from .models import SavedSearch


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """The same search is kept once."""
    both = aliased(SavedSearch)
    known = select(both).where(both.user_id == member.id, both.query == SavedSearch.query).exists()
    session.execute(delete(SavedSearch).where(SavedSearch.user_id == guest.id, known))
    session.execute(update(SavedSearch).where(SavedSearch.user_id == guest.id).values(user_id=member.id))
