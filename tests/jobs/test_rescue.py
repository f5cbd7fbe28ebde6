"""Jobs whose worker died, froze or lost its way."""

import time
from pathlib import Path

import pytest

from soundbox.extensions import db
from soundbox.jobs.claims import renew
from soundbox.jobs.ownership import DeviceTaken, Ownership
from soundbox.jobs.rescue import GIVEN_UP, Watch, return_jobs_of
from tests.jobs.bench import Clock
from tests.jobs.conftest import claim, complete, job_now


def die(worker: str = "w1", supervisor_survived: bool = True) -> list[str]:
    with db.money() as session:
        return return_jobs_of(session, worker, supervisor_survived=supervisor_survived)


def test_a_job_that_stands_still_for_half_a_minute_is_put_back(enqueue):
    job, clock = enqueue(), Clock()
    frozen, watch = claim("frozen"), Watch(db, clock)
    assert watch.look() == []
    clock.seconds += 30
    assert watch.look() == [job.id]
    assert claim("awake").id == job.id
    assert not complete(frozen)


def test_a_lease_that_moves_is_kept(enqueue):
    enqueue()
    taken, clock = claim(), Clock()
    watch = Watch(db, clock)
    for _ in range(20):
        clock.seconds += 10
        with db.write() as session:
            renew(session, [taken])
        assert watch.look() == []


def test_a_watch_that_has_just_begun_takes_nothing(enqueue):
    enqueue()
    claim()
    clock = Clock()
    clock.seconds += 1_000_000
    assert Watch(db, clock).look() == []


@pytest.mark.parametrize("jump_seconds", [-86_400, 86_400])
def test_a_clock_that_jumps_changes_nothing(enqueue, monkeypatch, jump_seconds):
    job, clock = enqueue(), Clock()
    taken, watch = claim(), Watch(db, clock)
    watch.look()
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + jump_seconds * 1_000_000_000)
    clock.seconds += 5
    assert watch.look() == []
    assert complete(taken)
    assert job_now(job.id).took_ms == 1000


def test_a_job_renewed_at_the_last_moment_is_not_taken(enqueue):
    enqueue()
    taken, clock = claim(), Clock()
    watch = Watch(db, clock)
    watch.look()
    clock.seconds += 30
    abandoned = watch._standing_still()
    with db.write() as session:
        renew(session, [taken])
    watch._standing_still = lambda: abandoned
    assert watch.look() == []


def test_after_a_death_its_jobs_run_again_alone(enqueue):
    first, second = enqueue(), enqueue()
    claim("w1"), claim("w1")
    assert set(die("w1")) == {first.id, second.id}
    assert claim("w2").job.alone
    assert claim("w2", busy=True) is None


def test_the_first_death_blames_nobody(enqueue):
    job = enqueue()
    claim()
    die()
    assert job_now(job.id).deaths == 0


def test_two_deaths_alone_end_a_poisonous_job(enqueue):
    job = enqueue()
    for _ in range(3):
        claim()
        die()
    assert (job_now(job.id).status, job_now(job.id).error) == ("failed", GIVEN_UP)
    assert claim() is None


def test_a_power_cut_blames_nobody(enqueue):
    job = enqueue()
    for _ in range(5):
        claim()
        die(supervisor_survived=False)
    assert (job_now(job.id).status, job_now(job.id).deaths) == ("queued", 0)


def test_one_worker_owns_a_device(tmp_path: Path):
    with Ownership.take(tmp_path, "cuda:0"), pytest.raises(DeviceTaken, match="already makes sound on cuda:0"):
        Ownership.take(tmp_path, "cuda:0")
    assert Ownership.take(tmp_path, "cpu").previous is None


def test_the_lock_names_who_died(tmp_path: Path):
    with Ownership.take(tmp_path, "cpu") as first:
        first.sign("w1", "supervisor-a")
    previous = Ownership.take(tmp_path, "cpu").previous
    assert previous.worker_id == "w1"
    assert previous.survived_by("supervisor-a")
    assert not previous.survived_by("supervisor-b")
    assert not previous.survived_by(None)


def test_a_clean_stop_leaves_no_name(tmp_path: Path):
    first = Ownership.take(tmp_path, "cpu")
    first.sign("w1")
    first.release()
    assert Ownership.take(tmp_path, "cpu").previous is None


def test_a_torn_lock_file_names_nobody(tmp_path: Path):
    (tmp_path / "worker-cpu.lock").write_text('{"worker_id": "w')
    assert Ownership.take(tmp_path, "cpu").previous is None
