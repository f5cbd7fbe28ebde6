"""What listeners ask a station for, and when it airs.

A track airs in the next period that is drawn, within two periods: 20 minutes. A sound that is still to be made airs
within as long after it is finished. Every other place of a programme is for what was asked for; what does not fit any
more waits for the period after.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.stations.models import Station
from soundbox.tracks.air import cut_of
from soundbox.tracks.models import Track

from . import timeline
from .airing import EARLY_FRAMES
from .drawing import REQUEST_EVERY
from .models import StationRequest

MOST_WAITING = 3  # of one person, at one station
AIRS_WITHIN_FRAMES = 2 * timeline.PERIOD_FRAMES


class TooManyAsked(Exception):
    """This person waits for enough already; the message says so."""


@dataclass(frozen=True)
class Promise:
    """`airs_before_ms` None: it is still to be made, and airs within `AIRS_WITHIN_FRAMES` of that."""

    request: StationRequest
    airs_before_ms: int | None


def ask(session: Session, station: Station, user: User, track_id: str) -> StationRequest:
    """Note it; the caller commits. Raises `TooManyAsked`."""
    waiting = StationRequest.waiting(session, station)
    if sum(one.user_id == user.id for one in waiting) >= MOST_WAITING:
        raise TooManyAsked(f"You wait for {MOST_WAITING} sounds on this station already")
    request = StationRequest(station_id=station.id, user_id=user.id, track_id=track_id)
    session.add(request)
    session.flush()
    return request


def promise(session: Session, station: Station, request: StationRequest, now_frame: int) -> Promise:
    """When it will have begun: the periods that are drawn next, one by one, each take as many as fit."""
    before = [one.track_id for one in StationRequest.waiting(session, station) if one.created_ms < request.created_ms]
    tracks = {
        track.id: track for track in session.scalars(select(Track).where(Track.id.in_([request.track_id, *before])))
    }
    if request.track_id not in tracks:
        return Promise(request, None)
    places = sum(cut_of(tracks[one]).frames * REQUEST_EVERY for one in before if one in tracks)
    undrawn = timeline.period_at(now_frame + EARLY_FRAMES) + 1
    return Promise(request, timeline.moment_of(timeline.start_of(undrawn + 1 + places // timeline.PERIOD_FRAMES)))
