"""Playlists of a guest who signs in, and what the guest put on those of others."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.signals import adopting, owning

from .models import Playlist, PlaylistEntry


@adopting.connect
def adopt(session: Session, guest: User, member: User) -> None:
    session.execute(update(Playlist).where(Playlist.user_id == guest.id).values(user_id=member.id))
    session.execute(update(PlaylistEntry).where(PlaylistEntry.added_by == guest.id).values(added_by=member.id))


@owning.connect
def playlists(session: Session, user: User) -> tuple[int, str]:
    return Playlist.count_of(session, user.id), "playlist"
