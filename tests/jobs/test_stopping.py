"""How a worker ends, and who comes after it."""

import pytest
from sqlalchemy import update

from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.jobs.ownership import DeviceTaken, Ownership
from soundbox.jobs.rescue import LEASE_SECONDS
from soundbox.jobs.worker import LeaseExpired
from tests.jobs.bench import Bench, track_of
from tests.jobs.conftest import claim, job_now
from tests.jobs.fake import STEPS


def test_a_worker_that_was_silent_for_half_a_minute_stops_itself(bench, enqueue):
    job, made = enqueue("endless"), bench()
    made.step(2)
    made.clock.seconds += LEASE_SECONDS
    with pytest.raises(LeaseExpired):
        made.worker.step()
    made.worker.heartbeat.beat()
    assert made.worker.heartbeat.has_expired
    assert job_now(job.id).status == "processing"


def test_a_worker_frozen_past_its_lease_publishes_nothing(bench, enqueue):
    job, made = enqueue(), bench()
    made.step(STEPS)
    with db.write() as session:
        session.execute(update(Job).values(status="queued"))
    winner = claim("awake")
    made.step()
    made.worker.finishing.stop()
    assert job_now(job.id).worker_id == "awake"
    assert track_of(job) is None
    assert list(made.media.keys(f"{job.id}.1.")) == []
    assert winner.lease_gen == 2


def test_a_graceful_stop_finishes_what_runs(bench, enqueue):
    job, made = enqueue(), bench()
    made.step()
    made.worker.stop()
    assert made.worker.run() == 0
    assert job_now(job.id).status == "completed"


def test_a_graceful_stop_gives_back_what_takes_too_long(bench, enqueue):
    job, made = enqueue("endless"), bench()
    made.step(2)
    made.worker.stop()
    made.worker._clock = iter(range(0, 10_000, 30)).__next__  # time flies
    assert made.worker.run() == 0
    now = job_now(job.id)
    assert (now.status, now.attempts, now.deaths, now.alone) == ("queued", 0, 0, False)


def test_a_second_worker_for_the_device_is_refused(bench, config):
    config.lock_folder.mkdir(parents=True)
    with Ownership.take(config.lock_folder, "cpu"), pytest.raises(DeviceTaken):
        bench().worker.start()


def test_the_next_owner_puts_back_what_the_last_one_held(bench, enqueue, config):
    job = enqueue()
    claim("dead")
    with Ownership.take(config.lock_folder, "cpu") as owner:
        owner.sign("dead")
    made = Bench(config, begin=False)
    made.worker.start()
    made.worker.stop()
    made.worker.run()
    assert (job_now(job.id).status, job_now(job.id).alone) == ("queued", True)
