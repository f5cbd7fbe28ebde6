"""`soundbox seed`: a believable library, so that a fresh instance can be looked at and measured when it is full.

The first tracks are really made, by the engines and the finishing that everybody's sounds go through; the others share
their files under ids of their own.
"""

from __future__ import annotations

import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.deploy.variety import around
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.ideas import random_prompt
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import ModelInfo
from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job, State
from soundbox.jobs.publishing import Publication, publish
from soundbox.jobs.scheduler import ORDINARY
from soundbox.jobs.takes import Take, request_for
from soundbox.media.local import LocalMedia
from soundbox.tracks.categories import categories_of
from soundbox.tracks.features import TrackFeatures, Vector
from soundbox.tracks.listing import TrackCategory, counted_as
from soundbox.tracks.models import Track
from soundbox.tracks.ranking import trend, wilson
from soundbox.tracks.search import searchable
from soundbox.tracks.tallies import Tally

REAL_TRACKS = 20
BATCH = 10_000
TRACKS_A_MAKER = 40
MODELS = ("music", "music", "audio")  # two songs for one effect
LENGTHS = (6.0, 10.0, 15.0, 20.0, 30.0)
SHARE_OF_LOOPS = 0.25
WORKER_ID = "seed"  # if it dies, a real worker finishes what it began
A_YEAR_MS = 365 * 86_400_000
FIRST_NAMES = ("ada", "ben", "cleo", "dov", "edda", "finn", "gia", "hugo", "ines", "jon", "kaya", "liv", "mira", "noor")


@dataclass(frozen=True)
class Pattern:
    """What a made track lends to those that share its files."""

    kind: str
    facts: dict[str, Any]
    vector: Vector


def seed(config: Config, tracks: int, real: int = REAL_TRACKS, luck: int = 0) -> int:
    """Add `tracks` public tracks; `luck` seeds every choice. Returns how many were added."""
    chance = random.Random(luck)
    makers = _makers(max(1, tracks // TRACKS_A_MAKER), chance)
    made = [_make(config, chance, makers[number % len(makers)]) for number in range(min(real, tracks))]
    patterns = _patterns(made)
    left = tracks - len(made)
    while patterns and left > 0:
        _add_copies(patterns, makers, min(BATCH, left), chance)
        left -= BATCH
    return tracks


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


def _patterns(track_ids: list[str]) -> list[Pattern]:
    own = {
        "number",
        "id",
        "user_id",
        "prompt",
        "title",
        "search_text",
        "categories",
        "random_key",
        "created_ms",
        "votes",
    }
    columns = [column.name for column in Track.__table__.columns if column.name not in own]
    with db.read() as session:
        tracks = session.scalars(select(Track).where(Track.id.in_(track_ids))).all()
        vectors = {track.number: TrackFeatures.of(session, track.number) for track in tracks}
    return [
        Pattern(track.kind, {name: getattr(track, name) for name in columns}, vector)
        for track in tracks
        if (vector := vectors[track.number]) is not None
    ]


def _add_copies(patterns: list[Pattern], makers: list[int], count: int, chance: random.Random) -> None:
    rows = list(_copies(patterns, makers, count, chance))
    with db.write() as session:
        tracks = session.scalars(insert(Track).returning(Track, sort_by_parameter_order=True), rows).all()
        _list_all(session, tracks)
        session.execute(insert(TrackFeatures), _sounds(patterns, tracks, chance))


def _sounds(patterns: list[Pattern], tracks: Sequence[Track], chance: random.Random) -> list[dict[str, Any]]:
    """As many different sounds as there are prompts: each lies between two patterns of its kind, or near one."""
    luck = np.random.default_rng(chance.randrange(2**32))
    rows: list[dict[str, Any]] = []
    for kind in sorted({track.kind for track in tracks}):
        numbers = [track.number for track in tracks if track.kind == kind]
        known = np.array([pattern.vector for pattern in patterns if pattern.kind == kind])
        rows += TrackFeatures.rows(numbers, around(known, len(numbers), luck))
    return rows


def _list_all(session: Session, tracks: Sequence[Track]) -> None:
    """What `listing.enter` does for one track, for many at once."""
    tags = [{"category": key, "track_number": track.number} for track in tracks for key in track.categories]
    if tags:
        session.execute(insert(TrackCategory), tags)
    Tally.change(session, Counter(name for track in tracks for name in counted_as(track)), spread_by=0)


def _copies(patterns: list[Pattern], makers: list[int], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    moment_ms = now_ms()
    for _ in range(count):
        pattern = chance.choice(patterns)
        prompt = random_prompt(pattern.kind, chance.randrange(2**32))
        categories = categories_of(prompt, pattern.kind)
        created_ms = moment_ms - chance.randrange(A_YEAR_MS)
        yield {
            **pattern.facts,
            **_popularity(chance, created_ms),
            "listed": True,
            "id": secrets.token_hex(16),
            "user_id": chance.choice(makers),
            "prompt": prompt,
            "title": "",
            "search_text": searchable(prompt, "", categories),
            "categories": categories,
            "random_key": secrets.randbits(62),
            "created_ms": created_ms,
            "size_bytes": 0,  # the files are another track's
        }


def _popularity(chance: random.Random, created_ms: int) -> dict[str, Any]:
    """A few are loved, most are hardly heard."""
    plays = int(chance.paretovariate(0.9)) - 1
    votes = min(plays, int(plays * chance.random() * 0.3))
    upvotes = sum(chance.random() < 0.8 for _ in range(min(votes, 200)))
    downvotes = min(votes, 200) - upvotes
    return {
        "plays": min(plays, 1_000_000),
        "upvotes": upvotes,
        "downvotes": downvotes,
        "favorites": upvotes // 3,
        "rating": wilson(upvotes, downvotes),
        "trend": trend(upvotes, downvotes, upvotes // 3, created_ms),
    }
