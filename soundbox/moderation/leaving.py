"""Somebody takes along what they reported, or leaves: a report stays, nobody's. What admins decided stays theirs."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from soundbox.accounts.archive import Archive, facts_of
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.tracks.models import Track

from .models import ModerationEvent, Report


@exporting.connect
def take_along(session: Session, user: User, archive: Archive) -> None:
    query = select(Report, Track.id).join(Track, Track.number == Report.track_number)
    rows = session.execute(query.where(Report.user_id == user.id).order_by(Report.id))
    internal = ("id", "user_id", "track_number", "voice")
    archive.add("reports", ({"track": track_id, **facts_of(report, *internal)} for report, track_id in rows))
    decided = select(ModerationEvent).where(ModerationEvent.user_id == user.id).order_by(ModerationEvent.id)
    archive.add("decisions", (facts_of(event, "user_id") for event in session.scalars(decided)))


@deleting.connect
def leave(session: Session, user: User, **_: object) -> None:
    """It goes on counting as one voice; the words in it, which may tell who wrote them, are gone."""
    session.execute(update(Report).where(Report.user_id == user.id).values(user_id=None, note=""))
