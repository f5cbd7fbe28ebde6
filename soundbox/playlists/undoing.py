"""A deleted playlist can be had back with the tracks that are still there, in their order, by whom they were added."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.tracks.models import Track
from soundbox.undo.models import CannotBeUndone, Deleted, brings_back, columns_of

from .models import Playlist, PlaylistEntry, PlaylistFull

KIND = "playlist"
NAMES = ("track", "by", "added_ms")  # of an entry


def keep(session: Session, playlist: Playlist) -> Deleted:
    query = select(Track.id, User.public_id, PlaylistEntry.added_ms)
    query = query.join(PlaylistEntry, PlaylistEntry.track_number == Track.number)
    query = query.outerjoin(User, User.id == PlaylistEntry.added_by)
    on_it = session.execute(
        query.where(PlaylistEntry.playlist_number == playlist.number).order_by(PlaylistEntry.position)
    )
    facts = columns_of(playlist, "number", "user_id", "track_count", "search_text")
    facts["entries"] = [dict(zip(NAMES, entry, strict=True)) for entry in on_it]
    return Deleted.keep(session, playlist.user_id, KIND, facts)


@brings_back(KIND)
def bring_back(session: Session, user: User, facts: dict[str, Any]) -> str:
    entries = _still_there(session, facts["entries"])
    try:
        playlist = Playlist.make(session, user, **{name: facts[name] for name in facts if name != "entries"})
    except PlaylistFull as full:
        raise CannotBeUndone(str(full)) from None
    rows = [
        {"playlist_number": playlist.number, "position": position, **entry} for position, entry in enumerate(entries, 1)
    ]
    if rows:
        session.execute(insert(PlaylistEntry), rows)
    playlist.track_count = len(rows)
    return url_for("playlists.show", playlist_id=playlist.id)


def _still_there(session: Session, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without tracks that were deleted since; the others are held, so that none goes meanwhile."""
    named = select(Track.id, Track.number).where(Track.id.in_([entry["track"] for entry in entries]))
    held = named.order_by(Track.number).with_for_update(key_share=True, read=True)
    numbers = {track_id: number for track_id, number in session.execute(held)}  # noqa: C416 - a row is no tuple to mypy
    people = select(User.public_id, User.id).where(User.public_id.in_({entry["by"] for entry in entries} - {None}))
    known = {public_id: user_id for public_id, user_id in session.execute(people)}  # noqa: C416
    return [
        {"track_number": numbers[entry["track"]], "added_by": known.get(entry["by"]), "added_ms": entry["added_ms"]}
        for entry in entries
        if entry["track"] in numbers
    ]
