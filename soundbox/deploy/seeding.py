"""`soundbox seed`: a believable library, so that a fresh instance can be looked at and measured when it is full.

The first tracks are really made, by the engines and the finishing that everybody's sounds go through; the others share
their files under ids of their own.
"""

from __future__ import annotations

import random
import secrets
import time
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.ideas import random_prompt
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import ModelInfo
from soundbox.extensions import db
from soundbox.favorites.seeding import seed_favorites
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job, State
from soundbox.jobs.publishing import Publication, publish
from soundbox.jobs.scheduler import ORDINARY
from soundbox.jobs.takes import Take, request_for
from soundbox.media.local import LocalMedia
from soundbox.tracks.listing import names_of
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally
from soundbox.votes.seeding import seed_votes

from . import bulk
from .seed_prompts import Prompts
from .seed_rows import COLUMNS, SeededTrack, patterns_of, seeded_tracks
from .variety import Sounds

REAL_TRACKS = 20
BATCH = 5_000  # tracks in one transaction: other writers wait for its end on SQLite
MAKERS_AT_ONCE = 500
TRACKS_A_MAKER = 40
MODELS = ("music", "music", "audio")  # two songs for one effect
LENGTHS = (6.0, 10.0, 15.0, 20.0, 30.0)
SHARE_OF_LOOPS = 0.25
WORKER_ID = "seed"  # if it dies, a real worker finishes what it began
A_YEAR_MS = 365 * 86_400_000
FIRST_NAMES = ("ada", "ben", "cleo", "dov", "edda", "finn", "gia", "hugo", "ines", "jon", "kaya", "liv", "mira", "noor")


def seed(config: Config, tracks: int, real: int = REAL_TRACKS, luck: int = 0) -> int:
    """Add `tracks` public tracks; `luck` seeds every choice. Returns how many were added."""
    chance = random.Random(luck)
    makers = _makers(max(1, tracks // TRACKS_A_MAKER), chance)
    since_ms = _since()
    made = [_make(config, chance, makers[number % len(makers)]) for number in range(min(real, tracks))]
    _backdate(made, since_ms)
    copies = tracks - len(made)
    if made and copies:
        with bulk.bulk_load():
            _add_copies(made, makers, copies, chance, since_ms + len(made))
    return tracks


def _since() -> int:
    """A year ago, or when the newest track was made: what has a higher number is never older."""
    with db.read() as session:
        newest_ms = session.scalar(select(Track.created_ms).order_by(Track.number.desc()).limit(1)) or 0
    return max(now_ms() - A_YEAR_MS, newest_ms)


def _backdate(track_ids: Sequence[str], since_ms: int) -> None:
    """Those whose files the others share come first, in number and in time."""
    with db.write() as session:
        for track in session.scalars(select(Track).where(Track.id.in_(track_ids)).order_by(Track.number)):
            track.created_ms = since_ms + track_ids.index(track.id)
            track.rank()


def _makers(count: int, chance: random.Random) -> list[int]:
    """Members, with believable names that do not collide with those of an earlier seeding."""
    with db.write() as session:
        known = session.scalar(select(func.max(User.id))) or 0
        rows = [
            {
                "kind": Kind.member,
                "name": f"{chance.choice(FIRST_NAMES)}-{known + number + 1}",
                "tier": chance.choices(("free", "supporter", "premium", "creator"), (85, 9, 4, 2))[0],
                "public_id": secrets.token_hex(8),
                "is_admin": False,
                "created_ms": now_ms() - chance.randrange(A_YEAR_MS),
            }
            for number in range(count)
        ]
        return list(session.scalars(insert(User).returning(User.id), rows))


def _make(config: Config, chance: random.Random, maker: int) -> str:
    """One real track, through the same doors as everybody's. Returns its id."""
    info = _model(config, chance.choice(MODELS))
    prompt = random_prompt(info.kind, chance.randrange(2**32))
    job = Job(
        user_id=maker,
        status=State.processing,
        worker_id=WORKER_ID,
        lease_gen=1,
        model=info.id,
        prompt=prompt,
        seconds=chance.choice(LENGTHS),
        loop=chance.random() < SHARE_OF_LOOPS,
        seed=chance.randrange(2**32),
        tier="admin",
        band=ORDINARY,
        turn=now_ms(),
        own_turn=now_ms(),
        enqueued_ms=now_ms(),
        seq=0,
        estimated_seconds=0.0,
    )
    with db.write() as session:
        session.add(job)
        session.flush()
        session.refresh(job)
    claim = Claim(job, job.lease_gen)
    started = time.monotonic()
    take = Take.of(render(request_for(claim)), job.seed, info)
    publish(db, LocalMedia(config.media_folder), Publication(claim, info, take, 0, started), config)
    return job.id


def _model(config: Config, name: str) -> ModelInfo:
    return next(info for info in Catalogue.build(licence=config.licence).models() if info.id == name)


def _add_copies(made: Sequence[str], makers: Sequence[int], count: int, chance: random.Random, since_ms: int) -> None:
    patterns, sounds, prompts = patterns_of(made), Sounds.like(made, chance), Prompts(chance, count)
    step_ms = (now_ms() - since_ms) / count
    for first in range(0, count, BATCH):
        size = min(BATCH, count - first)
        moments = (since_ms + int((first + index) * step_ms) for index in range(size))
        with db.write() as session:
            bulk.enlarge_cache(session)
            numbers = bulk.next_numbers(session, size)
            active = _active(makers, first / count)
            tracks = seeded_tracks(patterns, prompts, chance, active, moments, numbers, most_votes=len(makers) - 1)
            _store(session, tracks)
            sounds.add(session, tracks)
            seed_votes(session, tracks, makers, chance)
            seed_favorites(session, tracks, makers, chance)


def _active(makers: Sequence[int], time: float) -> Sequence[int]:
    """Who makes sounds at that time of the year, from 0 to 1: people come, stay for some weeks, and go."""
    most = min(len(makers), MAKERS_AT_ONCE)
    first = int(time * (len(makers) - most))
    return [*makers[first : first + most], *makers[: max(1, most // 20)]]


def _store(session: Session, tracks: Sequence[SeededTrack]) -> None:
    """What `Track.publish` does for one track, for many at once; the features add what is theirs."""
    bulk.insert_rows(session, "tracks", COLUMNS, ([track.row[name] for name in COLUMNS] for track in tracks))
    tags = [(key, track.number) for track in tracks for key in track.categories]
    bulk.insert_rows(session, "track_categories", ("category", "track_number"), tags)
    texts = [(track.number, track.words) for track in tracks]
    bulk.insert_rows(session, "track_texts", ("number", "words"), texts)
    if bulk.is_sqlite(session):
        bulk.insert_rows(session, "track_words", ("rowid", "words"), texts)
    counts = Counter(name for track in tracks for name in names_of(track.kind, track.facets))
    Tally.change(session, counts, spread_by=tracks[0].number // BATCH)
