"""A made-up day: what the README says of the queue stays true."""

from __future__ import annotations

import pytest

from soundbox.bench.demand import day
from soundbox.bench.fairness import Fairness, fairness


@pytest.fixture(scope="module")
def played() -> Fairness:
    return fairness(seed=1)


def test_a_day_is_busy_and_the_same_at_every_run(played: Fairness) -> None:
    assert day(1) == day(1) != day(2)
    assert played.asked > 3000 and 0.7 < played.busy < 0.95


def test_nobody_waits_beyond_the_starts_they_were_promised(played: Fairness) -> None:
    assert played.violations == 0 and 0 < played.bound_used < 1


def test_the_time_shown_is_a_quarter_off_at_most_in_every_tier(played: Fairness) -> None:
    assert played.error < 0.25 and played.error_of_waits < 0.25
    assert {wait.name: wait.error < 0.25 for wait in played.waits} == {wait.name: True for wait in played.waits}


def test_tiers_shorten_the_wait_and_skips_shorten_it_most(played: Fairness) -> None:
    middles = {wait.name: wait.p50 for wait in played.waits}
    assert middles["paid skips"] < middles["creator"] < middles["supporter"] < middles["free"]


def test_whoever_never_stops_asking_does_not_get_the_machine(played: Fairness) -> None:
    _, heavy = played.shares["heavy"]
    assert heavy < 0.2
