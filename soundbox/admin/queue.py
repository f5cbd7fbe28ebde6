"""The queue as those who run it see it: who waits for what, and what failed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.jobs.models import Job, State

DAY_MS = 86_400_000
FAILED_SHOWN = 20


@dataclass(frozen=True)
class Failures:
    """Of the last day, the latest first."""

    latest: Sequence[Job]
    total: int

    @classmethod
    def read(cls, session: Session) -> Failures:
        failed = Job.status == literal(State.failed.value, literal_execute=True)
        lately = failed & (Job.finished_ms > now_ms() - DAY_MS)
        latest = session.scalars(select(Job).where(lately).order_by(Job.finished_ms.desc()).limit(FAILED_SHOWN))
        return cls(latest.all(), session.scalar(select(func.count()).select_from(Job).where(lately)) or 0)
