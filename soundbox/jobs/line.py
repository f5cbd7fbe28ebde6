"""The queue as people see it: positions, reasons and times, all from the scheduler's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.tiers import TIERS
from soundbox.clock import now_ms
from soundbox.config import Config

from .estimates import UNKNOWN, Eta, Pace, Work, eta, measured_pace
from .models import Dispatch, Job, is_unfinished
from .outlook import NOBODY, Arrivals, at_most, explain
from .scheduler import Start, Waiting, order
from .workers import WorkerState, loaded_models, worker_state

SHORTEST_START_MS = 1000


@dataclass(frozen=True)
class Line:
    """A snapshot of what runs and what waits, in the order of starts."""

    running: list[Job]
    waiting: list[Job]
    starts: list[Start]
    rows: list[Waiting]
    last_starts: tuple[int, ...]
    loaded: Sequence[str]
    paces: dict[str, Pace]
    moment_ms: int
    arrivals: Arrivals
    worker: WorkerState

    @classmethod
    def read(cls, session: Session, config: Config) -> Line:
        running, waiting = Job.running(session), Job.waiting(session)
        by_id = {job.id: job for job in waiting}
        rows = [job.as_waiting() for job in waiting]
        last_starts, loaded, moment_ms = Dispatch.last_starts(session), loaded_models(session), now_ms()
        starts = order(rows, last_starts, loaded, moment_ms)
        return cls(
            running=running,
            waiting=[by_id[start.job.id] for start in starts],
            starts=starts,
            rows=rows,
            last_starts=last_starts,
            loaded=loaded,
            paces={model: measured_pace(session, model) for model in {job.model for job in (*running, *waiting)}},
            moment_ms=moment_ms,
            arrivals=_arrivals(config),
            worker=worker_state(session),
        )

    @property
    def length(self) -> int:
        return len(self.running) + len(self.waiting)

    def position(self, job: Job) -> int:
        """1 = next to start; 0 = started, or ended."""
        return next((i for i, waiting in enumerate(self.waiting, 1) if waiting.id == job.id), 0)

    def why(self, job: Job, *, to_owner: bool = True) -> list[str]:
        return explain(job.id, self.starts, to_owner=to_owner)

    def start_in(self, job: Job) -> Eta:
        """Seconds until it starts."""
        return eta(self._work_before(job), self.paces)

    def finished_in(self, job: Job) -> Eta:
        """Seconds until it can be heard."""
        if self.position(job) == 0:
            return eta([Work.of(job)], self.paces)
        return eta([*self._work_before(job), Work.of(job)], self.paces)

    def at_most(self, job: Job) -> int | None:
        """Starts ahead, whoever comes; None where nothing can be promised."""
        return at_most(job.as_waiting(), self.rows, self.last_starts, self.loaded, self.moment_ms, self.arrivals)

    def wait_for(self, model: str) -> float:
        """Seconds until a job of this model that came now would start."""
        pace = self.paces.get(model, UNKNOWN)
        return round(eta(self._work_before(None), {**self.paces, model: pace}).p50, 1)

    def _work_before(self, job: Job | None) -> list[Work]:
        work = [Work.of(running) for running in self.running]
        for waiting in self.waiting:
            if job is not None and waiting.id == job.id:
                break
            work.append(Work.of(waiting))
        return work


def unfinished_count(session: Session, user_id: int) -> int:
    """How many of a person's jobs wait or run."""
    return session.scalar(select(func.count()).select_from(Job).where(Job.user_id == user_id, is_unfinished())) or 0


def _arrivals(config: Config) -> Arrivals:
    if config.is_open:
        return NOBODY
    largest_ms = max(tier.head_start_ms for tier in TIERS.values())
    return Arrivals(largest_ms, False, config.queue_limit, SHORTEST_START_MS, config.queue_strict)
