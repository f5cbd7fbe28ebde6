"""The live HLS playlist (RFC 8216): a function of the clock and of what is published.

All segments come from one encoder and carry the broadcast's own timestamps, so there is no discontinuity between them,
whichever tracks they are of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from . import timeline
from .programme import LONGEST_SEGMENT_FRAMES, Programme, Segment

TARGET_SECONDS = round(timeline.seconds_of(LONGEST_SEGMENT_FRAMES))
AHEAD_FRAMES = timeline.frames_in(3 * TARGET_SECONDS)  # players stay three target durations behind the end
BEHIND_FRAMES = timeline.frames_in(6 * TARGET_SECONDS)
KEPT_FRAMES = 2 * BEHIND_FRAMES + AHEAD_FRAMES  # a segment can be had for so long after it (RFC 8216, 6.2.2)
CONTROLS = dict.fromkeys((*range(32), 127, 133, 8232, 8233), " ")


def window(programmes: Iterable[Programme], now_frame: int, behind_frames: int = BEHIND_FRAMES) -> list[Segment]:
    """The segments of the playlist: some seconds behind the clock, and so many ahead that players are on time."""
    return [
        segment
        for programme in programmes
        for airing in programme.airings
        if airing.end_frame > now_frame - behind_frames and airing.start_frame <= now_frame + AHEAD_FRAMES
        for segment in airing.segments()
        if segment.start_frame + segment.frames > now_frame - behind_frames
        and segment.start_frame <= now_frame + AHEAD_FRAMES
    ]


def media_playlist(segments: list[Segment], address: Callable[[Segment], str], title: Callable[[Segment], str]) -> str:
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        f"#EXT-X-TARGETDURATION:{TARGET_SECONDS}",
        f"#EXT-X-MEDIA-SEQUENCE:{segments[0].sequence}",
    ]
    for segment in segments:
        seconds = timeline.seconds_of(segment.frames)
        lines += [
            f"#EXT-X-PROGRAM-DATE-TIME:{_date(segment.start_frame)}",
            f"#EXTINF:{seconds:.5f},{title(segment).translate(CONTROLS)}",
            address(segment),
        ]
    return "\n".join(lines) + "\n"


def fresh_seconds(segments: list[Segment], now_frame: int) -> int:
    """How long a copy of the playlist may be shown: until it gets its next segment, and a second at least."""
    end = segments[-1].start_frame + segments[-1].frames
    return max(1, int(timeline.seconds_of(end - AHEAD_FRAMES - now_frame)))


def _date(frame: int) -> str:
    moment = datetime.fromtimestamp(timeline.moment_of(frame) / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
