"""What of a sound is there while it is made, and what is left of it: a real worker with a device that sings."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import av
import numpy as np
import pytest
from sqlalchemy import update

from soundbox.extensions import db
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.growing import KEPT_SECONDS, sweep
from soundbox.jobs.hearing import Audible
from soundbox.jobs.models import Job
from soundbox.media.growing import GrowingMedia
from tests.jobs.bench import Bench
from tests.jobs.conftest import Enqueue, job_now
from tests.jobs.singing import PART_SECONDS, PARTS, SingingEngine

Found = TypeVar("Found")


def awaited(look: Callable[[], Found | bool | None]) -> Found:
    """What is found once something is; made by another thread. Gives up after about 30 s."""
    patience = threading.Event()
    for _ in range(3000):
        if found := look():
            return found  # type: ignore[return-value]
        patience.wait(0.01)
    raise AssertionError("It did not come.")


@pytest.fixture
def stage(bench, enqueue: Enqueue) -> Iterator[Bench]:
    made = bench(engine=SingingEngine())
    made.worker.growing.start()
    yield made
    made.worker.growing.stop()


def folder(stage: Bench) -> GrowingMedia:
    return GrowingMedia(stage.media.root)


def names(stage: Bench) -> list[str]:
    return sorted(path.name for path in folder(stage).folder.glob("*") if not path.name.startswith("."))


def audible(stage: Bench, job: Job, segments: int) -> Audible:
    """Once so many segments of it can be heard."""

    def found() -> Audible | None:
        stage.step()
        heard = Audible.of(stage.media, job.id, job_now(job.id).lease_gen)
        return heard if heard and heard.segments >= segments else None

    return awaited(found)


def decoded(heard: Audible) -> np.ndarray:
    """All segments in a row, as a player hears them. Shape (2, samples)."""
    content = b"".join(heard.segment(number) or b"" for number in range(heard.segments))
    with av.open(io.BytesIO(content), format="aac") as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def test_it_can_be_heard_while_it_is_made_in_whole_segments(stage, enqueue):
    job = enqueue("a song", model="music")
    heard = audible(stage, job, 2)
    assert job_now(job.id).status == "processing"
    assert heard.segments == 2 and not heard.growth.is_whole
    assert heard.frames * 1024 / 48_000 <= PART_SECONDS * (PARTS - 1)
    assert heard.segment(2) is None
    assert np.abs(decoded(heard)[:, 5_000:]).max() > 0.1


def test_when_it_is_finished_all_of_it_is_there_and_its_list_ends(stage, enqueue):
    job = enqueue("a song", model="music")
    audible(stage, job, 2)
    stage.engine.may_end = True
    stage.work_until("completed", job)
    heard = awaited(lambda: (found := Audible.of(stage.media, job.id, 1)) and found.growth.is_whole and found)
    assert heard.playlist(str).endswith("#EXT-X-ENDLIST\n")
    assert heard.frames == -(-round(PARTS * PART_SECONDS * 48_000) // 1024)


def test_its_parts_join_without_a_seam(stage, enqueue):
    """A seam would stand out where the chord is predictable from what came before."""
    job = enqueue("a song", model="music")
    stage.engine.may_end = True
    stage.work_until("completed", job)
    heard = awaited(lambda: (found := Audible.of(stage.media, job.id, 1)) and found.growth.is_whole and found)
    sound = decoded(heard)[0, 4_096:-4_096].astype(float)
    jumps = np.abs(np.diff(sound, 2))
    assert jumps.max() < 4 * np.percentile(jumps, 99)


def test_what_is_cancelled_leaves_nothing(stage, enqueue):
    job = enqueue("a song", model="music")
    audible(stage, job, 1)
    with db.money() as session:
        cancel(session, job_now(job.id), by_owner=True)
    stage.worker.heartbeat.tell()
    stage.step()
    awaited(lambda: not names(stage))


def test_what_fails_leaves_nothing(stage, enqueue):
    job = enqueue("a song", model="music")
    audible(stage, job, 1)
    stage.engine.may_end = stage.engine.ends_badly = True
    stage.work_until("failed", job)
    awaited(lambda: not names(stage))


def test_what_is_given_back_leaves_nothing_and_begins_again_under_another_name(stage, enqueue):
    job = enqueue("a song", model="music")
    audible(stage, job, 1)
    stage.worker.making.give_back_all()
    awaited(lambda: not names(stage))
    assert audible(stage, job, 1).growth.lease_gen == 2


def test_another_take_takes_the_place_of_one_that_was_not_good(stage, enqueue, monkeypatch):
    monkeypatch.setattr("soundbox.jobs.admission.secrets.randbelow", lambda _: 8)
    job = enqueue("silent first", model="music")
    stage.engine.may_end = True
    stage.work_until("completed", job)
    awaited(lambda: names(stage) == [f"{job.id}.1.1.whole.aac"])


def test_what_nobody_asked_for_is_not_cut_for_anybody(stage, enqueue):
    job = enqueue("a song", model="music")
    with db.write() as session:
        session.execute(update(Job).where(Job.id == job.id).values(made_for="ambient"))
    stage.engine.may_end = True
    stage.work_until("completed", job)
    stage.worker.growing.stop()
    assert names(stage) == []


def test_a_full_disk_stops_what_can_be_heard_and_not_the_sound(stage, enqueue, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(GrowingMedia, "append", full)
    job = enqueue("a song", model="music")
    stage.engine.may_end = True
    stage.work_until("completed", job)
    stage.worker.growing.stop()
    assert list(folder(stage).folder.glob("*")) == []


def test_what_a_worker_that_was_killed_left_goes_when_nobody_makes_it_any_more(stage, enqueue):
    job = enqueue("a song", model="music")
    audible(stage, job, 1)
    stage.worker.growing.stop()
    media = folder(stage)
    long_ago = time.time() - KEPT_SECONDS - 1
    for path in media.folder.glob("*"):
        os.utime(path, (long_ago, long_ago))

    assert sweep(db, media) == []  # it may be slow
    with db.write() as session:  # as rescue does it with the jobs of a dead worker
        session.execute(update(Job).where(Job.id == job.id).values(status="queued", worker_id=None))
    assert sweep(db, media) == [f"{job.id}.1.0.aac"] and names(stage) == []


def test_what_ended_a_moment_ago_stays_for_those_who_still_listen(stage, enqueue):
    job = enqueue("a song", model="music")
    stage.engine.may_end = True
    stage.work_until("completed", job)
    awaited(lambda: names(stage) == [f"{job.id}.1.0.whole.aac"])
    assert sweep(db, folder(stage)) == []
