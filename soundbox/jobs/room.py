"""Sounds that nobody asked for: an idle worker makes them for a station, "for the room", and people always go first.

Such a job never waits. It begins as it is written, and as soon as somebody waits it is gone, as if it had never been:
so it stands before nobody and counts in nobody's time. What came to an end, well or badly, counts for a day.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.engines.protocol import ModelInfo
from soundbox.extensions import Database
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import LISTED

from .claims import Claim
from .estimates import measured_pace
from .models import Dispatch, Job, State, is_processing, is_queued
from .scheduler import ORDINARY

DAY_MS = 86_400_000
LOOK_SECONDS = 5.0  # an idle worker thinks of something to make so often
SEEDS = 2**32
TIER = "free"  # without a head start, so it is no demand that anybody's time grows by


@dataclass(frozen=True)
class Idea:
    """A sound for a station. `heard_id`: the track whose words these are; None: the station's own."""

    made_for: str  # its name
    model: str
    prompt: str
    seconds: float
    loop: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    heard_id: str | None = None


Ideas = Callable[[Session, Mapping[str, ModelInfo]], Idea | None]  # for one of these models


class ForTheRoom:
    """What a worker makes by itself: at most so many a day, whichever workers there are."""

    def __init__(
        self,
        database: Database,
        ideas: Ideas,
        most_a_day: int,
        worker_id: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._ideas = ideas
        self._most = most_a_day
        self._worker_id = worker_id
        self._clock = clock
        self._look_at = clock()

    def begin(self, models: Mapping[str, ModelInfo], served: Collection[str]) -> Claim | None:
        """A sound of one of `models`, while nobody waits for any that are `served`."""
        if not models or self._clock() < self._look_at:
            return None
        self._look_at = self._clock() + LOOK_SECONDS
        with self._database.read() as session:
            idea = self._ideas(session, models) if made_lately(session) < self._most else None
        if idea is None:
            return None
        with self._database.write() as session:
            return _begin(session, self._worker_id, idea, served, self._most)


def _begin(session: Session, worker_id: str, idea: Idea, served: Collection[str], most: int) -> Claim | None:
    """Whoever enqueues holds the same row, so nobody who came before this is overlooked."""
    dispatch = Dispatch.held(session)
    waits = session.scalar(select(Job.id).where(is_queued(), Job.model.in_(served)).limit(1))
    if dispatch.halt or waits is not None or made_lately(session) >= most or not _may_be_said(session, idea):
        return None
    moment_ms = now_ms()
    job = Job(
        id=secrets.token_hex(16),
        user_id=User.house(session).id,
        made_for=idea.made_for,
        status=State.processing,
        worker_id=worker_id,
        lease_gen=1,
        lease_beat=1,
        created_ms=moment_ms,
        enqueued_ms=moment_ms,
        started_ms=moment_ms,
        tier=TIER,
        band=ORDINARY,
        turn=moment_ms,
        own_turn=moment_ms,
        seq=0,
        model=idea.model,
        prompt=idea.prompt,
        title="",
        visibility="public",
        seconds=idea.seconds,
        loop=idea.loop,
        seed=secrets.randbelow(SEEDS),
        parameters=dict(idea.parameters),
        estimated_seconds=measured_pace(session, idea.model).p50 * idea.seconds,
    )
    session.add(job)
    session.flush()
    return Claim(job, job.lease_gen)


def _may_be_said(session: Session, idea: Idea) -> bool:
    """Its words were taken from a track that everybody can see: still?"""
    if idea.heard_id is None:
        return True
    return session.scalar(select(Track.number).where(LISTED, Track.id == idea.heard_id)) is not None


def made_lately(session: Session) -> int:
    """In the last 24 hours: those that run, that were published and that failed."""
    lately = select(func.count()).select_from(Job).where(Job.made_for.is_not(None), Job.created_ms > now_ms() - DAY_MS)
    return session.scalar(lately) or 0


@dataclass(frozen=True)
class RoomState:
    """What is told of it. `most` 0: it is switched off."""

    most: int
    made: int = 0
    now_for: str | None = None  # the station that one is made for right now

    @classmethod
    def read(cls, session: Session, most: int) -> Self:
        if not most:
            return cls(0)
        running = select(Job.made_for).where(is_processing(), Job.made_for.is_not(None)).limit(1)
        return cls(most, made_lately(session), session.scalar(running))

    @property
    def text(self) -> str:
        if not self.most:
            return "Sounds are made only when somebody asks for one."
        words = (
            "While nobody waits, sounds are made for the stations that have the fewest: "
            f"{self.made} of at most {self.most} in the last 24 hours."
        )
        return f"{words} One is being made for {self.now_for}." if self.now_for else words
