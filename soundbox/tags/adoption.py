"""Tag suggestions of a guest: they count from the day on which the guest is a member."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, joined

from .consensus import count_again
from .models import Suggestion


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """One person has one open voice about a category."""
    both = aliased(Suggestion)
    said_too = select(both).where(
        both.user_id == member.id,
        both.track_number == Suggestion.track_number,
        both.category == Suggestion.category,
        both.agreed_ms.is_(None),
    )
    mine = Suggestion.user_id == guest.id
    session.execute(delete(Suggestion).where(mine, Suggestion.agreed_ms.is_(None), said_too.exists()))
    session.execute(update(Suggestion).where(mine).values(user_id=member.id))
    count_again(session, member.id)


@joined.connect
def count(session: Session, user: User) -> None:
    count_again(session, user.id)
