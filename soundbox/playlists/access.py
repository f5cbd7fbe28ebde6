"""Permission and fetch in one step: who may read a playlist, fill it, own it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.audit import audit_power
from soundbox.accounts.principal import Principal
from soundbox.web.errors import Refusal

from .models import Playlist


def readable(session: Session, who: Principal, playlist_id: str) -> Playlist:
    playlist = Playlist.readable_by(session, who, playlist_id)
    if playlist is None:
        raise _unknown()
    return playlist


def held(session: Session, who: Principal, playlist_id: str) -> Playlist:
    """One that this person may read, locked."""
    playlist = Playlist.held_by(session, who, playlist_id)
    if playlist is None:
        raise _unknown()
    return playlist


def owned(session: Session, who: Principal, playlist_id: str) -> Playlist:
    playlist = held(session, who, playlist_id)
    if not who.may_manage(playlist.user_id):
        raise Refusal(403, "Not authorized to change this playlist", advice="Make a copy: that one is yours.")
    return playlist


def fillable(session: Session, who: Principal, playlist_id: str) -> Playlist:
    playlist = held(session, who, playlist_id)
    if not playlist.may_be_filled_by(who):
        advice = "Sign in first." if playlist.collaborative else "Make a copy: that one is yours."
        raise Refusal(403, "Not authorized to add to this playlist", advice=advice)
    return playlist


def note_power(session: Session, who: Principal, playlist: Playlist, action: str, **detail: Any) -> None:
    """In the audit log, where an admin changes what is on somebody else's playlist."""
    subject = f"playlist:{playlist.id}"
    audit_power(session, who, playlist.user_id, f"playlist.{action}", subject, name=playlist.name, **detail)


def _unknown() -> Refusal:
    return Refusal(404, "Playlist not found", advice="It may have been deleted or made private.")
