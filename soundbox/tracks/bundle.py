"""The files of many tracks, for a zip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from soundbox.media.local import LocalMedia, MediaMissing

from .models import Track
from .naming import download_name


def masters_of(tracks: Sequence[Track], media: LocalMedia) -> Iterator[tuple[str, BinaryIO]]:
    """The WAV masters under their download names; what is missing is left out."""
    for track in tracks:
        try:
            source = media.path(track.file("wav")).open("rb")
        except (MediaMissing, FileNotFoundError):
            continue
        yield f"{download_name(track)}.wav", source
