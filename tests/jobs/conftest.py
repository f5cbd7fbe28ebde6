"""A queue with people in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.jobs import admission
from soundbox.jobs.admission import Wish
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job
from tests.jobs.bench import Bench

Enqueue = Callable[..., Job]


@pytest.fixture
def people(database: None) -> dict[str, User]:
    """ada (free), ben (creator), cleo (admin), dov (premium)."""
    tiers = {"ada": "free", "ben": "creator", "cleo": "admin", "dov": "premium"}
    with db.write() as session:
        return {name: User.add_member(session, name, tier, is_admin=name == "cleo") for name, tier in tiers.items()}


@pytest.fixture
def enqueue(people: dict[str, User]) -> Enqueue:
    """Cleo's by default, because she has no limits."""

    def put(prompt: str = "rain", person: str = "cleo", model: str = "audio", **rest) -> Job:
        room = rest.pop("room", 100)
        wish = Wish(model=model, prompt=prompt, seconds=rest.pop("seconds", 2.0), **rest)
        with db.write() as session:
            return admission.enqueue(session, people[person], wish, room=room)[0]

    return put


@pytest.fixture
def bench(people, config):
    benches = []

    def make(**parts) -> Bench:
        benches.append(Bench(config, **parts))
        return benches[-1]

    yield make
    for made in benches:
        made.worker.finishing.stop()


def claim(worker: str = "w1", room: dict[str, int] | None = None, loaded: tuple[str, ...] = (), busy=False):
    with db.money() as session:
        return Claim.take(session, worker, room or {"audio": 1, "music": 1}, loaded, busy=busy)


def job_now(job_id: str) -> Job:
    with db.read() as session:
        return session.get_one(Job, job_id)


def move(taken: Claim, verb: str, *arguments, **named) -> bool:
    """One verb of a claim in a transaction of its own."""
    with db.money() as session:
        return getattr(taken, verb)(session, *arguments, **named)


def complete(taken: Claim) -> bool:
    return move(taken, "finish", engine="test", took_ms=1000)
