"""The worker, driven step by step."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import update

from soundbox.audio import wav
from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.finishing import MOST_WAITING
from soundbox.jobs.models import Job
from soundbox.jobs.ownership import DeviceTaken, Ownership
from soundbox.jobs.rescue import LEASE_SECONDS
from soundbox.jobs.residency import Residency
from soundbox.jobs.worker import LeaseExpired, Worker
from soundbox.jobs.workers import worker_state
from soundbox.media.local import LocalMedia, MediaFull
from soundbox.tracks.models import Track
from tests.jobs.conftest import claim, job_now
from tests.jobs.fake import RATE, STEPS, FakeCatalogue, FakeEngine, model
from tests.jobs.test_rescue import Clock


class Bench:
    """A worker on a fake device, stepped by hand; sounds are finished on real threads."""

    def __init__(
        self, config: Config, engine: FakeEngine | None = None, media: LocalMedia | None = None, *, begin: bool = True
    ) -> None:
        config.instance.mkdir(parents=True, exist_ok=True)
        self.engine = engine or FakeEngine()
        self.media = media or LocalMedia(config.media_folder)
        self.clock = Clock()
        self.worker = Worker(db, FakeCatalogue(self.engine), self.media, config, "cpu", self.clock)
        if begin:
            self.worker.finishing.start()

    def step(self, times: int = 1) -> None:
        for _ in range(times):
            self.worker.making.look_now()
            self.worker.step()

    def work_until(self, status: str, *jobs: Job) -> None:
        """Step until these jobs have this state; gives up after 10 s."""
        patience = threading.Event()
        for _ in range(1000):
            self.step()
            if all(job_now(job.id).status == status for job in jobs):
                return
            patience.wait(0.01)
        raise AssertionError(f"still {[job_now(job.id).status for job in jobs]}")

    @property
    def ran(self) -> list[str]:
        return [request.job_id for request in self.engine.submitted]


@pytest.fixture
def bench(people, config):
    benches = []

    def make(**parts) -> Bench:
        benches.append(Bench(config, **parts))
        return benches[-1]

    yield make
    for made in benches:
        made.worker.finishing.stop()


def track_of(job: Job) -> Track | None:
    with db.read() as session:
        return session.get(Track, job.id)


def test_a_job_becomes_a_track(bench, enqueue):
    job, made = enqueue("soft rain on tin", seed=7), bench()
    made.work_until("completed", job)
    track, done = track_of(job), job_now(job.id)
    assert (track.engine, track.seed, track.stem, track.categories) == (
        "Fake device",
        7,
        f"{job.id}.1",
        ["rain", "metal"],
    )
    assert (done.progress_pct, done.engine, done.retakes) == (100, "Fake device", 0)


def test_a_track_has_a_master_a_face_and_a_cover(bench, enqueue):
    job, made = enqueue("rain"), bench()
    made.work_until("completed", job)
    info = wav.inspect(made.media.path(f"{job.id}.1.wav"))
    assert (info.sample_rate, info.tags.title) == (RATE, "rain")
    assert made.media.exists(f"{job.id}.1.png")
    assert made.media.exists(f"{job.id}.1.disc.png")


def test_jobs_start_in_the_order_of_the_line(bench, enqueue):
    free, creator = enqueue(person="ada"), enqueue(person="ben")
    made = bench()
    made.work_until("completed", free, creator)
    assert made.ran == [creator.id, free.id]


def test_the_next_job_starts_without_a_pause(bench, enqueue):
    first, second, made = enqueue(), enqueue(), bench()
    for _ in range(STEPS + 2):  # no time passes, so a worker that rests between jobs would start only one
        made.worker.step()
    assert made.ran == [first.id, second.id]


def test_progress_is_told(bench, enqueue):
    job, made = enqueue("endless"), bench()
    made.step(2)
    made.worker.heartbeat.tell()
    assert (job_now(job.id).progress_pct, job_now(job.id).progress) == (33, "step 1 of 3")


def test_a_running_job_that_is_cancelled_is_let_go(bench, enqueue):
    job, made = enqueue("endless"), bench()
    made.step(2)
    with db.write() as session:
        cancel(session, job_now(job.id))
    made.worker.heartbeat.tell()
    made.step()
    assert made.engine.cancelled == [job.id]
    assert job_now(job.id).status == "cancelled"


def test_the_worker_goes_on_after_a_cancelled_job(bench, enqueue):
    stopped, next_one, made = enqueue("endless"), enqueue(), bench()
    made.step(2)
    with db.write() as session:
        cancel(session, job_now(stopped.id))
    made.worker.heartbeat.tell()
    made.work_until("completed", next_one)


def test_what_can_never_work_fails_with_the_engines_words(bench, enqueue):
    job, made = enqueue("impossible"), bench()
    made.work_until("failed", job)
    assert job_now(job.id).error == "This model cannot sing."


def test_an_engine_that_cannot_be_made_fails_its_jobs_in_words(enqueue, config):
    class Broken(FakeCatalogue):
        def engine_for(self, name: str) -> FakeEngine:
            raise ImportError(name)

    job, made = enqueue(), Bench(config, begin=False)
    made.worker.making.residency = Residency(Broken())
    made.work_until("failed", job)
    assert "ImportError" in job_now(job.id).error


def test_a_hiccup_is_tried_three_times(bench, enqueue):
    job, made = enqueue("hiccup"), bench()
    made.work_until("failed", job)
    assert made.ran == [job.id] * 3
    assert (job_now(job.id).error, job_now(job.id).attempts) == ("The device hiccuped.", 3)


def test_an_exception_in_the_engine_fails_its_jobs_and_the_loop_lives_on(bench, enqueue):
    bad, good, made = enqueue("explode"), enqueue(), bench()
    made.work_until("failed", bad)
    made.work_until("completed", good)
    assert "ZeroDivisionError" in job_now(bad.id).error


def test_a_neighbour_of_an_exploding_job_survives(bench, enqueue):
    good, bad = enqueue("rain"), enqueue("explode")
    made = bench(engine=FakeEngine([model("audio", batch=2), model("music", batch=2)]))
    made.work_until("failed", bad)
    made.work_until("completed", good)


def test_a_silent_take_is_made_again_with_the_next_seed(bench, enqueue, monkeypatch):
    monkeypatch.setattr("soundbox.jobs.admission.secrets.randbelow", lambda _: 9)
    job, made = enqueue("silent first"), bench()
    made.work_until("completed", job)
    track = track_of(job)
    assert [request.seed for request in made.engine.submitted] == [9, 10]
    assert (track.seed, track.retakes, track.flagged, job_now(job.id).retakes) == (10, 1, False, 1)


def test_after_two_retakes_the_best_is_kept_and_flagged(bench, enqueue):
    job, made = enqueue("silent"), bench()
    made.work_until("completed", job)
    track = track_of(job)
    assert len(made.engine.submitted) == 3
    assert (track.flagged, track.retakes, track.quality_issues) == (True, 2, ["silent"])


def test_a_named_seed_is_never_replaced(bench, enqueue):
    job, made = enqueue("silent", seed=9), bench()
    made.work_until("completed", job)
    assert [request.seed for request in made.engine.submitted] == [9]
    assert track_of(job).flagged


def test_no_sound_at_all_fails_in_words(bench, enqueue):
    job, made = enqueue("broken", seed=1), bench()
    made.work_until("failed", job)
    assert job_now(job.id).error == "No sound came out of it. Another prompt or seed may work."


class BadDisk(LocalMedia):
    """Every file with this suffix ends in an error."""

    def __init__(self, root: Path, suffix: str, error: Exception) -> None:
        super().__init__(root)
        self.suffix, self.error = suffix, error

    def write(self, key, writer, check=None):
        if key.endswith(self.suffix):
            raise self.error
        return super().write(key, writer, check)


@pytest.mark.parametrize(
    ("suffix", "error", "words"),
    [
        (".wav", MediaFull(), "The disk is full, so the sound could not be stored."),
        (".disc.png", MediaFull(), "The disk is full, so the sound could not be stored."),
        (".wav", wav.WavError("cut off"), "The file of the sound came out damaged, so it was not stored."),
        (".wav", PermissionError(13, "Permission denied"), "The sound could not be stored: Permission denied."),
    ],
)
def test_a_bad_disk_fails_that_job_in_words_and_leaves_no_file(bench, enqueue, config, suffix, error, words):
    job, made = enqueue(), bench(media=BadDisk(config.media_folder, suffix, error))
    made.work_until("failed", job)
    assert job_now(job.id).error == words
    assert track_of(job) is None
    assert list(made.media.keys()) == []


class SlowDisk(LocalMedia):
    """Holds the files of the first job, or of all, until the test lets go."""

    def __init__(self, root: Path, *, of_all: bool = False) -> None:
        super().__init__(root)
        self.first, self.of_all, self.let_go = "", of_all, threading.Event()

    def write(self, key, writer, check=None):
        self.first = self.first or key[:32]
        if self.of_all or key.startswith(self.first):
            self.let_go.wait(10)
        return super().write(key, writer, check)


def test_a_slow_finish_never_delays_the_next_start(bench, enqueue, config):
    slow, second, third = enqueue(), enqueue(), enqueue()
    disk = SlowDisk(config.media_folder)
    made = bench(media=disk)
    made.work_until("completed", second, third)
    assert job_now(slow.id).status == "processing"
    disk.let_go.set()
    made.work_until("completed", slow)


def test_finished_sounds_do_not_pile_up_in_memory(bench, enqueue, config):
    jobs = [enqueue() for _ in range(12)]
    disk = SlowDisk(config.media_folder, of_all=True)
    made = bench(media=disk)
    made.step(80)
    assert len(made.ran) == MOST_WAITING < len(jobs)
    disk.let_go.set()
    made.work_until("completed", *jobs)


def test_nothing_starts_while_the_disk_is_nearly_full(people, enqueue, config):
    job = enqueue()
    made = Bench(config.model_copy(update={"minimum_free_mb": 10**9}))
    made.step(3)
    made.worker.heartbeat.beat()
    with db.read() as session:
        assert worker_state(session).text == "Nothing new is started: less than 1000000000 MB of disk is free."
    assert job_now(job.id).status == "queued"


def test_a_job_that_runs_alone_has_no_neighbours(bench, enqueue):
    alone, other = enqueue("endless"), enqueue("endless")
    with db.write() as session:
        session.execute(update(Job).where(Job.id == alone.id).values(alone=True))
    made = bench(engine=FakeEngine([model("audio", batch=2), model("music", batch=2)]))
    made.step(5)
    assert made.ran == [alone.id]
    assert job_now(other.id).status == "queued"


def test_a_model_with_weights_is_loaded_once_and_swapped_when_idle(bench, enqueue):
    weighty = [model(name, weightless=False) for name in ("audio", "music")]
    jobs = [enqueue(model=name) for name in ("audio", "music", "audio")]
    made = bench(engine=FakeEngine(weighty))
    made.work_until("completed", *jobs)
    assert made.engine.loads == ["audio", "-audio", "music"]


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
