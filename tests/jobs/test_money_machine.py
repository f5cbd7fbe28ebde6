"""Ledger and queue together against a model of both in plain Python, under whatever comes in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from soundbox.accounts.models import User
from soundbox.accounts.replays import Replay
from soundbox.aura import ledger
from soundbox.aura.ledger import KeyConflict
from soundbox.aura.models import Account, Entry, Head
from soundbox.aura.pricing import skip_cost
from soundbox.extensions import Base, db, limiter
from soundbox.jobs.claims import MOST_ATTEMPTS, Claim
from soundbox.jobs.models import Dispatch, Job
from soundbox.jobs.rescue import MOST_DEATHS, return_jobs_of
from soundbox.jobs.skips import Skip
from tests.conftest import member
from tests.jobs.books import faults, purse_of

ROOM = {"audio": 1, "music": 1}
EMPTIED = [model.__table__ for model in (Skip, Entry, Head, Account)]
PEOPLE = ("ada", "ben")
PERSON, WHICH = st.sampled_from(PEOPLE), st.integers(0, 9)


@dataclass
class Known:
    """What the model believes of a job."""

    owner: str
    cost: int
    status: str = "queued"
    payer: str = ""  # of Aura that is held for it now
    skipped: bool = False
    passed: list[str] = field(default_factory=list)
    attempts: int = 0
    deaths: int = 0
    alone: bool = False

    @property
    def unfinished(self) -> bool:
        return self.status in ("queued", "processing")


class MoneyMachine(RuleBasedStateMachine):
    clients: dict[str, FlaskClient]  # of ada, ben and cleo, who is an admin

    def __init__(self) -> None:
        super().__init__()
        Base.metadata.drop_all(db.engine, EMPTIED)  # entries cannot be deleted
        Base.metadata.create_all(db.engine, EMPTIED)
        with db.write() as session:
            session.execute(delete(Job))
            session.execute(delete(Replay))
            session.execute(delete(Dispatch))
        self.balance = dict.fromkeys(PEOPLE, 0)
        self.debt = dict.fromkeys(PEOPLE, 0)
        self.bought: dict[int, tuple[str, int]] = {}
        self.taken: set[int] = set()
        self.answered: dict[tuple[str, str], tuple[str, dict]] = {}  # by person and key
        self.jobs: dict[str, Known] = {}
        self.running: dict[str, Claim] = {}

    @initialize()
    def open_with_a_story(self) -> None:
        """Every kind of movement once, so that whatever comes then meets more than an empty ledger."""
        self.buy("ada", 0, 12)
        for person in (*PEOPLE, *PEOPLE, "ada"):
            self.ask(person, 12)
        self.skip(2, "ada", "")
        self.make("finish")
        self.skip(4, "ada", "")
        self.cancel(4, "ada")
        self.take_back(0)
        self.buy("ada", 1, 12)
        with db.read() as session:
            moved = set(session.scalars(select(Entry.kind)))
        assert moved == {"purchase", "dispute", "repay", "hold", "capture", "release"}

    # Money from outside.

    @rule(person=PERSON, order=WHICH, amount=st.sampled_from([2, 12]))
    def buy(self, person: str, order: int, amount: int) -> None:
        known = self.bought.setdefault(order, (person, amount))
        if known != (person, amount):
            with pytest.raises(KeyConflict):
                self._credit(person, order, amount)
        elif self._credit(person, order, amount):
            paid = min(self.debt[person], amount)
            self.debt[person] -= paid
            self.balance[person] += amount - paid

    def _credit(self, person: str, order: int, amount: int) -> bool:
        """Did anything move? Only the first time."""
        before = entries()
        with db.money() as session:
            user = User.named(session, person)
            ledger.credit(session, user.id, amount, "purchase", f"order {order}", f"order:{order}")
        return entries() > before

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        order = list(self.bought)[which % len(self.bought)]
        person, amount = self.bought[order]
        with db.money() as session:
            user = User.named(session, person)
            ledger.take_back(session, user.id, amount, "dispute", f"order {order}", f"dispute:{order}")
        if order not in self.taken:
            self.taken.add(order)
            there = min(self.balance[person], amount)
            self.balance[person] -= there
            self.debt[person] += amount - there

    # The queue.

    @rule(person=PERSON, seconds=st.sampled_from([5, 12, 40]))
    def ask(self, person: str, seconds: int) -> None:
        answer = self.clients[person].post("/generate", json={"prompt": "rain", "model": "audio", "duration": seconds})
        assert answer.status_code == 201
        self.jobs[answer.json["job_id"]] = Known(person, skip_cost(seconds))

    @rule(which=WHICH, person=PERSON, key=st.sampled_from(["", "one", "two"]))
    def skip(self, which: int, person: str, key: str) -> None:
        job_id, known = self._pick(which)
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.clients[person].post(f"/api/queue/{job_id}/skip", headers=headers)
        if (person, key) in self.answered:
            of_job, before = self.answered[person, key]
            assert answer.json == before if of_job == job_id else answer.status_code == 422
            return
        assert (answer.status_code, answer.json.get("error")) in self._expected(known, person)
        if answer.status_code == 200:
            self._have_paid(job_id, person, answer.json)
            if key:
                self.answered[person, key] = job_id, answer.json

    def _have_paid(self, job_id: str, person: str, answer: dict) -> None:
        known = self.jobs[job_id]
        self.balance[person] -= known.cost
        assert (answer["cost"], answer["new_balance"]) == (known.cost, self.balance[person])
        with db.read() as session:
            known.passed = session.get_one(Skip, job_id).passed
        assert known.passed and all(self.jobs[passed].status == "queued" for passed in known.passed)
        known.payer, known.skipped = person, True

    def _expected(self, known: Known, person: str) -> list[tuple[int, str | None]]:
        if known.owner != person:
            return [(403, "Not authorized")]
        if known.skipped:
            return [(400, "Job already skipped")]
        if known.status != "queued":
            is_running = known.status == "processing"
            return [(400, "Cannot skip a job that is already processing" if is_running else "Job is not in queue")]
        if self.debt[person]:
            paid = (400, "Paid features are frozen")
        else:
            paid = (200, None) if self.balance[person] >= known.cost else (400, "Insufficient Aura balance")
        return [paid, (400, "Job is already first")]

    @rule(which=WHICH, person=st.sampled_from([*PEOPLE, "cleo"]))
    def cancel(self, which: int, person: str) -> None:
        job_id, known = self._pick(which)
        answer = self.clients[person].delete(f"/job/{job_id}")
        if person not in (known.owner, "cleo"):
            assert answer.status_code == 403
        elif not known.unfinished:
            assert answer.status_code == 400
        else:
            assert answer.status_code == 200
            self._settle(known, spent=known.status == "processing" and person == known.owner)
            known.status = "cancelled"
            self.running.pop(job_id, None)

    # Workers.

    @rule()
    def claim(self) -> None:
        with db.money() as session:
            claim = Claim.take(session, "w1", ROOM, (), busy=bool(self.running))
        if claim is None:
            return
        known = self.jobs[claim.id]
        known.status = "processing"
        self.running[claim.id] = claim
        if known.payer and not any(self.jobs[passed].status == "queued" for passed in known.passed):
            self._settle(known, spent=False)

    @rule(which=WHICH, verb=st.sampled_from(["finish", "finish", "fail", "retry", "give_back"]))
    def end(self, which: int, verb: str) -> None:
        if not self.running:
            return
        claim = list(self.running.values())[which % len(self.running)]
        assert act(claim, verb)
        assert not act(claim, verb)  # too late, and nothing moves twice
        known = self.jobs[self.running.pop(claim.id).id]
        known.attempts += verb in ("fail", "retry")
        if verb == "give_back" or (verb == "retry" and known.attempts < MOST_ATTEMPTS):
            known.status, known.alone = "queued", known.alone or verb == "retry"
            return
        known.status = "completed" if verb == "finish" else "failed"
        self._settle(known, spent=verb == "finish")

    @rule(verb=st.sampled_from(["finish", "fail"]))
    def make(self, verb: str) -> None:
        """What is claimed last is ended at once."""
        self.claim()
        self.end(len(self.running) - 1, verb)

    @rule(supervisor_survived=st.booleans())
    def die(self, supervisor_survived: bool) -> None:
        with db.money() as session:
            return_jobs_of(session, "w1", supervisor_survived=supervisor_survived)
        for job_id in self.running:
            known = self.jobs[job_id]
            known.deaths += known.alone and supervisor_survived
            known.status, known.alone = "queued", True
            if known.deaths >= MOST_DEATHS:
                known.status = "failed"
                self._settle(known, spent=False)
        self.running.clear()

    def _settle(self, known: Known, *, spent: bool) -> None:
        if known.payer and not spent:
            self.balance[known.payer] += known.cost
        known.payer = ""

    def _pick(self, which: int) -> tuple[str, Known]:
        return list(self.jobs.items())[which % len(self.jobs)]

    @invariant()
    def the_books_say_the_same(self) -> None:
        assert faults() == []
        for person in PEOPLE:
            held = sum(known.cost for known in self.jobs.values() if known.payer == person)
            purse = purse_of(person)
            assert (purse.balance, purse.held, purse.debt) == (self.balance[person], held, self.debt[person])
        with db.read() as session:
            for job_id, known in self.jobs.items():
                assert session.get_one(Job, job_id).status == known.status


def entries() -> int:
    with db.read() as session:
        head = session.get(Head, 1)
        return head.number if head else 0


def act(claim: Claim, verb: str) -> bool:
    with db.money() as session:
        match verb:
            case "finish":
                return claim.finish(session, engine="test", took_ms=1)
            case "fail" | "retry":
                return claim.fail(session, "it broke", retry=verb == "retry")
            case _:
                return claim.give_back(session)


@contextmanager
def unlimited() -> Iterator[None]:
    limiter.enabled = False
    try:
        yield
    finally:
        limiter.enabled = True


@pytest.mark.parametrize("examples", [25, pytest.param(300, marks=pytest.mark.long)])
def test_money_and_queue_behave_like_their_model(public_app: Flask, examples: int) -> None:
    MoneyMachine.clients = {
        name: member(public_app, name, "admin", is_admin=name == "cleo") for name in (*PEOPLE, "cleo")
    }
    thoroughly = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # shrinking a failure through a real database takes minutes
    )
    with unlimited():
        run_state_machine_as_test(MoneyMachine, settings=thoroughly)
