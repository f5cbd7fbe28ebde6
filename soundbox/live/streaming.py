"""One endless MP3 of a station: the programme that everybody hears, in steps of half a second, as the clock says.

It begins with the moment at which it was asked for, and the first seconds come at once, for the player's buffer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from soundbox.audio.mp3 import Transcoder
from soundbox.audio.packed import NotPacked
from soundbox.extensions import db
from soundbox.media.local import LocalMedia, MediaError
from soundbox.stations.models import Station
from soundbox.tracks.models import Track

from . import answers, broadcast, timeline
from .airing import on_air
from .programme import Airing, Segment

AHEAD_FRAMES = timeline.frames_in(3)  # what is sent before its time
STEP_FRAMES = timeline.frames_in(0.5)
LATE_FRAMES = timeline.frames_in(10)  # whoever takes it so much too slowly goes on with what is on air now
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Step:
    """Half a second: MP3, and what it is of."""

    start_frame: int
    sound: bytes
    title: str


def stream(find: Callable[[], Station | None], media: LocalMedia) -> Iterator[Step]:
    """Until the station is gone or has nothing to play. `find` tells whether it can still be heard."""
    transcoder, position = Transcoder(), timeline.now_frame()
    while (station := find()) is not None:
        position = position if position + LATE_FRAMES > timeline.now_frame() else timeline.now_frame()
        segment = _segment_at(station, position)
        if segment is None:
            return
        frames, title = _heard(media, segment)
        for start in range(position, segment.start_frame + segment.frames, STEP_FRAMES):
            _wait_until(start - AHEAD_FRAMES)
            first = start - segment.start_frame
            yield Step(start, transcoder.feed(frames[first : first + STEP_FRAMES]), title)
        position = segment.start_frame + segment.frames


def _segment_at(station: Station, frame: int) -> Segment | None:
    """None: off air."""
    now = on_air(station)
    airing = next((airing for airing in now.airings if airing.start_frame <= frame < airing.end_frame), None)
    if airing is None:
        return None
    return next(part for part in airing.segments() if part.start_frame <= frame < part.start_frame + part.frames)


def _heard(media: LocalMedia, segment: Segment) -> tuple[list[bytes], str]:
    """Its AAC frames, as many as it has, and its title; the filler for what was taken away."""
    with db.read() as session:
        track = answers.listed(session, [Airing(0, segment.entry, 0)]).get(segment.entry.track_id)
    if track is not None:
        try:
            return _whole(broadcast.track_frames(media, track, segment), media, segment), _title(track)
        except (MediaError, NotPacked):
            pass
    return broadcast.filler_frames(media, segment), answers.FILLED


def _whole(frames: list[bytes], media: LocalMedia, segment: Segment) -> list[bytes]:
    """A file that is too short is filled up, so that nothing after it comes early."""
    if len(frames) >= segment.frames:
        return frames
    return frames + broadcast.filler_frames(media, replace(segment, first=segment.first + len(frames)))


def _title(track: Track) -> str:
    return f"{track.user.display_name} - {track.name}"


def _wait_until(frame: int) -> None:
    while timeline.now_frame() < frame:
        time.sleep(POLL_SECONDS)
