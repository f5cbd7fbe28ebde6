"""The right to work on a job."""

import pytest
from sqlalchemy import select, update

from soundbox.extensions import db
from soundbox.jobs.cancelling import cancel
from soundbox.jobs.claims import Report, held, line_of, longest_of, renew, report_progress
from soundbox.jobs.models import Dispatch, Job, State
from soundbox.jobs.scheduler import SKIP, order
from tests.jobs.conftest import claim, complete, job_now, move


def pay(job: Job, moment_ms: int) -> None:
    with db.write() as session:
        session.execute(update(Job).where(Job.id == job.id).values(band=SKIP, turn=moment_ms))


def test_a_claim_starts_the_job(enqueue):
    job = enqueue()
    taken = claim("w1")
    now = job_now(job.id)
    assert (taken.id, taken.lease_gen) == (job.id, 1)
    assert (now.status, now.worker_id, now.start_seq) == ("processing", "w1", 1)


def test_an_empty_queue_gives_nothing(people):
    assert claim() is None


def test_starts_equal_the_schedulers_order(enqueue):
    jobs = [enqueue(person=name, model=model) for name in ("ben", "dov", "cleo") for model in ("audio", "music") * 3]
    for moment, job in enumerate(jobs[10:15]):
        pay(job, moment)
    with db.read() as session:
        expected = [start.job.id for start in order([job.as_waiting() for job in Job.waiting(session)])]
    assert [claim().id for _ in jobs] == expected


def test_starts_equal_the_schedulers_order_with_a_model_in_memory(enqueue):
    jobs = [enqueue(person="cleo", model=model) for model in ("audio", "music", "music", "audio", "music", "music")]
    with db.read() as session:
        waiting = [job.as_waiting() for job in Job.waiting(session)]
        expected = order(waiting, 0, ("music",), now_ms=jobs[-1].enqueued_ms)
    loaded, starts = ("music",), []
    for _ in jobs:
        taken = claim(loaded=loaded)
        loaded = (taken.job.model,)
        starts.append(taken.id)
    assert starts == [start.job.id for start in expected]


def test_a_model_without_room_keeps_its_place(enqueue):
    enqueue(model="music")
    enqueue(model="audio")
    assert claim(room={"music": 0, "audio": 1}) is None


def test_a_model_that_is_not_served_is_left_to_others(enqueue):
    enqueue(model="tts")
    audio = enqueue(model="audio")
    assert claim(room={"audio": 1}).id == audio.id


def test_a_finished_job_is_finished_once(enqueue):
    enqueue()
    taken = claim()
    assert complete(taken)
    assert not complete(taken)
    assert job_now(taken.id).status == "completed"


def test_a_retry_runs_alone_and_keeps_its_place(enqueue):
    first, _ = enqueue(), enqueue()
    move(claim(), "fail", "the engine hiccuped", retry=True)
    assert claim(busy=True) is None
    again = claim()
    assert (again.id, again.job.alone, again.job.attempts) == (first.id, True, 1)


def test_the_third_failed_attempt_is_the_last(enqueue):
    job = enqueue()
    for _ in range(3):
        assert move(claim(), "fail", "the engine hiccuped", retry=True)
    assert (job_now(job.id).status, job_now(job.id).error) == ("failed", "the engine hiccuped")
    assert claim() is None


def test_what_can_never_work_fails_at_once(enqueue):
    job = enqueue()
    move(claim(), "fail", "Too long for this model.")
    assert job_now(job.id).status == "failed"


def test_giving_back_costs_nothing(enqueue):
    job = enqueue()
    move(claim(), "give_back")
    now = job_now(job.id)
    assert (now.status, now.attempts, now.deaths, now.alone) == ("queued", 0, 0, False)


def test_whoever_lost_the_lease_changes_nothing(enqueue):
    enqueue()
    old = claim("frozen")
    move(old, "give_back")
    new = claim("awake")
    for verb, arguments in (("fail", ("late",)), ("give_back", ()), ("finish", ())):
        named = {"engine": "late", "took_ms": 1} if verb == "finish" else {}
        assert not move(old, verb, *arguments, **named)
    with db.write() as session:
        assert renew(session, [old]) == report_progress(session, {old: Report(50, "late")}) == set()
    assert (job_now(new.id).worker_id, job_now(new.id).progress_pct) == ("awake", 0)


def test_progress_and_renewal_touch_only_what_is_held(enqueue):
    enqueue(), enqueue()
    mine, lost = claim(), claim()
    move(lost, "give_back")
    with db.write() as session:
        assert report_progress(session, {mine: Report(40, "bar 4 of 10"), lost: Report(90, "bar 9")}) == {mine.id}
        assert renew(session, [mine, lost]) == {mine.id}
    assert (job_now(mine.id).progress_pct, job_now(mine.id).progress) == (40, "bar 4 of 10")
    assert job_now(lost.id).progress_pct == 0


def test_a_queued_job_can_be_cancelled(enqueue):
    job = enqueue()
    with db.money() as session:
        assert cancel(session, job, by_owner=True)
    assert (job_now(job.id).status, job_now(job.id).error) == (State.cancelled, "Cancelled")
    assert claim() is None


def test_a_running_job_can_be_cancelled(enqueue):
    enqueue()
    taken = claim()
    with db.money() as session:
        assert cancel(session, taken.job, by_owner=True)
    with db.read() as session:
        assert held(session, [taken]) == set()
    assert not complete(taken)


def test_whoever_saw_it_waiting_does_not_stop_it_running(enqueue):
    job = enqueue()
    claim()
    with db.money() as session:
        assert not cancel(session, job, by_owner=True)
    assert job_now(job.id).status == State.processing


def test_an_ended_job_cannot_be_cancelled(enqueue):
    enqueue()
    taken = claim()
    complete(taken)
    with db.money() as session:
        assert not cancel(session, job_now(taken.id), by_owner=True)
    assert job_now(taken.id).status == State.completed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("rows", "index"), [(line_of, "ix_jobs_waiting"), (longest_of, "ix_jobs_arrival")])
def test_the_line_is_read_from_its_index(enqueue, rows, index):
    statement = rows(["audio", "music"]).compile(db.engine, compile_kwargs={"literal_binds": True})
    with db.read() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert f"USING INDEX {index}" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_starts_are_numbered_without_a_clock(enqueue):
    enqueue(), enqueue()
    first, second = claim(), claim()
    with db.read() as session:
        dispatch = session.scalars(select(Dispatch)).one()
    assert (first.job.start_seq, second.job.start_seq, dispatch.starts) == (1, 2, 2)
