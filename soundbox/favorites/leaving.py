"""Somebody takes the list of their favorites along, or leaves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.clock import iso_z
from soundbox.tracks.models import Track

from .models import Favorite


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    query = select(Track.id, Favorite.created_ms).join(Favorite, Favorite.track_number == Track.number)
    rows = session.execute(query.where(Favorite.user_id == user.id).order_by(Favorite.created_ms, Track.number))
    archive.add("favorites", ({"track": track_id, "created": iso_z(moment)} for track_id, moment in rows))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    kept = select(Track).join(Favorite, Favorite.track_number == Track.number).where(Favorite.user_id == user.id)
    held = kept.order_by(Track.number).with_for_update(of=Track).execution_options(populate_existing=True)
    for track in session.scalars(held).all():
        Favorite.drop(session, track, user.id)
