"""What an idle worker makes for the room, and how it gives way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.halting import Halt, halt
from soundbox.jobs.line import Line
from soundbox.jobs.models import Job
from soundbox.jobs.moving import retry
from soundbox.jobs.rescue import NOT_AGAIN
from soundbox.jobs.room import DAY_MS, LOOK_SECONDS, Idea, RoomState, made_lately
from soundbox.jobs.workers import worker_state
from soundbox.tracks.models import Track, Visibility
from soundbox.web.errors import Refusal
from tests.jobs.bench import Bench
from tests.jobs.conftest import job_now
from tests.jobs.fake import STEPS, FakeEngine, model
from tests.jobs.program import IDEA, PLAYED_A_DAY, play_for_the_room
from tests.jobs.test_kill import KILLED, run

ENDLESS = Idea("Rain", "audio", "endless", 2.0)
Playing = Callable[..., Bench]


@pytest.fixture
def playing(bench, config) -> Playing:
    def make(idea: Idea = IDEA, a_day: int = PLAYED_A_DAY, **parts) -> Bench:
        made = bench(ideas=lambda *_: idea, plays_for_the_room=a_day, **parts)
        made.step()
        return made

    return make


def room_jobs() -> list[Job]:
    with db.read() as session:
        return list(session.scalars(select(Job).where(Job.made_for.is_not(None)).order_by(Job.created_ms)))


def play_on(made: Bench, times: int) -> None:
    """As long as so many sounds would take."""
    for _ in range(times):
        made.clock.seconds += LOOK_SECONDS
        made.step(STEPS + 1)
        made.work_until("completed", *room_jobs())


def line(config: Config) -> Line:
    with db.read() as session:
        return Line.read(session, config)


def test_an_idle_worker_makes_a_sound_that_says_whom_it_is_for(playing):
    made = playing()
    (job,) = room_jobs()
    made.work_until("completed", job)
    with db.read() as session:
        track = session.scalars(select(Track)).one()
    assert (track.made_for, track.prompt, track.listed) == ("Rain", "rain", True)
    assert (track.user.display_name, track.user.kind) == ("Sound Box", "house")


def test_it_is_off_unless_it_is_switched_on(bench, config):
    made = bench(ideas=lambda *_: IDEA)
    made.step(3)
    assert (config.plays_for_the_room, room_jobs()) == (0, [])


def test_whoever_comes_meanwhile_is_served_at_once_and_it_is_gone(playing, enqueue):
    made = playing(ENDLESS)
    (gone,) = room_jobs()
    job = enqueue("rain")
    made.step()
    assert (made.engine.cancelled, room_jobs()) == ([gone.id], [])
    assert job_now(job.id).status == "processing"
    made.work_until("completed", job)


def test_it_gives_way_even_where_there_is_a_free_place_beside_it(playing, enqueue):
    made = playing(ENDLESS, engine=FakeEngine([model("audio", batch=2)]))
    job = enqueue("rain")
    made.step()
    assert room_jobs() == [] and job_now(job.id).status == "processing"


def test_it_stands_before_nobody_and_counts_in_nobodys_time(playing, enqueue, config):
    with_nobody = enqueue("rain")
    alone = line(config).finished_in(job_now(with_nobody.id))
    with db.write() as session:
        session.delete(session.get_one(Job, with_nobody.id))
    playing(ENDLESS)
    job = enqueue("rain")
    now = line(config)
    assert (now.length, now.position(job), now.running) == (1, 1, [])
    assert now.finished_in(job_now(job.id)) == alone


def test_the_worker_says_that_it_is_ready_and_the_room_what_is_made(playing, config):
    made = playing(ENDLESS)
    made.worker.heartbeat.beat()
    with db.read() as session:
        said, room = worker_state(session), RoomState.read(session, PLAYED_A_DAY)
    assert said.text == "The worker is ready."
    assert room.text.endswith("1 of at most 3 in the last 24 hours. One is being made for Rain.")


def test_no_more_than_so_many_a_day_are_made_by_whichever_worker(playing):
    play_on(playing(), PLAYED_A_DAY + 1)
    assert len(room_jobs()) == PLAYED_A_DAY
    again = playing()  # as after a restart
    again.step(3)
    assert len(room_jobs()) == PLAYED_A_DAY
    with db.write() as session:
        session.execute(update(Job).values(created_ms=Job.created_ms - DAY_MS))
    play_on(again, 1)
    assert len(room_jobs()) == PLAYED_A_DAY + 1


def test_what_gave_way_does_not_count(playing, enqueue):
    made = playing(ENDLESS)
    made.work_until("completed", enqueue("rain"))
    with db.read() as session:
        assert made_lately(session) == 0


def test_a_paused_or_draining_queue_makes_nothing_by_itself(playing):
    for wanted in (Halt.paused, Halt.draining):
        with db.write() as session:
            halt(session, wanted, "")
        playing()
        assert room_jobs() == []


def test_a_model_that_would_have_to_be_loaded_is_left_alone(playing, enqueue):
    made = playing(engine=FakeEngine([model("audio", weightless=False)]))
    assert room_jobs() == []
    made.work_until("completed", enqueue("rain"))
    made.clock.seconds += LOOK_SECONDS
    made.step()
    assert len(room_jobs()) == 1


@pytest.mark.parametrize("hide", [{"visibility": Visibility.private}, {"withheld": "reports"}])
def test_words_that_were_hidden_meanwhile_are_not_used(playing, bench, enqueue, hide):
    first = bench()
    heard = enqueue("a secret")
    first.work_until("completed", heard)
    with db.write() as session:
        track = session.scalars(select(Track)).one()
        if "withheld" in hide:
            track.withhold(session, hide["withheld"])
        else:
            track.edit(session, None, hide["visibility"])
    playing(Idea("Rain", "audio", "a secret", 2.0, heard_id=heard.id))
    assert room_jobs() == []


def test_a_fault_ends_it_and_nobody_can_have_it_tried_again(playing):
    made = playing(Idea("Rain", "audio", "explode", 2.0))
    made.step()
    (job,) = room_jobs()
    assert job.status == "failed"
    with db.write() as session, pytest.raises(Refusal, match="Nobody asked for this one"):
        retry(session, session.get_one(Job, job.id), strict_tiers=False)


def test_a_stop_ends_it_at_once(playing):
    made = playing(ENDLESS)
    made.worker.stop()
    made.worker.step()
    assert room_jobs() == [] and made.worker.making.held == []


@pytest.mark.parametrize("point", ["after-submit", "mid-engine", "before-publish-commit", "after-publish-commit"])
def test_a_worker_killed_in_the_middle_leaves_nothing_waiting(people, config, database_url, enqueue, point):
    config.instance.mkdir(parents=True)
    assert run(play_for_the_room, config.instance, database_url, point) == KILLED
    job = enqueue("rain")
    assert line(config).waiting[0].id == job.id
    after = Bench(config, begin=False)
    after.worker.start()
    after.work_until("completed", job)
    after.worker.stop()
    after.worker.run()
    (killed,) = room_jobs()
    expected = ("completed", None, 2) if point == "after-publish-commit" else ("failed", NOT_AGAIN, 1)
    with db.read() as session:
        assert (killed.status, killed.error, session.scalar(select(func.count(Track.number)))) == expected
        assert made_lately(session) == 1
