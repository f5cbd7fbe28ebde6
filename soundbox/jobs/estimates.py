"""How long things take, from what was measured here: the last finished jobs of each model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import Recipe, Relation
from soundbox.jobs.models import Job, State

MEASURED_JOBS = 50
ENOUGH_JOBS = 5  # fewer say little about the spread
DEMAND_MS = 3_600_000  # how far back it is asked who comes with a head start
# Turns that are spaced, and the starts that go by waiting, hold back the rest. `soundbox bench fairness` shows it.
OVERTAKING_SHARE = 0.6
ROUNDS = 12


@dataclass(frozen=True)
class Pace:
    """Seconds of work for one second of sound: the median, and what nine of ten stay under."""

    p50: float
    p90: float
    measured: int = 0  # jobs it comes from


UNKNOWN = Pace(1.0, 4.0)  # nothing measured yet: real time, and a wide margin


@dataclass(frozen=True)
class Eta:
    """Seconds until it is finished."""

    p50: float
    p90: float


@dataclass(frozen=True)
class Work:
    """Sound that has to be made: `share_left` is 1 before it starts."""

    model: str
    seconds: float
    share_left: float = 1.0

    @classmethod
    def of(cls, job: Job) -> Self:
        seconds = seconds_to_make(job.seconds, job.engine_relation, job.parent_recipe)
        return cls(job.model, seconds, 1 - job.progress_pct / 100)


def seconds_to_make(seconds: float, relation: str | None, parent: Mapping[str, Any] | None) -> float:
    """Seconds of sound that an engine works on for a job of `seconds`: with what it extends, where it does."""
    if relation != "extend" or parent is None:
        return seconds
    extended = Recipe("", seconds, 0, relation=cast(Relation, relation), parent=recipes.recipe_of(parent))
    return recipes.seconds_to_make(extended)


def measured_pace(session: Session, model: str) -> Pace:
    completed = Job.status == literal(State.completed.value, literal_execute=True)
    latest = (
        select(Job.took_ms, Job.seconds, Job.engine_relation, Job.parent_recipe)
        .where(completed, Job.model == model)
        .order_by(Job.finished_ms.desc())
        .limit(MEASURED_JOBS)
    )
    return pace_from([took_ms / 1000 / seconds_to_make(*work) for took_ms, *work in session.execute(latest) if took_ms])


def pace_from(ratios: Sequence[float]) -> Pace:
    if not ratios:
        return UNKNOWN
    ordered = sorted(ratios)
    p50, p90 = _quantile(ordered, 0.5), _quantile(ordered, 0.9)
    return Pace(p50, p90 if len(ordered) >= ENOUGH_JOBS else max(p90, 2 * p50), len(ordered))


def eta(work: Iterable[Work], paces: Mapping[str, Pace], slots: int = 1) -> Eta:
    """When the last of `work` is done, if `slots` run at a time. Surprises are taken as independent of each other."""
    middle = spread = 0.0
    for item in work:
        pace = paces.get(item.model, UNKNOWN)
        seconds = item.seconds * item.share_left
        middle += pace.p50 * seconds
        spread += ((pace.p90 - pace.p50) * seconds) ** 2
    return Eta(middle / slots, (middle + math.sqrt(spread)) / slots)


def recent_demand(session: Session, moment_ms: int) -> dict[str, float]:
    """Seconds of work asked for in each second of the last hour, by tier."""
    asked = (
        select(Job.tier, func.sum(Job.estimated_seconds))
        .where(Job.created_ms > moment_ms - DEMAND_MS, Job.created_ms <= moment_ms)
        .group_by(Job.tier)
    )
    return {tier: seconds * 1000 / DEMAND_MS for tier, seconds in session.execute(asked)}


def overtaking(wait_seconds: float, turn: int, now_ms: int, demand: Mapping[int, float]) -> Eta:
    """What a wait grows by, because people with a head start come meanwhile, as they did in the last hour.

    `demand`: seconds of work that come in each second, by head start in ms. Who comes later than `turn` and their head
    start goes behind, so each head start counts only until then; and no longer than the wait itself.
    """
    open_seconds = {head_start: max(0.0, (turn + head_start - now_ms) / 1000) for head_start in demand}
    extra = 0.0
    for _ in range(ROUNDS):  # what comes makes the wait longer, and then more can come
        extra = sum(rate * min(wait_seconds + extra, open_seconds[start]) for start, rate in demand.items())
        extra *= OVERTAKING_SHARE
    return Eta(extra, extra / OVERTAKING_SHARE)


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
