"""What is on air on a station: read, and drawn by whoever asks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from soundbox.extensions import db
from soundbox.stations.models import Station

from . import timeline
from .choosing import REMEMBERED_PERIODS, offer
from .drawing import draw
from .models import Published, StationRequest
from .programme import Airing, Programme, Why, beginning

EARLY_FRAMES = timeline.frames_in(60)  # before a period begins its programme is drawn
LASTING_PERIODS = 7 * 144  # after that long a programme is forgotten


@dataclass(frozen=True)
class OnAir:
    """Programmes that follow each other without a gap, the present one among them; none: the station is off air."""

    now_frame: int
    programmes: Sequence[Programme]

    @property
    def airings(self) -> list[Airing]:
        return [airing for programme in self.programmes for airing in programme.airings]

    def current(self) -> Airing | None:
        return next((found for programme in self.programmes if (found := programme.at(self.now_frame))), None)

    def next(self) -> Airing | None:
        return next((airing for airing in self.airings if airing.start_frame > self.now_frame), None)

    def soon(self, frames: int) -> list[Airing]:
        """What is on, what begins within so many frames, and the one after these."""
        left = [airing for airing in self.airings if airing.end_frame > self.now_frame]
        return left[: 1 + sum(airing.start_frame <= self.now_frame + frames for airing in left)]

    def history(self, count: int) -> list[Airing]:
        """What has ended, the last first."""
        ended = [airing for airing in self.airings if airing.end_frame <= self.now_frame]
        return ended[: -count - 1 : -1]


def on_air(station: Station, now_frame: int | None = None) -> OnAir:
    """What a station broadcasts now, the period before, and soon before its end the next."""
    now = timeline.now_frame() if now_frame is None else now_frame
    period = timeline.period_at(now)
    needed = [period]
    if now + EARLY_FRAMES >= timeline.start_of(period + 1):
        needed.append(period + 1)
    published = _published(station, period)
    for missing in (one for one in needed if one not in published):
        _publish(station, missing)
        published = _published(station, period)
    return OnAir(now, _unbroken(published, period))


def published_now(session: Session, station_ids: Sequence[int], now_frame: int) -> dict[int, OnAir]:
    """What is on these stations, by their ids, without drawing anything: of those that were asked for lately."""
    period = timeline.period_at(now_frame)
    rows: dict[int, list[Programme]] = {}
    for row in Published.of_all(session, station_ids, period - 1):
        rows.setdefault(row.station_id, []).append(row.programme)
    return {station_id: OnAir(now_frame, programmes) for station_id, programmes in rows.items()}


def _published(station: Station, period: int) -> dict[int, Programme]:
    with db.read() as session:
        return {row.period: row.programme for row in Published.since(session, station, period - 1)}


def _unbroken(published: dict[int, Programme], period: int) -> list[Programme]:
    if period not in published:
        return []
    return [published[one] for one in sorted(published) if one >= period - 1]


def _publish(station: Station, period: int) -> None:
    """Draw a period unless another process does; nothing is published while there is nothing to play."""
    with db.read() as session:
        earlier = Published.since(session, station, period - REMEMBERED_PERIODS)
        before = next((row.programme for row in earlier if row.period == period - 1), None)
        offered = offer(session, station, period, [row for row in earlier if row.period < period])
    start_frame, first_sequence = beginning(period, before)
    seed = f"{station.id}:{period}"
    entries = draw(offered.choice, offered.past, start_frame, timeline.start_of(period + 1), seed)
    if not entries and start_frame < timeline.start_of(period + 1):
        return
    programme = Programme(period, start_frame, first_sequence, tuple(entries))
    with db.write() as session:
        if Published.put(session, station, programme, offered.explored_key()):
            asked = [entry.track_id for entry in entries if entry.why is Why.requested]
            StationRequest.air(session, station, asked, period)
            Published.forget(session, period - LASTING_PERIODS)
