"""Permission and fetch in one step: a track for whoever asks, or the refusal that every view gives."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.web.errors import Refusal

from .models import Track


def readable(session: Session, who: Principal, track_id: str) -> Track:
    """Raises `Refusal` 404: what one may not read does not exist."""
    return found(Track.readable_by(session, who, track_id))


def held(session: Session, who: Principal, track_id: str) -> Track:
    """One that this person may read, its row locked until the end of the write. Raises `Refusal` 404."""
    return found(Track.held_by(session, who, track_id))


def owned(session: Session, who: Principal, track_id: str) -> Track:
    """One's own, locked. Raises `Refusal` 404, and 403 for what one may only read."""
    track = held(session, who, track_id)
    if not who.may_manage(track.user_id):
        raise Refusal(403, "Not authorized to change this track")
    return track


def found(track: Track | None) -> Track:
    if track is None:
        raise Refusal(404, "Track not found")
    return track
