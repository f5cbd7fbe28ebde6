"""What runs in a process of its own until it is killed: people who buy, ask, skip and cancel, and workers that work."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.app import create_app
from soundbox.aura import ledger
from soundbox.config import Config
from soundbox.extensions import db, limiter
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job, is_unfinished
from soundbox.jobs.rescue import return_jobs_of

THREADS = 4
ROOM = {"audio": 1, "music": 1}
PACK = 20  # Aura
MOST_WAITING = 30


def storm(instance: Path, url: str, tokens: Mapping[str, str], seed: int, done: Connection) -> None:
    """`done` gets a line for each thing that was acknowledged: what, and of which key or job."""
    app = create_app(Config.load(instance, database=url, worker="none", mode="accounts"))
    limiter.enabled = False
    with db.money() as session:
        return_jobs_of(session, "w1", supervisor_survived=True)  # what the one before left
    lock = threading.Lock()

    def tell(*words: str) -> None:
        with lock:
            done.send(words)

    def run(number: int) -> None:
        person = Person(app.test_client(), tokens, random.Random(f"{seed} {number}"), tell)
        while True:
            person.act()

    for number in range(THREADS):
        threading.Thread(target=run, args=(number,), daemon=True).start()
    threading.Event().wait()


class Person:
    """Anybody, doing anything."""

    def __init__(
        self, client: FlaskClient, tokens: Mapping[str, str], chance: random.Random, tell: Callable[..., None]
    ) -> None:
        self.client, self.tokens, self.chance, self.tell = client, tokens, chance, tell

    def act(self) -> None:
        deeds = {self.buy: 1, self.ask: 3, self.skip: 4, self.cancel: 1, self.work: 4}
        self.chance.choices(list(deeds), list(deeds.values()))[0]()

    def buy(self) -> None:
        key = f"order:{self.chance.getrandbits(64):x}"
        with db.money() as session:
            user = User.named(session, self.chance.choice(["ada", "ben"]))
            ledger.credit(session, user.id, PACK, "purchase", "a pack", key)
        self.tell("bought", key)

    def ask(self) -> None:
        if len(self._unfinished()) < MOST_WAITING:
            body = {"prompt": "rain", "model": "audio", "duration": self.chance.choice([5, 12, 40])}
            self.client.post("/generate", json=body, headers=self._as(self.chance.choice(["ada", "ben"])))

    def skip(self) -> None:
        for job_id, owner in self._any_job():
            if self.client.post(f"/api/queue/{job_id}/skip", headers=self._as(owner)).status_code == 200:
                self.tell("held", job_id)

    def cancel(self) -> None:
        for job_id, owner in self._any_job():
            self.client.delete(f"/job/{job_id}", headers=self._as(self.chance.choice([owner, "cleo"])))

    def work(self) -> None:
        with db.money() as session:
            claim = Claim.take(session, "w1", ROOM, ())
        if claim is None or self.chance.random() < 0.1:
            return  # a job that nobody works on any more, until its worker is found to be dead
        with db.money() as session:
            verb = self.chance.choice(["finish", "finish", "fail", "retry", "give back"])
            if verb == "finish":
                ended = claim.finish(session, engine="test", took_ms=1)
            elif verb == "give back":
                ended = claim.give_back(session)
            else:
                ended = claim.fail(session, "it broke", retry=verb == "retry")
        if ended and verb in ("finish", "fail"):
            self.tell("settled", claim.id)

    def _any_job(self) -> list[tuple[str, str]]:
        jobs = self._unfinished()
        return [self.chance.choice(jobs)] if jobs else []

    def _unfinished(self) -> list[tuple[str, str]]:
        with db.read() as session:
            mine = select(Job.id, User.name).join(User, User.id == Job.user_id).where(is_unfinished())
            return [(job_id, name) for job_id, name in session.execute(mine)]

    def _as(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[name]}"}
