"""Jobs and sounds of a guest who signs in."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, owning
from soundbox.tracks.adoption import adopt_tracks
from soundbox.tracks.models import Track

from .models import Job, is_unfinished


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    """Jobs first: one that is published at this moment then is either among the tracks, or knows its new owner.

    The address stays with them, so that the guests there have not got their places back.
    """
    session.execute(update(Job).where(Job.user_id == guest.id).values(user_id=member.id))
    adopt_tracks(session, guest, member)


@owning.connect
def sounds(session: Session, user: User) -> tuple[int, str]:
    made = select(func.count()).select_from(Track).where(Track.user_id == user.id)
    coming = select(func.count()).select_from(Job).where(Job.user_id == user.id, is_unfinished())
    return (session.scalar(made) or 0) + (session.scalar(coming) or 0), "sound"
