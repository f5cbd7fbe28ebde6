"""Moving a waiting job, and letting a failed one try again: places, promises and claims agree."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from soundbox.config import Config
from soundbox.extensions import db
from soundbox.jobs.line import Line
from soundbox.jobs.models import Dispatch, Job
from soundbox.jobs.moving import move_behind, move_to_front, retry
from soundbox.jobs.scheduler import SKIP
from soundbox.web.errors import Refusal
from tests.jobs.conftest import Enqueue, claim, complete, job_now, move


def front(job: Job) -> None:
    with db.write() as session:
        Dispatch.held(session)
        move_to_front(session, session.get_one(Job, job.id))


def behind(job: Job, other: Job) -> None:
    with db.write() as session:
        Dispatch.held(session)
        move_behind(session, session.get_one(Job, job.id), session.get_one(Job, other.id))


def again(job_id: str, *, strict: bool = False) -> None:
    with db.write() as session:
        Dispatch.held(session)
        retry(session, session.get_one(Job, job_id), strict_tiers=strict)


def in_turn() -> list[str]:
    """Ids by their turns."""
    with db.read() as session:
        return [job.id for job in Job.waiting(session)]


def pay(job: Job) -> None:
    with db.write() as session:
        session.execute(update(Job).where(Job.id == job.id).values(band=SKIP, turn=1, aura=1))


def failed(enqueue: Enqueue) -> str:
    enqueue()
    taken = claim()
    assert move(taken, "fail", "The engine stopped")
    return taken.id


def test_to_the_front_is_before_all_who_have_not_paid(enqueue: Enqueue) -> None:
    one, two, three, paid = (enqueue() for _ in range(4))
    pay(paid)
    front(three)
    assert in_turn() == [paid.id, three.id, one.id, two.id]


def test_behind_another_is_right_behind_it(enqueue: Enqueue) -> None:
    one, two, three, four = (enqueue() for _ in range(4))
    behind(four, one)
    assert in_turn() == [one.id, four.id, two.id, three.id]
    behind(one, three)
    assert in_turn() == [four.id, two.id, three.id, one.id]


def test_there_is_a_place_between_rows_of_the_same_moment(enqueue: Enqueue) -> None:
    one, two, three = (enqueue() for _ in range(3))
    with db.write() as session:
        session.execute(update(Job).values(turn=7))
    behind(three, one)
    assert in_turn() == [one.id, three.id, two.id]


def test_claims_follow_what_the_pages_show(enqueue: Enqueue, config: Config) -> None:
    jobs = [enqueue(person=name) for name in ("cleo", "ben", "dov", "cleo", "ben")]
    front(jobs[4])
    behind(jobs[0], jobs[2])
    with db.read() as session:
        shown = [job.id for job in Line.read(session, config).waiting]
    assert [claim().id for _ in jobs] == shown


def test_what_was_promised_at_most_still_holds(enqueue: Enqueue, public: Config) -> None:
    jobs = [enqueue() for _ in range(6)]
    with db.read() as session:
        line = Line.read(session, public)
        promised = {job.id: line.at_most(job) for job in jobs}
    for job in reversed(jobs[3:]):
        front(job)
    starts = [claim().id for _ in jobs]
    assert all(starts.index(job.id) <= promised[job.id] for job in jobs)


@pytest.fixture
def public(config: Config) -> Config:
    return Config.load(config.instance, database=config.database, worker="none", mode="accounts")


def test_a_person_s_next_job_is_spaced_as_if_nothing_had_moved(enqueue: Enqueue) -> None:
    one, two = enqueue(), enqueue()
    own = [job_now(job.id).own_turn for job in (one, two)]
    front(two)
    assert [job_now(job.id).own_turn for job in (one, two)] == own


@pytest.mark.parametrize("verb", ["front", "behind"])
def test_what_runs_or_has_paid_is_not_moved(enqueue: Enqueue, verb: str) -> None:
    running, paid, other = enqueue(), enqueue(), enqueue()
    claim()
    pay(paid)
    for job in (running, paid):
        with pytest.raises(Refusal):
            front(job) if verb == "front" else behind(job, other)
    with pytest.raises(Refusal):
        behind(other, paid if verb == "front" else running)


def test_a_failed_job_waits_again_behind_those_who_wait(enqueue: Enqueue) -> None:
    job_id = failed(enqueue)
    waiting = enqueue()
    again(job_id)
    assert in_turn() == [waiting.id, job_id]
    now = job_now(job_id)
    assert (now.status, now.attempts, now.deaths, now.error, now.alone) == ("queued", 0, 0, None, True)
    with db.read() as session:
        arrivals = session.scalars(select(Job.seq).order_by(Job.seq)).all()
    assert all(before < after for before, after in pairwise(arrivals))


def test_a_retried_job_is_made_and_its_former_worker_cannot_touch_it(enqueue: Enqueue) -> None:
    enqueue()
    former = claim()
    assert move(former, "fail", "The engine stopped")
    again(former.id)
    taken = claim("w2")
    assert taken.id == former.id and not complete(former)
    assert complete(taken)


def test_only_what_failed_is_tried_again(enqueue: Enqueue) -> None:
    job = enqueue()
    with pytest.raises(Refusal, match="failed"):
        again(job.id)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), max_size=12))
def test_any_moves_give_the_order_of_a_list(moves: list[tuple[int, int]]) -> None:
    """Played against a plain list, on rows that know nothing else."""
    rows = {number: (1, 1000, number) for number in range(6)}  # band, turn, seq as the verbs set them
    expected = list(range(6))
    for job, other in moves:
        if job == other:
            continue
        expected.remove(job)
        expected.insert(0 if other < 0 else expected.index(other) + 1, job)
        others = {number: place for number, place in rows.items() if number != job}
        if other < 0:
            rows[job] = (1, min(others.values())[1] - 1, rows[job][2])
            continue
        here = rows[other]
        for number, place in others.items():
            if place > here:
                rows[number] = (1, place[1] + 2, place[2])
        rows[job] = (1, here[1] + 1, rows[job][2])
    assert sorted(rows, key=rows.__getitem__) == expected
