"""A track as stations broadcast it: cut once, when it is finished or when it is needed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from soundbox.audio import commands
from soundbox.audio.cut import Cut
from soundbox.extensions import Database
from soundbox.media.derive import derived
from soundbox.media.local import LocalMedia

from .models import Track
from .storage import counting

SUFFIX = "air.aac"


def cut_of(track: Track) -> Cut:
    return Cut.of(track.seconds, loop=track.loop, peaks=track.peaks)


def cut_for_air(media: LocalMedia, track: Track) -> Path:
    """Its file, made by a child process unless it is there. Raises `MediaError`."""
    return derived(
        media, track.file("wav"), track.file(SUFFIX), commands.on_air(cut_of(track)), count=counting(track.stem)
    )


def cut_early(database: Database, media: LocalMedia, stem: str) -> None:
    """What was just published may be on air any minute, if it is for everybody."""
    with database.read() as session:
        track = session.scalar(select(Track).where(Track.stem == stem).limit(1))
    if track is not None and track.listed:
        cut_for_air(media, track)
