"""The bytes of a segment: a few seconds of a stored sound, cut when it is needed, or of the filler."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from soundbox.audio.packed import offsets, timestamp
from soundbox.media.local import LocalMedia
from soundbox.tracks.air import cut_for_air, filler
from soundbox.tracks.models import Track

from .programme import Segment


def track_segment(media: LocalMedia, track: Track, segment: Segment) -> bytes:
    """Raises `MediaError` and `NotPacked`; a file that is too short gives what it has."""
    return timestamp(segment.start_frame) + b"".join(track_frames(media, track, segment))


def filler_segment(media: LocalMedia, segment: Segment) -> bytes:
    return timestamp(segment.start_frame) + b"".join(filler_frames(media, segment))


def track_frames(media: LocalMedia, track: Track, segment: Segment) -> list[bytes]:
    """Its ADTS frames, one by one. Raises as `track_segment` does."""
    return _frames(cut_for_air(media, track), segment.first, segment.end)


def filler_frames(media: LocalMedia, segment: Segment) -> list[bytes]:
    """As many frames of the filler, which goes round."""
    path = filler(media)
    length = len(_offsets(path, path.stat().st_mtime_ns)) - 1
    first, left = segment.first % length, segment.frames
    found: list[bytes] = []
    while left > 0:
        end = min(length, first + left)
        found += _frames(path, first, end)
        first, left = 0, left - (end - first)
    return found


def _frames(path: Path, first: int, end: int) -> list[bytes]:
    places = _offsets(path, path.stat().st_mtime_ns)[first : end + 1]
    if len(places) < 2:
        return []
    with path.open("rb") as file:
        file.seek(places[0])
        return [file.read(stop - start) for start, stop in pairwise(places)]


@lru_cache(maxsize=64)
def _offsets(path: Path, _changed_ns: int) -> list[int]:
    return offsets(path.read_bytes())
