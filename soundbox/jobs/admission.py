"""Into the queue: the caps are checked inside the transaction that inserts, so no crowd can slip past them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.accounts.tiers import TIERS, Tier
from soundbox.clock import in_words, now_ms
from soundbox.jobs.allowance import Allowance, Asker
from soundbox.jobs.estimates import Pace, measured_pace, seconds_to_make
from soundbox.jobs.halting import Halt
from soundbox.jobs.keeping import kept_by
from soundbox.jobs.models import Dispatch, Job, State, is_queued, is_unfinished
from soundbox.jobs.scheduler import band_for, turn_for

RETRY_SECONDS = 30
CLOSED_SECONDS = 600
SEEDS = 2**32
LONGEST_TITLE = 120  # characters, as long as it may be edited to
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

    advice = "There is room again as soon as one of them is made or cancelled."


class HourlyLimit(Refused):
    """This person has asked for as many in the last hour as the tier allows."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message, retry_after)
        self.advice = f"There is room again in {in_words(retry_after)}."


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
    preset: str | None = None
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
    address = wish.address if user.kind == Kind.guest else None
    asker = Asker(user.id, address, wish.limits or user.limits)
    jobs = admit(session, asker, wish, dispatch, takes=takes, room=room, strict_tiers=strict_tiers)
    dispatch.arrivals += takes
    session.add_all(jobs)
    session.flush()
    return jobs


def admit(
    session: Session,
    asker: Asker,
    wish: Wish,
    dispatch: Dispatch,
    *,
    takes: int = 1,
    room: int = 100,
    strict_tiers: bool = False,
) -> list[Job]:
    """The jobs that would be added now, in their places. Changes nothing. Raises `Refused`."""
    waiting, latest_ms = session.execute(
        select(func.count(), func.max(Job.enqueued_ms)).select_from(Job).where(is_queued())
    ).one()
    if waiting + takes > room:
        raise QueueFull("Queue is full")
    if dispatch.halt == Halt.draining:
        raise QueueClosed(f"Queue is closed for now. {dispatch.halt_why}".strip(), retry_after=CLOSED_SECONDS)
    moment_ms = now_ms()
    _check_limits(session, asker, takes, moment_ms)
    _check_storage(session, asker, takes * wish.seconds)
    pace = measured_pace(session, wish.model)
    takes_id = secrets.token_hex(16) if takes > 1 else None
    before = _last_unfinished(session, asker.user_id)
    jobs = []
    for take in range(takes):
        job = _job(asker, wish, take, takes_id, pace)
        job.created_ms, job.enqueued_ms = moment_ms, max(moment_ms, latest_ms or 0)
        _stand(job, dispatch.arrivals + take + 1, before, strict_tiers)
        before = job.turn, job.estimated_seconds
        jobs.append(job)
    return jobs


def _check_limits(session: Session, asker: Asker, takes: int, moment_ms: int) -> None:
    limits = asker.limits
    for used in Allowance.all_of(session, asker, moment_ms):
        if limits.waiting_jobs is not None and used.waiting + takes > limits.waiting_jobs:
            may = f"{limits.name} may have {limits.waiting_jobs} jobs waiting, and has {used.waiting}"
            raise TooManyWaiting(f"Rate limit exceeded: {may}")
        if wait_seconds := used.place_in(takes):
            raise HourlyLimit(
                f"Rate limit exceeded: {limits.name} may ask for {limits.jobs_an_hour} an hour", wait_seconds
            )


def _check_storage(session: Session, asker: Asker, seconds: float) -> None:
    """What is on its way counts by its length, so a crowd of requests finds no more room than one."""
    limits, most = asker.limits, asker.limits.storage_bytes
    if most is None:
        return
    for used in kept_by(session, asker):
        if used.kept_bytes + (used.coming_seconds + seconds) * BYTES_A_SECOND > most:
            kept = f"{limits.name} keeps {limits.storage_gb} GB, and {used.whose} take {used.kept_bytes / 1e9:.2f} GB"
            raise StorageFull(f"Storage exceeds your tier limit: {kept}", retry_after=None)


def _job(asker: Asker, wish: Wish, take: int, takes_id: str | None, pace: Pace) -> Job:
    seed = secrets.randbelow(SEEDS) if wish.seed is None else (wish.seed + take) % SEEDS
    return Job(
        id=secrets.token_hex(16),
        user_id=asker.user_id,
        address=asker.address,
        status=State.queued,
        progress_pct=0,
        overtaken=0,
        aura=0,
        tier=wish.tier or asker.limits.name,
        model=wish.model,
        prompt=wish.prompt,
        title=_title(wish.title, take, takes_id),
        visibility=wish.visibility,
        seconds=wish.seconds,
        loop=wish.loop,
        seed=seed,
        seed_named=wish.seed is not None,
        preset=wish.preset,
        parameters=dict(wish.parameters),
        strict=wish.strict,
        parent_id=wish.parent_id,
        relation=wish.relation,
        parent_recipe=wish.parent_recipe,
        engine_relation=wish.engine_relation,
        takes_id=takes_id,
        take=take + 1 if takes_id else 0,
        estimated_seconds=pace.p50 * seconds_to_make(wish.seconds, wish.engine_relation, wish.parent_recipe),
    )


def _title(title: str, take: int, takes_id: str | None) -> str:
    """Takes with a title are told apart, too, and stay so short that they can be edited."""
    number = f" (take {take + 1})"
    return f"{title[: LONGEST_TITLE - len(number)]}{number}" if title and takes_id else title


def place(session: Session, job: Job, user: User, dispatch: Dispatch, strict_tiers: bool) -> None:
    """Give it its place in the line: its band, its turn and its number."""
    dispatch.arrivals += 1
    _stand(job, dispatch.arrivals, _last_unfinished(session, user.id), strict_tiers)


def _stand(job: Job, number: int, before: tuple[int | None, float], strict_tiers: bool) -> None:
    """`before`: the turn of the same person's last unfinished job, and the seconds that it takes."""
    job.seq = number
    job.band = band_for(list(TIERS).index(job.tier), strict_tiers)
    job.own_turn = job.turn = turn_for(job.enqueued_ms, TIERS[job.tier].head_start_ms, *before)


def _last_unfinished(session: Session, user_id: int | None) -> tuple[int | None, float]:
    own = session.execute(
        select(Job.own_turn, Job.estimated_seconds)
        .where(Job.user_id == user_id, is_unfinished())
        .order_by(Job.own_turn.desc())
        .limit(1)
    ).first()
    return (own.own_turn, own.estimated_seconds) if own is not None else (None, 0.0)
