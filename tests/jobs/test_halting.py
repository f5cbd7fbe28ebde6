"""Those who run the site stop what starts, or what comes in."""

from __future__ import annotations

import pytest

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.admission import QueueClosed
from soundbox.jobs.halting import Halt, halt
from soundbox.jobs.line import Line
from tests.jobs.conftest import Enqueue, claim, complete, job_now


def stop(wanted: Halt, why: str = "") -> None:
    with db.write() as session:
        halt(session, wanted, why)


def line(config: Config) -> Line:
    with db.read() as session:
        return Line.read(session, config)


def test_nothing_starts_while_the_queue_is_paused(enqueue: Enqueue) -> None:
    job = enqueue()
    stop(Halt.paused)
    assert claim() is None
    assert enqueue().status == "queued"
    stop(Halt.none)
    assert claim().id == job.id


def test_what_runs_is_finished_while_the_queue_is_paused(enqueue: Enqueue) -> None:
    enqueue()
    taken = claim()
    stop(Halt.paused)
    assert complete(taken)
    assert job_now(taken.id).status == "completed"


def test_a_draining_queue_takes_nothing_and_makes_the_rest(enqueue: Enqueue) -> None:
    job = enqueue()
    stop(Halt.draining, "A new machine comes")
    with pytest.raises(QueueClosed, match="A new machine comes") as refused:
        enqueue()
    assert (refused.value.status, refused.value.retry_after) == (503, 600)
    assert claim().id == job.id


def test_a_halt_outlives_a_restart(enqueue: Enqueue, database_url: str) -> None:
    enqueue()
    stop(Halt.paused)
    db.bind(database_url)
    assert claim() is None


def test_a_worker_rests_while_the_queue_is_paused(enqueue: Enqueue, bench) -> None:
    job = enqueue()
    stop(Halt.paused)
    made = bench()
    made.step()
    assert job_now(job.id).status == "queued"
    stop(Halt.none)
    made.worker.nudge()
    made.step()
    assert job_now(job.id).status == "processing"


def test_places_stay_and_no_times_are_promised(enqueue: Enqueue, config: Config) -> None:
    jobs = [enqueue() for _ in range(3)]
    before = [line(config).position(job) for job in jobs]
    stop(Halt.paused, "A disk is changed.")
    now = line(config)
    assert [now.position(job) for job in jobs] == before == [1, 2, 3]
    assert not now.worker.alive
    assert now.worker.text == "The queue is paused: nothing new starts until it is let go on. A disk is changed."
