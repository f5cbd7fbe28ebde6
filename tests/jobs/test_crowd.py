"""Many workers at one queue: every job runs exactly once, in the scheduler's order."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, insert, select

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.jobs.models import Job
from soundbox.jobs.scheduler import ORDINARY, SKIP, Waiting, order
from soundbox.jobs.worker import Worker
from soundbox.jobs.workers import WorkerRecord
from soundbox.media.local import LocalMedia
from soundbox.tracks.models import Track
from tests.jobs.fake import FakeCatalogue
from tests.jobs.program import run_worker, stop_when_done

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.jobs.program"])
WORKERS = 8
ROOM = {"audio": 1, "music": 1}


def fill(user_id: int, jobs: int) -> list[str]:
    """So many waiting jobs, every ninth a paid skip. Returns their ids in the order in which they must start."""
    rows = [
        {
            "id": f"{i:032x}",
            "user_id": user_id,
            "model": "audio" if i % 3 else "music",
            "prompt": "rain",
            "seconds": 2.0,
            "seed": i,
            "band": SKIP if i % 9 == 0 else ORDINARY,
            "turn": i * 7919 % 1000,
            "own_turn": 0,
            "seq": i,
            "enqueued_ms": 0,
            "tier": "admin",
            "estimated_seconds": 1.0,
        }
        for i in range(jobs)
    ]
    with db.write() as session:
        session.execute(insert(Job), rows)
        waiting = session.execute(select(Job.id, Job.band, Job.turn, Job.seq, Job.model, Job.enqueued_ms))
        return [start.job.id for start in order([Waiting(*row) for row in waiting])]


def work(name: str) -> None:
    """What a worker does, without the sound and in as few transactions as possible."""
    claim = None
    while True:
        with db.money() as session:
            if claim is not None:
                assert claim.finish(session, engine=name, took_ms=1)
            claim = Claim.take(session, name, ROOM, ())
        if claim is None:
            return


def work_in_process(name: str, url: str) -> None:
    db.bind(url)
    work(name)


def without_waiting_for_the_disk(url: str) -> str:
    """PostgreSQL's commits need not survive a power cut here."""
    return url.replace("options=", "options=-csynchronous_commit%3Doff%20")


def as_threads(url: str) -> None:
    db.bind(url)
    crowd = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(WORKERS)]
    [thread.start() for thread in crowd]
    [thread.join() for thread in crowd]


def as_processes(url: str) -> None:
    crowd = [processes.Process(target=work_in_process, args=(f"w{i}", url)) for i in range(WORKERS)]
    [process.start() for process in crowd]
    [process.join() for process in crowd]
    assert [process.exitcode for process in crowd] == [0] * WORKERS


@pytest.mark.parametrize(
    ("crowd", "jobs"),
    [(as_threads, 10_000), (as_processes, 600), pytest.param(as_processes, 10_000, marks=pytest.mark.long)],
)
def test_every_job_runs_exactly_once_in_order(people, database_url, crowd: Callable[[str], None], jobs):
    expected = fill(people["cleo"].id, jobs)
    crowd(without_waiting_for_the_disk(database_url))
    with db.read() as session:
        started = session.scalars(select(Job.id).where(Job.status == "completed").order_by(Job.start_seq)).all()
        gens = session.execute(select(func.min(Job.lease_gen), func.max(Job.lease_gen))).one()
    assert list(started) == expected
    assert tuple(gens) == (1, 1)


def run_workers_as_threads(config: Config, url: str) -> None:
    workers = [Worker(db, FakeCatalogue(), LocalMedia(config.media_folder), config, f"cpu:{i}") for i in range(4)]
    [worker.start() for worker in workers]
    crowd = [threading.Thread(target=worker.run) for worker in workers]
    [thread.start() for thread in crowd]
    for worker in workers:
        stop_when_done(worker)
    [thread.join() for thread in crowd]


def run_workers_as_processes(config: Config, url: str) -> None:
    crowd = [processes.Process(target=run_worker, args=(config.instance, url, f"cpu:{i}")) for i in range(4)]
    [process.start() for process in crowd]
    [process.join(60) for process in crowd]
    assert [process.exitcode for process in crowd] == [0] * 4


@pytest.mark.parametrize("crowd", [run_workers_as_threads, run_workers_as_processes])
def test_whole_workers_side_by_side_make_every_track_once(people, config, database_url, crowd):
    config.instance.mkdir(parents=True)
    expected = fill(people["cleo"].id, 16)
    crowd(config, database_url)
    with db.read() as session:
        tracks = session.scalars(select(Track.id)).all()
        most_leases = session.scalar(select(func.max(Job.lease_gen)))
        left = session.scalar(select(func.count()).select_from(WorkerRecord))
    assert (sorted(tracks), most_leases, left) == (sorted(expected), 1, 0)
