"""The queue against a model of it in plain Python, under whatever comes in whatever order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.jobs import admission
from soundbox.jobs.admission import HourlyLimit, QueueFull, TooManyWaiting, Wish
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.claims import MOST_ATTEMPTS, Claim
from soundbox.jobs.models import Dispatch, Job
from soundbox.jobs.rescue import MOST_DEATHS, return_jobs_of
from soundbox.jobs.scheduler import SKIP, Waiting, order, turn_for

ROOM = {"audio": 1, "music": 1}
QUEUE_ROOM = 8


@dataclass
class Known:
    """What the model believes of a job."""

    row: Waiting
    own_turn: int
    person: str
    status: str = "queued"
    attempts: int = 0
    deaths: int = 0
    alone: bool = False


class QueueMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        with db.write() as session:
            session.execute(delete(Job))
            session.execute(delete(Dispatch))
            self.people = {user.name: user for user in session.scalars(select(User))}
        self.jobs: dict[str, Known] = {}
        self.held: dict[str, Claim] = {}
        self.stale: list[Claim] = []
        self.since_longest = 0
        self.payments = 0

    @initialize()
    def open_with_a_line(self) -> None:
        for model in ("audio", "audio", "music", "audio", "music"):
            self.enqueue("cleo", model)

    def waiting(self) -> list[Known]:
        return [job for job in self.jobs.values() if job.status == "queued"]

    def refusal(self, person: str) -> type[Exception] | None:
        mine = [job for job in self.jobs.values() if job.person == person]
        limits = self.people[person].limits
        if len(self.waiting()) >= QUEUE_ROOM:
            return QueueFull
        if limits.waiting_jobs is not None and sum(j.status == "queued" for j in mine) >= limits.waiting_jobs:
            return TooManyWaiting
        return HourlyLimit if limits.jobs_an_hour is not None and len(mine) >= limits.jobs_an_hour else None

    @rule(person=st.sampled_from(["ada", "ben", "cleo"]), model=st.sampled_from(["audio", "music"]))
    def enqueue(self, person: str, model: str) -> None:
        expected, refused = self.refusal(person), None
        try:
            with db.write() as session:
                job = admission.enqueue(session, self.people[person], Wish(model, "rain", 1.0), room=QUEUE_ROOM)[0]
        except (QueueFull, TooManyWaiting, HourlyLimit) as error:
            refused = type(error)
        assert refused == expected
        if refused is None:
            self._know(job, person)

    def _know(self, job: Job, person: str) -> None:
        own = [known.own_turn for known in self.jobs.values() if known.person == person and unfinished(known)]
        head_start_ms = self.people[person].limits.head_start_ms
        assert job.turn == turn_for(job.enqueued_ms, head_start_ms, max(own, default=None), 1.0)
        self.jobs[job.id] = Known(job.as_waiting(), job.turn, person)

    @rule(loaded=st.sampled_from([(), ("music",), ("audio", "music")]))
    def claim(self, loaded: tuple[str, ...]) -> None:
        rows = [job.row for job in self.waiting()]
        expected = order(rows, self.since_longest, loaded, now_ms=max((row.enqueued_ms for row in rows), default=0))
        with db.money() as session:
            taken = Claim.take(session, "w1", ROOM, loaded, busy=bool(self.held))
        if not expected or (self.jobs[expected[0].job.id].alone and self.held):
            assert taken is None
            return
        assert taken is not None
        assert taken.id == expected[0].job.id
        self.jobs[taken.id].status = "processing"
        self.held[taken.id] = taken
        self.since_longest = expected[0].since_longest
        for passed in expected[0].overtakes:
            known = self.jobs[passed]
            known.row = replace(known.row, overtaken=known.row.overtaken + 1)

    @rule(which=st.integers(0, 9), verb=st.sampled_from(["finish", "fail", "retry", "give_back"]))
    def end(self, which: int, verb: str) -> None:
        if not self.held:
            return
        claim = list(self.held.values())[which % len(self.held)]
        assert act(claim, verb)
        known = self.jobs[claim.id]
        if verb in ("fail", "retry"):
            known.attempts += 1
        again = verb == "give_back" or (verb == "retry" and known.attempts < MOST_ATTEMPTS)
        known.alone = known.alone or (verb == "retry" and again)
        known.status = "queued" if again else "completed" if verb == "finish" else "failed"
        self._lose(claim)

    def _lose(self, claim: Claim) -> None:
        self.stale.append(self.held.pop(claim.id))

    @rule(which=st.integers(0, 99), verb=st.sampled_from(["finish", "fail", "retry", "give_back"]))
    def come_too_late(self, which: int, verb: str) -> None:
        if self.stale:
            assert not act(self.stale[which % len(self.stale)], verb)

    @rule(which=st.integers(0, 9))
    def freeze(self, which: int) -> None:
        """A worker loses its job to another and wakes up while that one runs it."""
        if not self.held:
            return
        frozen = list(self.held.values())[which % len(self.held)]
        self.end(which, "give_back")
        self.claim(())
        for verb in ("finish", "fail", "retry", "give_back"):
            assert not act(frozen, verb)

    @rule(which=st.integers(0, 9))
    def cancel(self, which: int) -> None:
        alive = [job for job in self.jobs.values() if unfinished(job)]
        if not alive:
            return
        known = alive[which % len(alive)]
        with db.money() as session:
            assert cancel(session, session.get_one(Job, known.row.id), by_owner=True)
        known.status = "cancelled"
        if known.row.id in self.held:
            self._lose(self.held[known.row.id])

    @rule(which=st.integers(0, 9))
    def pay(self, which: int) -> None:
        ordinary = [job for job in self.waiting() if not job.row.skipped]
        if not ordinary:
            return
        known = ordinary[which % len(ordinary)]
        self.payments += 1
        known.row = replace(known.row, band=SKIP, turn=self.payments)
        with db.write() as session:
            moved = update(Job).where(Job.id == known.row.id)
            session.execute(moved.values(band=SKIP, turn=self.payments))

    @rule(supervisor_survived=st.booleans())
    def die(self, supervisor_survived: bool) -> None:
        with db.money() as session:
            put_back = return_jobs_of(session, "w1", supervisor_survived=supervisor_survived)
        assert set(put_back) == set(self.held)
        for claim in list(self.held.values()):
            known = self.jobs[claim.id]
            known.deaths += known.alone and supervisor_survived
            known.alone = True
            known.status = "queued" if known.deaths < MOST_DEATHS else "failed"
            self._lose(claim)

    @invariant()
    def the_table_says_the_same(self) -> None:
        columns = (Job.id, Job.status, Job.attempts, Job.deaths, Job.alone, Job.overtaken)
        with db.read() as session:
            rows = {row[0]: tuple(row[1:]) for row in session.execute(select(*columns))}
        for job_id, known in self.jobs.items():
            alone = rows[job_id][3] if known.status == "failed" else known.alone
            assert rows[job_id] == (known.status, known.attempts, known.deaths, alone, known.row.overtaken)


def unfinished(known: Known) -> bool:
    return known.status in ("queued", "processing")


def act(claim: Claim, verb: str) -> bool:
    with db.money() as session:
        match verb:
            case "finish":
                return claim.finish(session, engine="test", took_ms=1)
            case "fail":
                return claim.fail(session, "it broke")
            case "retry":
                return claim.fail(session, "it broke", retry=True)
            case _:
                return claim.give_back(session)


def test_the_queue_behaves_like_its_model(people):
    few_but_long = settings(
        max_examples=40,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # shrinking a failure through a real database takes minutes
    )
    run_state_machine_as_test(QueueMachine, settings=few_but_long)
