"""Votes of a guest who signs in."""

from __future__ import annotations

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, owning
from soundbox.tracks.models import Track

from .models import Ballot, Vote


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """One person has one vote on a track, and none on their own; what is left changes hands, and no count."""
    for track, voter_id in _too_many(session, guest, member):
        Vote.cast(session, track, voter_id, Ballot(0))
    session.execute(update(Vote).where(Vote.user_id == guest.id).values(user_id=member.id))


def _too_many(session: Session, guest: User, member: User) -> list[tuple[Track, int]]:
    """The guest's where both voted, and both people's on what is the member's now. In the order of locks."""
    both = aliased(Vote)
    twice = (Vote.user_id == guest.id) & (
        select(both).where(both.user_id == member.id, both.track_number == Vote.track_number).exists()
    )
    people = (guest.id, member.id)
    own = Vote.user_id.in_(people) & Track.user_id.in_(people)
    found = (
        select(Track, Vote.user_id)
        .join(Vote, Vote.track_number == Track.number)
        .where(or_(twice, own))
        .order_by(Track.number, Vote.user_id)
        .with_for_update(of=Track)
        .execution_options(populate_existing=True)
    )
    return [(track, voter_id) for track, voter_id in session.execute(found)]


@owning.connect
def votes(session: Session, user: User) -> tuple[int, str]:
    return session.scalar(select(func.count()).select_from(Vote).where(Vote.user_id == user.id)) or 0, "vote"
