"""A track as stations broadcast it: cut once, when it is finished or when it is needed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import select

from soundbox.audio import commands
from soundbox.audio.cut import Cut
from soundbox.extensions import Database
from soundbox.media.child import Child
from soundbox.media.derive import once
from soundbox.media.local import LocalMedia

from .models import Track
from .storage import counting

SUFFIX = "air.aac"
FILLER = f"{'0' * 32}.0.filler.aac"  # of no track
cutter = Child(commands.CUT_FOR_AIR)  # of this process


def cut_of(track: Track) -> Cut:
    return Cut.of(track.seconds, loop=track.loop, peaks=track.peaks)


def cut_for_air(media: LocalMedia, track: Track) -> Path:
    """Its file, made by a child process unless it is there. Raises `MediaError`."""
    if is_cut(media, track):
        return media.path(track.file(SUFFIX))
    part, source = cut_of(track), media.path(track.file("wav"))

    def cut(target: Path) -> None:
        cutter.make("cut", source, target, part.first_sample, part.rounds, part.frames)

    return once(media, track.file(SUFFIX), cut, counting(track.stem))


def is_cut(media: LocalMedia, track: Track) -> bool:
    return media.exists(track.file(SUFFIX))


def filler(media: LocalMedia) -> Path:
    """What is played in the place of a track that was taken away. Raises `MediaError`."""
    return once(media, FILLER, partial(cutter.make, "filler"))


def cut_early(database: Database, media: LocalMedia, stem: str) -> None:
    """What was just published may be on air any minute, if it is for everybody."""
    with database.read() as session:
        track = session.scalar(select(Track).where(Track.stem == stem).limit(1))
    if track is not None and track.listed:
        cut_for_air(media, track)
