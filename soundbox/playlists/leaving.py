"""Somebody takes their playlists along, or leaves: what they added to those of others stays on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.clock import iso_z
from soundbox.tracks.models import Track

from .models import Playlist, PlaylistEntry


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    archive.add("playlists", _with_tracks(session, user))
    archive.add("added-to-playlists", _added_to_others(session, user))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    session.execute(update(PlaylistEntry).where(PlaylistEntry.added_by == user.id).values(added_by=None))
    session.execute(delete(Playlist).where(Playlist.user_id == user.id))


def _with_tracks(session: Session, user: User) -> Iterator[dict[str, Any]]:
    mine = select(Playlist).where(Playlist.user_id == user.id).order_by(Playlist.number)
    for playlist in session.scalars(mine).all():
        on_it = select(Track.id).join(PlaylistEntry, PlaylistEntry.track_number == Track.number)
        on_it = on_it.where(PlaylistEntry.playlist_number == playlist.number).order_by(PlaylistEntry.position)
        tracks = list(session.scalars(on_it))
        yield {**facts_of(playlist, "number", "user_id", "search_text"), "tracks": tracks}


def _added_to_others(session: Session, user: User) -> Iterator[dict[str, Any]]:
    query = (
        select(Playlist.id, Track.id, PlaylistEntry.added_ms)
        .join(PlaylistEntry, PlaylistEntry.playlist_number == Playlist.number)
        .join(Track, Track.number == PlaylistEntry.track_number)
        .where(PlaylistEntry.added_by == user.id, Playlist.user_id != user.id)
        .order_by(PlaylistEntry.added_ms, Track.number)
    )
    for playlist_id, track_id, added_ms in session.execute(query):
        yield {"playlist": playlist_id, "track": track_id, "added": iso_z(added_ms)}
