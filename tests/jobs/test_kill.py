"""kill -9 at named points: nothing acknowledged is lost, nothing is made twice, no half file has a name."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from soundbox.audio import packed, wav
from soundbox.extensions import db
from soundbox.jobs.models import Job
from soundbox.jobs.rescue import GIVEN_UP
from soundbox.media.local import LocalMedia
from soundbox.tracks.models import Track
from tests.jobs.bench import Bench
from tests.jobs.conftest import job_now
from tests.jobs.program import ACKNOWLEDGED, WEB_POINTS, WORKER_POINTS, answer_request, run_worker

KILLED = -9
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.jobs.program"])


def run(target, *arguments) -> int | None:
    """Its exit code; None if it had to be stopped after 60 s."""
    process = processes.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    if process.exitcode is None:
        process.kill()
        process.join()
        return None
    return process.exitcode


@pytest.fixture
def instance(config) -> Path:
    config.instance.mkdir(parents=True)
    return config.instance


@pytest.fixture
def recover(config, people):
    """A worker that comes after the death and runs until the queue is empty."""

    def work() -> LocalMedia:
        bench = Bench(config, begin=False)
        bench.worker.start()
        with db.read() as session:
            jobs = list(session.scalars(select(Job).where(Job.status.in_(("queued", "processing")))))
        bench.work_until("completed", *jobs)
        bench.worker.stop()
        bench.worker.run()
        return bench.media

    return work


def published() -> Counter[str]:
    with db.read() as session:
        return Counter(session.scalars(select(Track.id)))


def assert_whole(media: LocalMedia) -> None:
    """Every name stands for a whole file, and what belongs to no track can be swept."""
    for key in list(media.keys()):
        path = media.path(key)
        if key.endswith(".wav"):
            wav.inspect(path)
        elif key.endswith(".aac"):
            packed.offsets(path.read_bytes())
        else:
            assert path.read_bytes().endswith(b"IEND\xaeB`\x82")
    with db.read() as session:
        stems = tuple(f"{stem}." for stem in session.scalars(select(Track.stem)))
    media.sweep(lambda key: key.startswith(stems), older_than_seconds=0)
    assert all(path.name.startswith(stems) for path in media.root.glob("??/*"))


@pytest.mark.parametrize("point", WORKER_POINTS)
def test_a_worker_killed_here_loses_nothing(enqueue, instance, database_url, recover, point):
    jobs = [enqueue(), enqueue()]
    assert run(run_worker, instance, database_url, "cpu", point) == KILLED
    before = published()
    media = recover()
    assert published() == {job.id: 1 for job in jobs}
    assert all(job_now(job.id).lease_gen == 1 for job in jobs if job.id in before)
    assert_whole(media)


@pytest.mark.parametrize("point", WEB_POINTS)
def test_a_web_killed_here_loses_nothing_acknowledged(people, instance, database_url, recover, point):
    assert run(answer_request, instance, database_url, point) == KILLED
    recover()
    assert not (instance / ACKNOWLEDGED).exists()
    assert published().total() == (0 if point == "before-enqueue-commit" else 1)


def test_web_and_worker_killed_together_lose_nothing(people, instance, database_url, recover):
    assert run(answer_request, instance, database_url) == 0
    assert run(answer_request, instance, database_url, "after-enqueue-commit") == KILLED
    assert run(run_worker, instance, database_url, "cpu", "mid-engine") == KILLED
    recover()
    assert published().total() == 2


def test_a_give_back_that_was_committed_charges_nothing(enqueue, instance, database_url):
    job = enqueue()
    assert run(run_worker, instance, database_url, "cpu", "after-give-back") == KILLED
    assert (job_now(job.id).attempts, job_now(job.id).deaths) == (0, 0)


def test_a_poisonous_job_ends_and_its_neighbour_is_made(enqueue, instance, database_url):
    neighbour, poison = enqueue("rain"), enqueue("poison")
    ends = [run(run_worker, instance, database_url, "cpu", "", "one supervisor") for _ in range(4)]
    assert ends == [KILLED, KILLED, KILLED, 0]
    assert (job_now(poison.id).status, job_now(poison.id).error) == ("failed", GIVEN_UP)
    assert published() == {neighbour.id: 1}
