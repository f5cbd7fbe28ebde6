"""Favorites of a guest who signs in."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, owning
from soundbox.tracks.models import Track

from .models import Favorite


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """What both keep is kept once."""
    both = aliased(Favorite)
    twice = (
        select(Track)
        .join(Favorite, Favorite.track_number == Track.number)
        .join(both, both.track_number == Track.number)
        .where(Favorite.user_id == guest.id, both.user_id == member.id)
        .order_by(Track.number)
        .with_for_update(of=Track)
        .execution_options(populate_existing=True)
    )
    for track in session.scalars(twice).all():
        Favorite.drop(session, track, guest.id)
    session.execute(update(Favorite).where(Favorite.user_id == guest.id).values(user_id=member.id))


@owning.connect
def favorites(session: Session, user: User) -> tuple[int, str]:
    kept = select(func.count()).select_from(Favorite).where(Favorite.user_id == user.id)
    return session.scalar(kept) or 0, "favorite"
