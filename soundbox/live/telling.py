"""What pages of stations say of the programme: what is on, and how many listen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from soundbox.stations.cards import OnAir as ShownOnAir
from soundbox.stations.models import Station

from . import timeline
from .airing import OnAir, on_air, published_now
from .answers import listed
from .listening import Heard


def now_on(session: Session, stations: Sequence[Station]) -> Mapping[int, ShownOnAir]:
    """By the stations' ids. On a wall only those that somebody tuned to lately: to draw them all would take long."""
    if len(stations) == 1:
        tuned: dict[int, OnAir] = {stations[0].id: on_air(stations[0])}
    else:
        tuned = published_now(session, [station.id for station in stations], timeline.now_frame())
    current = {key: airing for key, on in tuned.items() if (airing := on.current())}
    tracks = listed(session, list(current.values()))
    listeners = Heard.listeners_of(session, list(current))
    shown = {}
    for key, airing in current.items():
        track = tracks.get(airing.entry.track_id)
        words = f"{track.user.display_name} – {track.name}" if track else ""
        shown[key] = ShownOnAir(words, listeners.get(key, 0))
    return shown
