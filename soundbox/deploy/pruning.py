"""Sweeping: what a crash left behind, private takes older than the instance keeps them, guests who own nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from soundbox.accounts.sweeping import sweep_guests, sweep_what_is_over
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.growing import sweep
from soundbox.live.models import StationRequest
from soundbox.media.growing import GrowingMedia
from soundbox.media.local import LocalMedia
from soundbox.plays.models import Play
from soundbox.tracks.air import FILLER
from soundbox.tracks.models import Track, Visibility
from soundbox.tracks.tallies import Tally, taken_by
from soundbox.undo.models import Deleted

DAY_MS = 86_400_000
KEPT_REQUESTS_MS = 30 * DAY_MS
UNTOUCHED_SECONDS = 3600  # a file in the making is younger
STEM_PARTS = 2  # {id}.{lease}


@dataclass(frozen=True)
class Swept:
    tracks: int
    files: int
    guests: int


def prune(config: Config) -> Swept:
    media = LocalMedia(config.media_folder)
    with db.write() as session:
        tracks = _drop_old_private(session, config.keep_private_days)
        Play.forget(session)
        StationRequest.forget(session, now_ms() - KEPT_REQUESTS_MS)
        sweep_what_is_over(session)
        Deleted.forget(session)
    guests = _drop_guests()
    with db.read() as session:
        stems = set(session.scalars(select(Track.stem)))
    stems.add(stem_of(FILLER))
    files = media.sweep(lambda key: stem_of(key) in stems, older_than_seconds=UNTOUCHED_SECONDS)
    grown = sweep(db, GrowingMedia(media.root))
    return Swept(tracks, len(files) + len(grown), guests)


def stem_of(key: str) -> str:
    """Every file of a track begins with its stem: {id}.{lease}.disc.png."""
    return ".".join(key.split(".")[:STEM_PARTS])


def _drop_guests() -> int:
    """In many short writes: a busy site has many."""
    dropped = 0
    while True:
        with db.write() as session:
            some = sweep_guests(session)
        dropped += some
        if not some:
            return dropped


def _drop_old_private(session: Session, days: int) -> int:
    if days == 0:
        return 0
    old = (Track.visibility == Visibility.private) & (Track.created_ms < now_ms() - days * DAY_MS)
    gone = session.execute(delete(Track).where(old).returning(Track.user_id, Track.size_bytes + Track.derived_bytes))
    tracks, freed = 0, Counter[str]()
    for user_id, taken_bytes in gone:
        tracks += 1
        freed[taken_by(user_id)] -= taken_bytes
    Tally.change(session, freed, spread_by=0)
    return tracks
