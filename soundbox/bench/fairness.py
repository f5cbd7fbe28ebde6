"""A day of the queue, played through by the rules that start real jobs: who waits how long, and is what was said true.

Nothing is made and no clock is waited for: the scheduler's own functions decide, with one device.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from soundbox.accounts.tiers import TIERS
from soundbox.jobs.estimates import MEASURED_JOBS, UNKNOWN, Pace, Work, eta, overtaking, pace_from
from soundbox.jobs.outlook import Others, at_most
from soundbox.jobs.scheduler import SKIP, Waiting, band_for, order, turn_for

from .demand import HOUR_MS, MODELS, Ask, day

ROOM = 100
NOTICEABLE_SECONDS = 60


@dataclass
class Told:
    """What somebody was told when they asked, and what came of it."""

    ask: Ask
    row: Waiting
    eta_seconds: float
    told_ms: int
    bound: int | None
    starts_before: int  # that there had been when they were told
    started_ms: int = 0
    ready_ms: int = 0
    overtaken_by: int = 0  # starts between
    skipped: bool = False

    @property
    def waited_seconds(self) -> float:
        return (self.started_ms - self.told_ms) / 1000

    @property
    def error(self) -> float:
        """Of the time shown, as a share of the time it took."""
        took = (self.ready_ms - self.told_ms) / 1000
        return abs(self.eta_seconds - took) / took


@dataclass
class Day:
    """The state of the queue at one moment, and all that has happened."""

    now_ms: int = 0
    seq: int = 0
    starts: int = 0
    since_longest: int = 0
    payments: int = 0
    refused: int = 0
    waiting: dict[str, Waiting] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    running: Told | None = None
    asked: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    ratios: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=MEASURED_JOBS)))

    def ask(self, ask: Ask) -> Told | None:
        """Into the line, unless the limits of the tier or of the queue refuse it."""
        tier, name = TIERS[ask.person.tier], ask.person.name
        mine = [row for row in self.waiting.values() if row.person == name]
        hour = self.asked[name]
        while hour and hour[0] <= ask.at_ms - HOUR_MS:
            hour.popleft()
        limits = ((self.waiting, ROOM), (mine, tier.waiting_jobs), (hour, tier.jobs_an_hour))
        if any(most is not None and len(counted) >= most for counted, most in limits):
            self.refused += 1
            return None
        hour.append(ask.at_ms)
        unfinished = [*mine, *([self.running.row] if self.running and self.running.row.person == name else [])]
        last = max(unfinished, key=lambda row: row.turn, default=None)
        estimated = last.seconds * self.pace(last.model).p50 if last else 0.0
        self.seq += 1
        row = Waiting(
            id=str(self.seq),
            band=band_for(0, strict=False),
            turn=turn_for(ask.at_ms, tier.head_start_ms, last.turn if last else None, estimated),
            seq=self.seq,
            model=ask.model,
            enqueued_ms=ask.at_ms,
            person=name,
            tier=tier.name,
            head_start_ms=tier.head_start_ms,
            seconds=ask.seconds,
        )
        self.waiting[row.id] = row
        told = Told(ask, row, self.eta_of(row), self.now_ms, self.bound_of(row), self.starts)
        self.told[row.id] = told
        return told

    def skip(self, told: Told) -> None:
        row = self.waiting.get(told.row.id)
        if row is None:
            return
        self.payments += 1
        told.row = self.waiting[row.id] = replace(row, band=SKIP, turn=self.payments)
        told.skipped, told.bound, told.starts_before = True, self.bound_of(told.row), self.starts
        told.eta_seconds, told.told_ms = self.eta_of(told.row), self.now_ms

    def start(self) -> Told | None:
        """The next one, by the rules."""
        for start in order(self.waiting.values(), self.since_longest, (), self.now_ms, limit=1):
            self.since_longest = start.since_longest
            told = self.told[start.job.id]
            del self.waiting[start.job.id]
            told.started_ms, told.overtaken_by = self.now_ms, self.starts - told.starts_before
            self.starts += 1
            told.ready_ms = self.now_ms + told.ask.makes_ms
            self.running = told
            return told
        return None

    def end(self, told: Told) -> None:
        self.ratios[told.ask.model].append(told.ask.makes_ms / 1000 / told.ask.seconds)
        self.running = None

    def pace(self, model: str) -> Pace:
        return pace_from(self.ratios[model]) if self.ratios[model] else UNKNOWN

    def bound_of(self, row: Waiting) -> int | None:
        return at_most(row, list(self.waiting.values()), self.since_longest, (), Others.anybody)

    def eta_of(self, row: Waiting) -> float:
        """Seconds until it can be heard, as the pages show them."""
        before = []
        if self.running is not None:
            done = (self.now_ms - self.running.started_ms) / self.running.ask.makes_ms
            before.append(Work(self.running.ask.model, self.running.ask.seconds, 1 - done))
        for start in order(self.waiting.values(), self.since_longest, (), self.now_ms):
            if start.job.id == row.id:
                break
            before.append(Work(start.job.model, start.job.seconds))
        paces = {model: self.pace(model) for model in MODELS}
        known = eta([*before, Work(row.model, row.seconds)], paces).p50
        if row.skipped:
            return known
        return known + overtaking(eta(before, paces).p50, row.turn, self.now_ms, self.demand()).p50

    def demand(self) -> dict[int, float]:
        """What came in the last hour with a head start: seconds of work a second, by head start in ms."""
        came: dict[int, float] = defaultdict(float)
        for told in reversed(self.told.values()):
            if told.ask.at_ms <= self.now_ms - HOUR_MS:
                break
            if told.row.head_start_ms:
                came[told.row.head_start_ms] += told.row.seconds * self.pace(told.row.model).p50 * 1000 / HOUR_MS
        return came


def simulate(asks: Sequence[Ask]) -> Day:
    """Until everything that was accepted has been made."""
    state = Day()
    events: list[tuple[int, int, str, object]] = [(ask.at_ms, i, "ask", ask) for i, ask in enumerate(asks)]
    heapq.heapify(events)
    number = len(events)
    while events:
        state.now_ms, _, what, who = heapq.heappop(events)
        if isinstance(who, Ask):
            told = state.ask(who)
            if told is not None and who.skips_after_ms is not None:
                number += 1
                heapq.heappush(events, (state.now_ms + who.skips_after_ms, number, "skip", told))
        elif isinstance(who, Told):
            state.skip(who) if what == "skip" else state.end(who)
        if state.running is None and (started := state.start()):
            number += 1
            heapq.heappush(events, (started.ready_ms, number, "end", started))
    return state


@dataclass(frozen=True)
class Waits:
    """Of one tier, or of those who paid: seconds until the start, and how wrong the time shown was (a share)."""

    name: str
    jobs: int
    p50: float
    p90: float
    longest: float
    error: float

    @classmethod
    def of(cls, name: str, told: Sequence[Told]) -> Waits:
        seconds = sorted(each.waited_seconds for each in told)
        error = median_error(told)
        return cls(name, len(told), share_of(seconds, 0.5), share_of(seconds, 0.9), share_of(seconds, 1.0), error)


@dataclass(frozen=True)
class Fairness:
    """What a day came to."""

    asked: int
    refused: int
    busy: float  # the share of the day in which something was made
    waits: list[Waits]
    shares: dict[str, tuple[int, float]]  # how many people of a kind, and the part of the work that one of them got
    violations: int  # jobs that more went before than was promised
    bound_used: float  # of the starts promised at most, the part that did go before; the median
    error: float  # of the time shown, the median
    error_of_waits: float  # the same of those who waited a minute or longer


def fairness(seed: int) -> Fairness:
    asks = day(seed)
    played = simulate(asks)
    told = list(played.told.values())
    unpaid = [each for each in told if not each.skipped]
    tiers = [name for name in TIERS if name != "admin"]
    waits = [Waits.of(name, [each for each in unpaid if each.row.tier == name]) for name in tiers]
    work: dict[str, float] = defaultdict(float)
    whole = sum(each.ask.makes_ms for each in told)
    people = {each.row.person for each in told}
    for each in told:
        work[_kind(each.row.person)] += each.ask.makes_ms / whole
    counts = {kind: sum(_kind(name) == kind for name in people) for kind in work}
    used = sorted(each.overtaken_by / each.bound for each in unpaid if each.bound)
    return Fairness(
        asked=len(asks),
        refused=played.refused,
        busy=whole / max(each.ready_ms for each in told),
        waits=[*waits, Waits.of("paid skips", [each for each in told if each.skipped])],
        shares={kind: (counts[kind], part / counts[kind]) for kind, part in work.items()},
        violations=sum(each.bound is not None and each.overtaken_by > each.bound for each in told),
        bound_used=share_of(used, 0.5),
        error=median_error(unpaid),
        error_of_waits=median_error([each for each in unpaid if each.waited_seconds >= NOTICEABLE_SECONDS]),
    )


def median_error(told: Sequence[Told]) -> float:
    return share_of(sorted(each.error for each in told), 0.5)


def share_of(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _kind(person: str) -> str:
    return person.rstrip("0123456789-")
