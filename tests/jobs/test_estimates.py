"""How long it will take."""

import pytest

from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import Recipe
from soundbox.extensions import db
from soundbox.jobs.estimates import UNKNOWN, Pace, Work, eta, measured_pace, overtaking, pace_from, seconds_to_make
from tests.jobs.conftest import claim, move


def test_before_any_measurement_the_margin_is_wide():
    assert pace_from([]) == UNKNOWN
    assert UNKNOWN.p90 >= 4 * UNKNOWN.p50


def test_the_pace_is_the_median_and_what_nine_of_ten_stay_under():
    pace = pace_from([0.1 * i for i in range(1, 12)])
    assert (pace.p50, pace.p90) == (pytest.approx(0.6), pytest.approx(1.0))


def test_few_measurements_keep_a_margin():
    assert pace_from([0.5]) == Pace(0.5, 1.0, 1)


def test_waits_add_up_and_surprises_partly_cancel():
    work = [Work("music", 10.0), Work("music", 10.0)]
    found = eta(work, {"music": Pace(1.0, 2.0)})
    assert found.p50 == 20
    assert 30 < found.p90 < 40


def test_half_done_is_half_the_wait():
    assert eta([Work("music", 10.0, share_left=0.5)], {"music": Pace(1.0, 2.0)}).p50 == 5


def test_an_unknown_model_is_estimated_carefully():
    assert eta([Work("new", 10.0)], {}).p90 == UNKNOWN.p90 * 10


def test_the_pace_comes_from_finished_jobs_of_that_model(enqueue):
    for model, took_ms in (("audio", 1000), ("audio", 3000), ("music", 9000)):
        enqueue(model=model, seconds=2.0)
        move(claim(), "finish", engine="test", took_ms=took_ms)
    with db.read() as session:
        assert measured_pace(session, "audio").p50 == 1.0
        assert measured_pace(session, "tts") == UNKNOWN
    assert enqueue(model="audio", seconds=4.0).estimated_seconds == 4.0


SONG = Recipe("house", 20.0, 1)
LONGER = Recipe("house", 10.0, 1, relation="extend", parent=SONG)  # 30 s long


@pytest.mark.parametrize(
    ("relation", "parent", "worked_on"),
    [
        (None, None, 5),
        ("vary", SONG, 5),
        ("reference", LONGER, 5),
        ("extend", SONG, 20 + (20 + 5)),
        ("extend", LONGER, 20 + (20 + 10) + (30 + 5)),
        ("extend", Recipe("house", 8.0, 2, relation="vary", parent=LONGER), 8 + (8 + 5)),
    ],
)
def test_an_extension_works_on_all_that_it_extends(relation, parent, worked_on):
    assert seconds_to_make(5.0, relation, recipes.as_data(parent) if parent else None) == worked_on


def test_an_extension_is_estimated_and_measured_by_what_is_worked_on(enqueue):
    extension = {"model": "music", "engine_relation": "extend", "parent_recipe": recipes.as_data(SONG)}
    enqueue(seconds=5.0, **extension)
    move(claim(), "finish", engine="test", took_ms=90_000)
    with db.read() as session:
        assert measured_pace(session, "music").p50 == 2.0
    assert enqueue(model="music", seconds=5.0).estimated_seconds == 10.0
    job = enqueue(seconds=5.0, **extension)
    assert job.estimated_seconds == 90.0
    assert Work.of(job) == Work("music", 45.0)


def test_who_comes_with_a_head_start_makes_a_wait_longer() -> None:
    busy = {1_800_000: 0.5}  # half a second of work comes each second
    assert overtaking(100, turn=0, now_ms=0, demand={}).p50 == 0
    few, many = (overtaking(100, turn=0, now_ms=0, demand={1_800_000: rate}).p50 for rate in (0.1, 0.5))
    assert 0 < few < many
    assert overtaking(100, turn=0, now_ms=0, demand=busy).p90 > many


def test_nobody_overtakes_once_their_head_start_has_passed() -> None:
    assert overtaking(100, turn=0, now_ms=1_800_000, demand={1_800_000: 0.5}).p50 == 0
    closing = overtaking(100, turn=0, now_ms=1_790_000, demand={1_800_000: 0.5}).p50
    assert closing == pytest.approx(0.6 * 0.5 * 10)
