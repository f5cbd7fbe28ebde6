"""The bytes of a segment: a few seconds of a stored sound, cut when it is needed, or of the filler."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from soundbox.audio.packed import offsets, timestamp
from soundbox.media.local import LocalMedia
from soundbox.tracks.air import cut_for_air, filler
from soundbox.tracks.models import Track

from .programme import Segment


def track_segment(media: LocalMedia, track: Track, segment: Segment) -> bytes:
    """Raises `MediaError` and `NotPacked`; a file that is too short gives what it has."""
    return timestamp(segment.start_frame) + _frames(cut_for_air(media, track), segment.first, segment.end)


def filler_segment(media: LocalMedia, segment: Segment) -> bytes:
    """As many frames of the filler, which goes round."""
    path = filler(media)
    length = len(_offsets(path, path.stat().st_mtime_ns)) - 1
    first, left = segment.first % length, segment.frames
    parts = [timestamp(segment.start_frame)]
    while left > 0:
        end = min(length, first + left)
        parts.append(_frames(path, first, end))
        first, left = 0, left - (end - first)
    return b"".join(parts)


def _frames(path: Path, first: int, end: int) -> bytes:
    places = _offsets(path, path.stat().st_mtime_ns)
    start, stop = (places[min(frame, len(places) - 1)] for frame in (first, end))
    with path.open("rb") as file:
        file.seek(start)
        return file.read(stop - start)


@lru_cache(maxsize=64)
def _offsets(path: Path, _changed_ns: int) -> list[int]:
    return offsets(path.read_bytes())
