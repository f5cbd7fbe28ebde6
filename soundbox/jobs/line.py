"""The queue as people see it: positions, reasons and times, all from the scheduler's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from soundbox.accounts.tiers import TIERS
from soundbox.clock import now_ms
from soundbox.config import Config

from .estimates import UNKNOWN, Eta, Pace, Work, eta, measured_pace, overtaking, recent_demand
from .halting import Halted
from .models import Dispatch, Job, is_unfinished
from .outlook import Others, at_most, explain
from .scheduler import SKIP, Start, Waiting, order
from .skips import Skip
from .workers import WorkerState, loaded_models, worker_state


@dataclass(frozen=True)
class Skipped:
    """Where a skip would put a job."""

    position: int
    starts_in: Eta  # seconds
    passed: tuple[str, ...]  # ids of jobs that would start before it now, and then would not


@dataclass(frozen=True)
class Line:
    """A snapshot of what runs and what waits, in the order of starts."""

    running: list[Job]
    waiting: list[Job]
    starts: list[Start]
    rows: list[Waiting]
    since_longest: int
    loaded: Sequence[str]
    moment_ms: int
    paces: dict[str, Pace]
    demand: Mapping[int, float]  # of the last hour: seconds of work a second, by head start in ms
    others: Others
    worker: WorkerState  # or why nothing starts whatever it does
    halted: Halted
    skips: Mapping[str, Skip]  # of these jobs

    @classmethod
    def read(cls, session: Session, config: Config) -> Line:
        running, waiting = Job.running(session), Job.waiting(session)
        by_id = {job.id: job for job in waiting}
        rows = [job.as_waiting() for job in waiting]
        dispatch, loaded, moment_ms = Dispatch.seen(session), loaded_models(session), now_ms()
        since_longest, halted = dispatch.since_longest, Halted.of(dispatch)
        starts = order(rows, since_longest, loaded, moment_ms)
        return cls(
            running=running,
            waiting=[by_id[start.job.id] for start in starts],
            starts=starts,
            rows=rows,
            since_longest=since_longest,
            loaded=loaded,
            moment_ms=moment_ms,
            paces={model: measured_pace(session, model) for model in {job.model for job in (*running, *waiting)}},
            demand=_demand(session, config, moment_ms),
            others=_others(config),
            worker=halted.over(worker_state(session)),
            halted=halted,
            skips=Skip.of_all(session, (*running, *waiting)),
        )

    @property
    def length(self) -> int:
        return len(self.running) + len(self.waiting)

    @property
    def usual_seconds(self) -> float:
        """What one of the jobs that run or wait takes, on average."""
        work = [Work.of(job) for job in (*self.running, *self.waiting)]
        return sum(eta([each], self.paces).p50 for each in work) / max(1, len(work))

    def position(self, job: Job) -> int:
        """1 = next to start; 0 = started, or ended."""
        return next((i for i, waiting in enumerate(self.waiting, 1) if waiting.id == job.id), 0)

    def why(self, job: Job, *, to_owner: bool = True) -> list[str]:
        return explain(job.id, self.starts, to_owner=to_owner)

    def joined_by(self, session: Session, jobs: Sequence[Job]) -> Line:
        """The line as it would be with these at their places, too."""
        rows = [*self.rows, *(job.as_waiting() for job in jobs)]
        starts = order(rows, self.since_longest, self.loaded, self.moment_ms)
        by_id = {job.id: job for job in (*self.waiting, *jobs)}
        new = {job.model: measured_pace(session, job.model) for job in jobs if job.model not in self.paces}
        waiting = [by_id[start.job.id] for start in starts]
        return replace(self, rows=rows, starts=starts, waiting=waiting, paces={**self.paces, **new})

    def start_in(self, job: Job) -> Eta:
        """Seconds until it starts."""
        return self._with_overtaking(job, self._work_before(job))

    def finished_in(self, job: Job) -> Eta:
        """Seconds until it can be heard."""
        if self.position(job) == 0:
            return eta([Work.of(job)], self.paces)
        return self._with_overtaking(job, self._work_before(job), Work.of(job))

    def _with_overtaking(self, job: Job, before: list[Work], *own: Work) -> Eta:
        known = eta([*before, *own], self.paces)
        if job.band == SKIP:
            return known
        extra = overtaking(eta(before, self.paces).p50, job.turn, self.moment_ms, self.demand)
        return Eta(known.p50 + extra.p50, known.p90 + extra.p90)

    def at_most(self, job: Job) -> int | None:
        """Starts ahead, whoever comes; None where nothing can be promised."""
        return at_most(job.as_waiting(), self.rows, self.since_longest, self.loaded, self.others)

    def wait_for(self, model: str) -> float:
        """Seconds until a job of this model that came now would start."""
        pace = self.paces.get(model, UNKNOWN)
        return round(eta(self._work_before(None), {**self.paces, model: pace}).p50, 1)

    def if_skipped(self, job: Job) -> Skipped:
        """What a paid skip would change now, played through by the rules of the line."""
        others = [row for row in self.rows if row.id != job.id]
        after_those_who_paid = 1 + max((row.turn for row in others if row.skipped), default=0)
        row = replace(job.as_waiting(), band=SKIP, turn=after_those_who_paid)
        starts = order([row, *others], self.since_longest, self.loaded, self.moment_ms)
        by_id = {waiting.id: waiting for waiting in self.waiting}
        ahead = [by_id[start.job.id] for start in takewhile(lambda start: start.job.id != job.id, starts)]
        passed = {waiting.id for waiting in self._ahead_of(job)} - {waiting.id for waiting in ahead}
        return Skipped(len(ahead) + 1, eta(self._work_of(ahead), self.paces), tuple(sorted(passed)))

    def _work_before(self, job: Job | None) -> list[Work]:
        return self._work_of(self._ahead_of(job) if job is not None else self.waiting)

    def _work_of(self, waiting: list[Job]) -> list[Work]:
        """What runs now, and then these."""
        return [Work.of(each) for each in (*self.running, *waiting)]

    def _ahead_of(self, job: Job) -> list[Job]:
        return list(takewhile(lambda waiting: waiting.id != job.id, self.waiting))


def unfinished_count(session: Session, user_id: int) -> int:
    """How many of a person's jobs wait or run."""
    return session.scalar(select(func.count()).select_from(Job).where(Job.user_id == user_id, is_unfinished())) or 0


def _demand(session: Session, config: Config, moment_ms: int) -> dict[int, float]:
    """Where head starts count at all; those without one overtake nobody."""
    if _others(config) is not Others.anybody:
        return {}
    by_tier = recent_demand(session, moment_ms)
    return {TIERS[name].head_start_ms: rate for name, rate in by_tier.items() if TIERS[name].head_start_ms}


def _others(config: Config) -> Others:
    if config.is_open:
        return Others.nobody
    return Others.higher_tiers_first if config.queue_strict else Others.anybody
