"""Who starts next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundbox.jobs.scheduler import ORDINARY, SKIP, Waiting, band_for, order, turn_for

MINUTE_MS = 60_000


def row(name: str, turn: int = 0, band: int = ORDINARY, model: str = "audio", **known) -> Waiting:
    return Waiting(id=name, band=band, turn=turn, seq=known.pop("seq", turn), model=model, enqueued_ms=turn, **known)


def names(starts) -> list[str]:
    return [start.job.id for start in starts]


def test_who_came_first_starts_first():
    assert names(order([row("b", 2), row("c", 3), row("a", 1)])) == ["a", "b", "c"]


def test_equal_turns_go_by_arrival():
    assert names(order([row("late", 5, seq=9), row("early", 5, seq=8)])) == ["early", "late"]


def test_the_oldest_payment_goes_first():
    waiting = [row("ada", 1), row("second", 20, SKIP), row("first", 10, SKIP)]
    assert names(order(waiting)) == ["first", "second", "ada"]


def test_one_of_four_starts_goes_to_somebody_who_did_not_pay():
    paid = [row(f"paid{i}", i, SKIP) for i in range(6)]
    waiting = [*paid, row("ada", 1), row("ben", 2)]
    assert names(order(waiting)) == ["paid0", "paid1", "paid2", "ada", "paid3", "paid4", "paid5", "ben"]


def test_starts_before_a_restart_count_too():
    assert names(order([row("paid", 1, SKIP), row("ada", 1)], since_longest=3)) == ["ada", "paid"]


def test_skips_need_not_pause_for_nobody():
    assert names(order([row("paid", 1, SKIP)], since_longest=3)) == ["paid"]


def test_one_of_four_starts_goes_to_whoever_has_waited_longest():
    head_starts = [row(f"early{i}", -100 + i, seq=10 + i) for i in range(5)]
    starts = order([row("ada", 1, seq=1), row("ben", 2, seq=2), *head_starts])
    assert names(starts) == ["early0", "early1", "early2", "ada", "early3", "early4", "ben"]
    assert [start.by_waiting for start in starts] == [False, False, False, True, False, False, False]


def test_a_start_by_turn_counts_when_it_went_to_whoever_had_waited_longest():
    starts = order([row("ada", 1), row("ben", 2)])
    assert [start.since_longest for start in starts] == [0, 0]


def test_among_strict_tiers_the_highest_has_the_longest_waiting():
    waiting = [row("free", 1, band=5, seq=1), *(row(f"creator{i}", i, band=2, seq=2 + i) for i in range(5))]
    assert names(order(waiting, since_longest=3))[-1] == "free"


def test_a_loaded_model_goes_first():
    starts = order([row("head", 1), row("same", 2, model="music")], loaded=("music",), now_ms=100)
    assert names(starts) == ["same", "head"]
    assert starts[0].overtakes == ("head",)


def test_without_a_loaded_model_nothing_is_reordered():
    assert names(order([row("head", 1), row("same", 2, model="music")], now_ms=100)) == ["head", "same"]


def test_a_head_that_waited_a_minute_goes_first():
    waiting = [row("head", 0), row("same", 1, model="music")]
    assert names(order(waiting, loaded=("music",), now_ms=MINUTE_MS))[0] == "head"


def test_a_paid_skip_goes_before_a_loaded_model():
    waiting = [row("paid", 9, SKIP), row("same", 1, model="music")]
    assert names(order(waiting, loaded=("music",)))[0] == "paid"


def test_the_ninth_row_is_too_far_for_a_loaded_model():
    waiting = [*(row(f"other{i}", i) for i in range(8)), row("ninth", 8, model="music")]
    assert names(order(waiting, loaded=("music",)))[0] == "other0"


def test_a_row_overtaken_three_times_lets_nobody_pass():
    waiting = [row("head", 0), row("tired", 1, overtaken=3), row("same", 2, model="music")]
    assert names(order(waiting, loaded=("music",)))[0] == "head"


def test_a_new_model_takes_the_place_of_the_loaded_one():
    waiting = [row("head", 0, overtaken=3), row("music", 1, model="music"), row("audio", 2)]
    assert names(order(waiting, loaded=("music",))) == ["head", "audio", "music"]


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 50), st.sampled_from("amt")), max_size=40),
    st.integers(0, 3),
    st.sampled_from(["", "a", "am"]),
)
def test_everybody_starts_once_and_no_rule_is_broken(rows, since_longest, loaded):
    waiting = [row(str(i), turn, band, model, seq=i) for i, (band, turn, model) in enumerate(rows)]
    starts = order(waiting, since_longest, tuple(loaded), now_ms=60)
    assert sorted(names(starts)) == sorted(job.id for job in waiting)
    overtaken = [passed for start in starts for passed in start.overtakes]
    assert all(overtaken.count(name) <= 3 for name in overtaken)
    since = since_longest
    for i, start in enumerate(starts):
        left = [later.job for later in starts[i:] if not later.job.skipped]
        longest = min(left, key=lambda job: job.seq, default=None)
        since = 0 if start.job == longest or longest is None else since + 1
        assert since <= 3


@pytest.mark.parametrize("head_start", [0, 10, 20, 30, 60])
def test_a_head_start_moves_the_first_turn(head_start):
    assert turn_for(100 * MINUTE_MS, head_start * MINUTE_MS, None, 0) == (100 - head_start) * MINUTE_MS


@pytest.mark.parametrize(("estimated_seconds", "spacing"), [(0.1, 1), (30, 2), (1000, 10)])
def test_my_next_job_stands_four_times_the_last_ones_cost_later(estimated_seconds, spacing):
    assert turn_for(0, 20 * MINUTE_MS, 5 * MINUTE_MS, estimated_seconds) == (5 + spacing) * MINUTE_MS


def test_an_old_turn_of_mine_takes_nothing_away():
    assert turn_for(90 * MINUTE_MS, 0, 5 * MINUTE_MS, 10) == 90 * MINUTE_MS


def test_one_person_with_many_jobs_lets_others_in_between():
    hog = [turn_for(0, 0, None, 0)]
    for _ in range(3):
        hog.append(turn_for(0, 0, hog[-1], 8))
    waiting = [row(f"hog{i}", turn) for i, turn in enumerate(hog)] + [row("ada", 30_000)]
    assert names(order(waiting)) == ["hog0", "ada", "hog1", "hog2", "hog3"]


def test_strict_tiers_stand_in_bands():
    assert [band_for(rank, strict=True) for rank in range(3)] == [1, 2, 3]
    assert {band_for(rank, strict=False) for rank in range(3)} == {ORDINARY}
