"""`soundbox bench votes`: how many votes a second an instance takes, and that a killed server loses none of them."""

from __future__ import annotations

import json
import random
import secrets
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import SCOPES, ApiToken, Kind, User, sha256
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally
from soundbox.votes.models import VOTES, Vote

from .served import served
from .storm import Measured, request_bytes, storm

VOTERS = 500
MOST_TRACKS = 2_000
KILL_STORM_SECONDS = 10


class TooFewTracks(Exception):
    """The instance has not enough public tracks for so many different votes; the message says how many it takes."""


@dataclass(frozen=True)
class Voter:
    user_id: int
    public_id: str
    token: str

    @classmethod
    def enrol(cls, session: Session, count: int) -> list[Voter]:
        """So many new members, each with a token."""
        people = [(secrets.token_hex(8), f"sbx_{secrets.token_urlsafe(32)}") for _ in range(count)]
        about = {"kind": Kind.member, "tier": "free", "is_admin": False, "created_ms": now_ms()}
        users = [{"public_id": public_id, "name": f"bench-{public_id}", **about} for public_id, _ in people]
        ids = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), users).all()
        voters = [cls(user_id, *person) for user_id, person in zip(ids, people, strict=True)]
        of_all = {"label": "bench", "scopes": " ".join(SCOPES), "created_ms": now_ms()}
        tokens = [{"user_id": one.user_id, "token_hash": sha256(one.token), **of_all} for one in voters]
        session.execute(insert(ApiToken), tokens)
        return voters


@dataclass(frozen=True)
class Cast:
    """One vote. Nobody votes on a track twice, so that each can be found again."""

    voter: Voter
    track_number: int
    track_id: str
    vote: int

    def request(self, *, is_open: bool) -> bytes:
        body: dict[str, object] = {"vote": self.vote}
        if is_open:
            body["user_id"] = self.voter.public_id
        path = f"/api/library/{self.track_id}/vote"
        return request_bytes("POST", path, json.dumps(body).encode(), "" if is_open else self.voter.token)


@dataclass(frozen=True)
class Counters:
    """What the instance keeps beside its votes."""

    sides: Counter[tuple[int, int]]  # by track number and vote
    tally: int

    @classmethod
    def read(cls, session: Session, numbers: Iterable[int]) -> Counters:
        rows = session.execute(select(Track.number, Track.upvotes, Track.downvotes).where(Track.number.in_(numbers)))
        sides: Counter[tuple[int, int]] = Counter()
        for number, upvotes, downvotes in rows:
            sides[number, 1], sides[number, -1] = upvotes, downvotes
        return cls(sides, Tally.read(session, VOTES)[VOTES])


@dataclass(frozen=True)
class Recount:
    lost: int  # acknowledged, and not in the database
    wrong_counters: int  # that did not change by the votes that are there
    votes: int
    tallied: int

    @property
    def is_exact(self) -> bool:
        return self.lost == 0 and self.wrong_counters == 0 and self.tallied == self.votes


@dataclass(frozen=True)
class Outcome:
    calm: Measured
    server_cpu_seconds: float
    killed: Measured
    recount: Recount


def bench_votes(config: Config, rate: int, seconds: int, voters: int = VOTERS) -> Outcome:
    """Votes of made-up members on the public tracks of an instance, which keeps them. Raises `TooFewTracks`.

    Nobody else may vote there meanwhile, or the recount is of their votes too.
    """
    count = rate * seconds
    with db.write() as session:
        casts = _casts(session, count + rate * KILL_STORM_SECONDS, voters)
        numbers = {cast.track_number for cast in casts}
        before = Counters.read(session, numbers)
    requests = [cast.request(is_open=config.is_open) for cast in casts]
    with served(config.instance) as site:
        used = site.cpu_seconds
        calm = storm(site.port, requests[:count], rate)
        used = site.cpu_seconds - used
        killer = threading.Timer(KILL_STORM_SECONDS / 2, site.kill)
        killer.start()
        killed = storm(site.port, requests[count:], rate)
    acknowledged = [casts[place] for place in calm.answered] + [casts[count + place] for place in killed.answered]
    with db.read() as session:
        return Outcome(calm, used, killed, _recount(session, acknowledged, before, Counters.read(session, numbers)))


def _casts(session: Session, count: int, voters: int) -> list[Cast]:
    chance = random.Random(0)
    listed = select(Track.number, Track.id).where(Track.listed.is_(True)).order_by(Track.random_key)
    tracks = session.execute(listed.limit(MOST_TRACKS)).all()
    if len(tracks) * voters < count:
        raise TooFewTracks(f"This takes {-(-count // voters)} public tracks: add some with `soundbox seed`.")
    enrolled = Voter.enrol(session, voters)
    pairs = chance.sample(range(len(tracks) * voters), count)
    return [Cast(enrolled[pair % voters], *tracks[pair // voters], chance.choice((1, 1, 1, -1))) for pair in pairs]


def _recount(session: Session, acknowledged: list[Cast], before: Counters, after: Counters) -> Recount:
    people = {cast.voter.user_id for cast in acknowledged}
    rows = session.execute(select(Vote.user_id, Vote.track_number, Vote.vote).where(Vote.user_id.in_(people)))
    found = {(user_id, number): vote for user_id, number, vote in rows}
    lost = sum(found.get((cast.voter.user_id, cast.track_number)) != cast.vote for cast in acknowledged)
    counted = Counter((number, vote) for (_, number), vote in found.items())
    wrong = sum(after.sides[side] - before.sides[side] != counted[side] for side in after.sides)
    return Recount(lost, wrong, len(found), after.tally - before.tally)
