"""The queue as people see it: positions, reasons and times, all from the scheduler's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.config import Config

from .estimates import UNKNOWN, Eta, Pace, Work, eta, measured_pace
from .models import Dispatch, Job, is_unfinished
from .outlook import Others, at_most, explain
from .scheduler import Start, Waiting, order
from .workers import WorkerState, loaded_models, worker_state


@dataclass(frozen=True)
class Line:
    """A snapshot of what runs and what waits, in the order of starts."""

    running: list[Job]
    waiting: list[Job]
    starts: list[Start]
    rows: list[Waiting]
    since_longest: int
    loaded: Sequence[str]
    paces: dict[str, Pace]
    others: Others
    worker: WorkerState

    @classmethod
    def read(cls, session: Session, config: Config) -> Line:
        running, waiting = Job.running(session), Job.waiting(session)
        by_id = {job.id: job for job in waiting}
        rows = [job.as_waiting() for job in waiting]
        since_longest, loaded = Dispatch.starts_since_longest(session), loaded_models(session)
        starts = order(rows, since_longest, loaded, now_ms())
        return cls(
            running=running,
            waiting=[by_id[start.job.id] for start in starts],
            starts=starts,
            rows=rows,
            since_longest=since_longest,
            loaded=loaded,
            paces={model: measured_pace(session, model) for model in {job.model for job in (*running, *waiting)}},
            others=_others(config),
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
        return at_most(job.as_waiting(), self.rows, self.since_longest, self.loaded, self.others)

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


def _others(config: Config) -> Others:
    if config.is_open:
        return Others.nobody
    return Others.higher_tiers_first if config.queue_strict else Others.anybody
