"""What becomes of a suspended person's sounds: an operator may take them out of sight; when the person may write again,
they come back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Track, Visibility, Withheld


def withhold_all_of(session: Session, user_id: int) -> int:
    """Those that others can hear, by a list or by their address. Returns how many."""
    heard = (Track.user_id == user_id) & (Track.visibility != Visibility.private) & Track.withheld.is_(None)
    tracks = session.scalars(select(Track).where(heard).order_by(Track.number).with_for_update(of=Track)).all()
    for track in tracks:
        track.withhold(session, Withheld.suspended)
    return len(tracks)


def give_back_all_of(session: Session, user_id: int) -> int:
    """Those that were withheld for this alone. Returns how many."""
    gone = (Track.user_id == user_id) & (Track.withheld == Withheld.suspended)
    tracks = session.scalars(select(Track).where(gone).order_by(Track.number).with_for_update(of=Track)).all()
    for track in tracks:
        track.withhold(session, None)
    return len(tracks)
