"""Into the queue."""

import threading

import pytest
from sqlalchemy import func, select, update

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.jobs import admission
from soundbox.jobs.admission import HourlyLimit, QueueFull, TooManyWaiting, Wish
from soundbox.jobs.models import Job
from tests.jobs.conftest import claim, complete

MINUTE_MS = 60_000


def test_a_full_queue_refuses(enqueue):
    for _ in range(3):
        enqueue(room=3)
    with pytest.raises(QueueFull) as refused:
        enqueue(room=3)
    assert refused.value.retry_after > 0


def test_takes_come_all_or_not_at_all(people):
    with pytest.raises(QueueFull), db.write() as session:
        admission.enqueue(session, people["cleo"], Wish("audio", "rain", 2.0), takes=4, room=3)
    with db.read() as session:
        assert Job.waiting(session) == []


def test_takes_are_siblings_with_seeds_of_their_own(people):
    with db.write() as session:
        jobs = admission.enqueue(session, people["cleo"], Wish("audio", "rain", 2.0, seed=7), takes=3)
    assert [job.seed for job in jobs] == [7, 8, 9]
    assert len({job.takes_id for job in jobs}) == 1


def test_a_seed_is_chosen_and_kept(enqueue):
    job = enqueue()
    assert 0 <= job.seed < 2**32
    assert not job.seed_named


def test_a_free_person_may_have_two_waiting(enqueue):
    enqueue(person="ada"), enqueue(person="ada")
    with pytest.raises(TooManyWaiting):
        enqueue(person="ada")


def test_the_hourly_budget_says_when_a_place_comes_free(enqueue):
    for _ in range(3):
        enqueue(person="ada")
        complete(claim())
    with pytest.raises(HourlyLimit) as refused:
        enqueue(person="ada")
    assert 3500 < refused.value.retry_after <= 3600


def test_the_hourly_budget_slides(enqueue, people):
    for _ in range(3):
        enqueue(person="ada")
        complete(claim())
    with db.write() as session:
        session.execute(update(Job).values(created_ms=Job.created_ms - 61 * MINUTE_MS))
    assert enqueue(person="ada").status == "queued"


def test_a_new_cookie_does_not_help_a_guest(people):
    wish = Wish("audio", "rain", 2.0, address="192.0.2.7")
    for _ in range(2):
        with db.write() as session:
            admission.enqueue(session, User.add_guest(session)[0], wish)
    with pytest.raises(TooManyWaiting), db.write() as session:
        admission.enqueue(session, User.add_guest(session)[0], wish)


def test_members_share_an_address_freely(people):
    for name in ("ada", "ben", "dov"):
        with db.write() as session:
            jobs = admission.enqueue(session, people[name], Wish("audio", "rain", 2.0, address="192.0.2.7"), takes=2)
        assert jobs[0].address is None


def test_exactly_a_hundred_fit_when_everybody_comes_at_once(people):
    def crowd() -> None:
        for _ in range(30):
            try:
                with db.write() as session:
                    admission.enqueue(session, people["cleo"], Wish("audio", "rain", 2.0))
            except QueueFull:
                return

    threads = [threading.Thread(target=crowd) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 100


def test_a_higher_tier_has_a_head_start(enqueue):
    free, premium = enqueue(person="ada"), enqueue(person="dov")
    assert free.turn - premium.turn == pytest.approx(20 * MINUTE_MS, abs=MINUTE_MS)


def test_my_second_job_stands_behind_my_first(enqueue):
    first, second = enqueue(), enqueue()
    assert second.turn == first.turn + MINUTE_MS


def test_strict_tiers_go_before_each_other(people):
    wish = Wish("audio", "rain", 2.0)
    with db.write() as session:
        free = admission.enqueue(session, people["ada"], wish, strict_tiers=True)[0]
        creator = admission.enqueue(session, people["ben"], wish, strict_tiers=True)[0]
    assert creator.band < free.band


def test_a_clock_that_jumps_back_lets_nobody_pass(enqueue):
    first = enqueue(person="ben")
    ahead = now_ms() + 60 * MINUTE_MS
    with db.write() as session:
        session.execute(update(Job).values(enqueued_ms=ahead, turn=ahead - 30 * MINUTE_MS))
    second = enqueue(person="ada")
    assert second.enqueued_ms == ahead
    assert claim().id == first.id
