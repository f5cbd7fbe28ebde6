"""MP3s of which a podcast tells the true length: those that are there, and those that can be made in a few seconds.

Whoever reads the feed again gets more: programs do, every hour or so, and an episode without a length is refused by
some.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from soundbox.audio import commands
from soundbox.media.derive import derived
from soundbox.media.local import MediaError
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.tracks.storage import counting

from .feed import Item

MAKING_SECONDS = 4.0  # for one answer


def enclosed(tracks: Sequence[Track]) -> list[Item]:
    """In their order, each with `audio_bytes`; without those whose MP3 is not there and could not be made in time."""
    ends = time.monotonic() + MAKING_SECONDS
    found = ((track, _bytes_of(track, may_make=time.monotonic() < ends)) for track in tracks)
    return [Item.of(track, audio_bytes) for track, audio_bytes in found if audio_bytes]


def _bytes_of(track: Track, *, may_make: bool) -> int:
    """0: there is none."""
    store, name = media(), track.file("mp3")
    if not may_make and not store.exists(name):
        return 0
    try:
        return derived(store, track.file("wav"), name, commands.encode, count=counting(track.stem)).stat().st_size
    except (MediaError, OSError):
        return 0
