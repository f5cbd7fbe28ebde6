"""Into the queue: the caps are checked inside the transaction that inserts, so no crowd can slip past them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.accounts.tiers import TIERS, Tier
from soundbox.clock import now_ms
from soundbox.jobs.estimates import Pace, measured_pace, seconds_to_make
from soundbox.jobs.halting import Halt
from soundbox.jobs.models import Dispatch, Job, State, is_queued, is_unfinished
from soundbox.jobs.scheduler import band_for, turn_for
from soundbox.tracks.storage import used_bytes

HOUR_MS = 3_600_000
RETRY_SECONDS = 30
CLOSED_SECONDS = 600
SEEDS = 2**32
BYTES_A_SECOND = 200_000  # of sound, at most: two channels of 16 bits at 48 kHz, and the pictures of it


class Refused(Exception):
    """The queue does not take this now; the message is shown. `retry_after`: seconds, None where waiting is no help."""

    status = 429
    advice: str | None = None

    def __init__(self, message: str, retry_after: int | None = RETRY_SECONDS) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QueueFull(Refused):
    """As many jobs wait as may wait in all."""

    status = 503


class QueueClosed(QueueFull):
    """Those who run the site let nothing in for now."""

    advice = "What waits already is still made."


class StorageFull(Refused):
    """What this person keeps, with what is being made for them, takes as much as the tier allows."""

    status = 400
    advice = "Delete what you no longer need: Mine, then Storage, shows what takes the most."


class TooManyWaiting(Refused):
    """This person already has as many waiting as the tier allows."""


class HourlyLimit(Refused):
    """This person has asked for as many in the last hour as the tier allows."""


@dataclass(frozen=True)
class Wish:
    """What somebody asked for, checked already. `seed` None: chosen here. `address`: of guests only."""

    model: str
    prompt: str
    seconds: float
    title: str = ""
    visibility: str = "public"
    loop: bool = False
    seed: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    strict: bool = False
    parent_id: str | None = None
    relation: str | None = None
    parent_recipe: Mapping[str, Any] | None = None  # what the engine goes on from
    engine_relation: str | None = None  # ... and how
    address: str | None = None
    tier: str | None = None  # in place of the person's own
    limits: Tier | None = None  # the same: an admin's token may have less than its person


def enqueue(
    session: Session, user: User, wish: Wish, *, takes: int = 1, room: int = 100, strict_tiers: bool = False
) -> list[Job]:
    """Add one job per take, all or none; the caller commits. Raises `Refused`."""
    dispatch = Dispatch.held(session)
    waiting, latest_ms = session.execute(
        select(func.count(), func.max(Job.enqueued_ms)).select_from(Job).where(is_queued())
    ).one()
    if waiting + takes > room:
        raise QueueFull("Queue is full")
    if dispatch.halt == Halt.draining:
        raise QueueClosed(f"Queue is closed for now. {dispatch.halt_why}".strip(), retry_after=CLOSED_SECONDS)
    moment_ms = now_ms()
    address = wish.address if user.kind == Kind.guest else None
    limits = wish.limits or user.limits
    _check_limits(session, user, limits, address, takes, moment_ms)
    _check_storage(session, user, limits, takes * wish.seconds)
    pace = measured_pace(session, wish.model)
    takes_id = secrets.token_hex(16) if takes > 1 else None
    jobs = []
    for take in range(takes):
        job = _job(user, wish, take, takes_id, pace)
        job.address, job.created_ms = address, moment_ms
        job.enqueued_ms = max(moment_ms, latest_ms or 0)
        place(session, job, user, dispatch, strict_tiers)
        session.add(job)
        session.flush()
        jobs.append(job)
    return jobs


def _check_limits(session: Session, user: User, limits: Tier, address: str | None, takes: int, moment_ms: int) -> None:
    whose: list[ColumnElement[bool]] = [Job.user_id == user.id]
    if address is not None:
        whose.append(Job.address == address)
    for mine in whose:
        _check_waiting(session, mine, limits, takes)
        _check_hour(session, mine, limits, takes, moment_ms)


def _check_waiting(session: Session, mine: ColumnElement[bool], limits: Tier, takes: int) -> None:
    if limits.waiting_jobs is None:
        return
    waiting = session.scalar(select(func.count()).select_from(Job).where(mine, is_queued())) or 0
    if waiting + takes > limits.waiting_jobs:
        raise TooManyWaiting(
            f"Rate limit exceeded: {limits.name} may have {limits.waiting_jobs} jobs waiting, and has {waiting}"
        )


def _check_hour(session: Session, mine: ColumnElement[bool], limits: Tier, takes: int, moment_ms: int) -> None:
    """The budget is a window that slides: a place comes free an hour after the job that took it."""
    if limits.jobs_an_hour is None:
        return
    recent = select(Job.created_ms).where(mine, Job.created_ms > moment_ms - HOUR_MS)
    made = session.scalars(recent.order_by(Job.created_ms.desc()).limit(limits.jobs_an_hour)).all()
    if len(made) + takes <= limits.jobs_an_hour:
        return
    in_the_way = made[limits.jobs_an_hour - takes :][:1] or [moment_ms]
    wait_seconds = min(max(1, -(-(in_the_way[0] + HOUR_MS - moment_ms) // 1000)), HOUR_MS // 1000)
    raise HourlyLimit(f"Rate limit exceeded: {limits.name} may ask for {limits.jobs_an_hour} an hour", wait_seconds)


def _check_storage(session: Session, user: User, limits: Tier, seconds: float) -> None:
    """What is on its way counts by its length, so a crowd of requests finds no more room than one."""
    most = limits.storage_bytes
    if most is None:
        return
    unfinished = select(func.coalesce(func.sum(Job.seconds), 0.0)).where(Job.user_id == user.id, is_unfinished())
    coming = (session.scalar(unfinished) or 0.0) + seconds
    used = used_bytes(session, user.id)
    if used + coming * BYTES_A_SECOND > most:
        kept = f"{limits.name} keeps {limits.storage_gb} GB, and yours take {used / 1e9:.2f} GB"
        raise StorageFull(f"Storage exceeds your tier limit: {kept}", retry_after=None)


def _job(user: User, wish: Wish, take: int, takes_id: str | None, pace: Pace) -> Job:
    seed = secrets.randbelow(SEEDS) if wish.seed is None else (wish.seed + take) % SEEDS
    return Job(
        user_id=user.id,
        status=State.queued,
        tier=wish.tier or (wish.limits or user.limits).name,
        model=wish.model,
        prompt=wish.prompt,
        title=wish.title,
        visibility=wish.visibility,
        seconds=wish.seconds,
        loop=wish.loop,
        seed=seed,
        seed_named=wish.seed is not None,
        parameters=dict(wish.parameters),
        strict=wish.strict,
        parent_id=wish.parent_id,
        relation=wish.relation,
        parent_recipe=wish.parent_recipe,
        engine_relation=wish.engine_relation,
        takes_id=takes_id,
        estimated_seconds=pace.p50 * seconds_to_make(wish.seconds, wish.engine_relation, wish.parent_recipe),
    )


def place(session: Session, job: Job, user: User, dispatch: Dispatch, strict_tiers: bool) -> None:
    """Give it its place in the line: its band, its turn and its number."""
    own = session.execute(
        select(Job.own_turn, Job.estimated_seconds)
        .where(Job.user_id == user.id, is_unfinished())
        .order_by(Job.own_turn.desc())
        .limit(1)
    ).first()
    last_turn, last_seconds = own if own is not None else (None, 0.0)
    dispatch.arrivals += 1
    job.seq = dispatch.arrivals
    job.band = band_for(list(TIERS).index(job.tier), strict_tiers)
    head_start_ms = TIERS[job.tier].head_start_ms
    job.own_turn = job.turn = turn_for(job.enqueued_ms, head_start_ms, last_turn, last_seconds)
