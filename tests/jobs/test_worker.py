"""The worker, driven step by step."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import update

from soundbox.audio import wav
from soundbox.engines.protocol import Done, Event, ModelInfo
from soundbox.extensions import db
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.finishing import MOST_WAITING
from soundbox.jobs.models import Job
from soundbox.jobs.residency import Residency
from soundbox.jobs.workers import worker_state
from soundbox.media.local import MediaFull
from tests.jobs.bench import BadDisk, Bench, SlowDisk, track_of
from tests.jobs.conftest import job_now
from tests.jobs.fake import RATE, STEPS, FakeCatalogue, FakeEngine, model


@dataclass
class OfManyVoices(FakeEngine):
    """Its sounds are made by another than the catalogue names."""

    made_by: ModelInfo | None = None

    def step(self) -> list[Event]:
        return [self._signed(event) for event in super().step()]

    def _signed(self, event: Event) -> Event:
        return replace(event, sound=replace(event.sound, made_by=self.made_by)) if isinstance(event, Done) else event


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


def test_a_track_names_the_voice_that_really_made_it_and_its_licence(bench, enqueue):
    job, voice = enqueue("rain"), replace(model("audio"), engine="Recorded voice", licence="CC-BY-NC-4.0")
    made = bench(engine=OfManyVoices(made_by=replace(voice, commercial_use=False)))
    made.work_until("completed", job)
    track = track_of(job)
    assert (track.engine, track.licence, track.commercial_use) == ("Recorded voice", "CC-BY-NC-4.0", False)


def test_a_track_has_a_master_a_face_and_a_cover(bench, enqueue):
    job, made = enqueue("rain"), bench()
    made.work_until("completed", job)
    info = wav.inspect(made.media.path(f"{job.id}.1.wav"))
    assert (info.sample_rate, info.tags.title) == (RATE, "rain")
    assert made.media.exists(f"{job.id}.1.png")
    assert made.media.exists(f"{job.id}.1.disc.png")


def test_once_it_can_be_heard_it_is_cut_for_the_air_if_it_is_for_everybody(bench, enqueue):
    shown, private, made = enqueue("rain"), enqueue("wind", visibility="private"), bench()
    made.worker.afterwards.start()
    made.work_until("completed", shown, private)
    made.wait_for_file(f"{shown.id}.1.labelled.png", f"{private.id}.1.labelled.png")  # drawn after the cut
    made.worker.afterwards.stop()
    assert made.media.exists(f"{shown.id}.1.air.aac")
    assert not made.media.exists(f"{private.id}.1.air.aac")


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
    with db.money() as session:
        cancel(session, job_now(job.id), by_owner=True)
    made.worker.heartbeat.tell()
    made.step()
    assert made.engine.cancelled == [job.id]
    assert job_now(job.id).status == "cancelled"


def test_the_worker_goes_on_after_a_cancelled_job(bench, enqueue):
    stopped, next_one, made = enqueue("endless"), enqueue(), bench()
    made.step(2)
    with db.money() as session:
        cancel(session, job_now(stopped.id), by_owner=True)
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


def test_what_is_told_names_the_model_that_is_loading_and_another_take(bench, enqueue, monkeypatch):
    monkeypatch.setattr("soundbox.jobs.admission.secrets.randbelow", lambda _: 9)
    told = []

    class Watched(FakeEngine):
        def load(self, _: str) -> None:
            told.extend(report.text for report in made.worker.making.reports().values())

        def step(self) -> list[Event]:
            told.extend(report.text for report in made.worker.making.reports().values())
            return super().step()

    made = bench(engine=Watched([model("audio", weightless=False), model("music")]))
    made.work_until("completed", enqueue("silent first"))
    assert told[0] == "loading Fake device" and "step 2 of 3" in told
    assert "another take: step 2 of 3" in told[told.index("step 2 of 3") :]


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
