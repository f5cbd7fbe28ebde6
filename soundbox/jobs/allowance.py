"""How much of their tier's limits somebody has used: what pages tell beforehand, and what admission refuses by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from soundbox.accounts.tiers import TIERS, Tier
from soundbox.jobs.models import Job, is_queued

HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Asker:
    """Whose jobs count: a person's (None before their first write), and of guests all from their address."""

    user_id: int | None
    address: str | None
    limits: Tier


@dataclass(frozen=True)
class Allowance:
    """`made`: when the jobs of the last hour were asked for (ms), newest first, no more than the tier allows."""

    limits: Tier
    waiting: int
    made: tuple[int, ...]
    moment_ms: int

    @classmethod
    def all_of(cls, session: Session, asker: Asker, moment_ms: int) -> list[Allowance]:
        """One for each way in which this person is counted."""
        whose: list[ColumnElement[bool]] = []
        if asker.user_id is not None:
            whose.append(Job.user_id == asker.user_id)
        if asker.address is not None:
            whose.append(Job.address == asker.address)
        return [cls._counted(session, each, asker.limits, moment_ms) for each in whose]

    @classmethod
    def of(cls, session: Session, asker: Asker, moment_ms: int) -> Allowance:
        """The one that ends first."""
        counted = cls.all_of(session, asker, moment_ms)
        return max(counted, key=lambda one: (len(one.made), one.waiting), default=cls(asker.limits, 0, (), moment_ms))

    @classmethod
    def _counted(cls, session: Session, mine: ColumnElement[bool], limits: Tier, moment_ms: int) -> Allowance:
        waiting: int | None = 0
        if limits.waiting_jobs is not None:
            waiting = session.scalar(select(func.count()).select_from(Job).where(mine, is_queued()))
        made: tuple[int, ...] = ()
        if limits.jobs_an_hour is not None:
            recent = select(Job.created_ms).where(mine, Job.created_ms > moment_ms - HOUR_MS)
            made = tuple(session.scalars(recent.order_by(Job.created_ms.desc()).limit(limits.jobs_an_hour)))
        return cls(limits, waiting or 0, made, moment_ms)

    @property
    def is_limited(self) -> bool:
        return self.limits.waiting_jobs is not None or self.limits.jobs_an_hour is not None

    @property
    def may_wait(self) -> int | None:
        """How many more may wait; None: any number."""
        return None if self.limits.waiting_jobs is None else max(0, self.limits.waiting_jobs - self.waiting)

    @property
    def may_ask(self) -> int | None:
        """How many more may be asked for this hour; None: any number."""
        return None if self.limits.jobs_an_hour is None else max(0, self.limits.jobs_an_hour - len(self.made))

    def place_in(self, takes: int = 1) -> int:
        """Seconds until so many may be asked for within the hour: 0 for now. More than the tier's hour holds: an hour.

        The window slides: a place comes free an hour after the job that took it.
        """
        if self.limits.jobs_an_hour is None or len(self.made) + takes <= self.limits.jobs_an_hour:
            return 0
        in_the_way = self.made[max(0, self.limits.jobs_an_hour - takes) :][:1] or (self.moment_ms,)
        return min(max(1, -(-(in_the_way[0] + HOUR_MS - self.moment_ms) // 1000)), HOUR_MS // 1000)

    @property
    def next_place_in(self) -> int | None:
        """Seconds until the oldest of the hour's places comes free again; None while all are free."""
        return max(1, -(-(self.made[-1] + HOUR_MS - self.moment_ms) // 1000)) if self.made else None

    @property
    def next_tier(self) -> Tier | None:
        """What one step up would give."""
        names = [name for name in TIERS if name != "admin"]
        place = names.index(self.limits.name) if self.limits.name in names else 0
        return TIERS[names[place - 1]] if place > 0 else None
