"""What stations play: a simulated week, and what must hold on every station however small."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundbox.live import timeline
from soundbox.live.drawing import MAKER_SPACING, REPEAT_FRAMES, Choice, Past, Playable, draw
from soundbox.live.programme import Why

HOUR = timeline.frames_in(3600)


def library(tracks, makers, seed=1):
    dice = random.Random(seed)
    return [
        Playable(f"{number:032x}", number % makers, dice.randrange(400, 2000), dice.random(), dice.uniform(0, 100))
        for number in range(tracks)
    ]


def hours(tracks, count, unheard=()):
    """Entries of so many hours in a row, each with the frame at which it begins."""
    past, frame, aired = Past(), 0, []
    waiting = list(unheard)
    for period in range(count * 6):
        entries = draw(Choice(tracks, waiting[:40]), past, frame, timeline.start_of(period + 1), f"{period}")
        waiting = [track for track in waiting if track.track_id not in past.ended]
        for entry in entries:
            aired.append((frame, entry))
            frame += entry.frames
    return aired


def test_nothing_comes_again_within_two_hours_on_a_large_station():
    last = {}
    for frame, entry in hours(library(700, 40), 12):
        assert frame - last.get(entry.track_id, -REPEAT_FRAMES) >= REPEAT_FRAMES
        last[entry.track_id] = frame + entry.frames


def test_makers_stand_apart():
    makers = {track.track_id: track.maker for track in library(300, 12)}
    heard = [makers[entry.track_id] for _, entry in hours(library(300, 12), 12)]
    assert all(heard[place] not in heard[max(0, place - MAKER_SPACING + 1) : place] for place in range(len(heard)))


def test_everything_is_on_air_some_day():
    tracks = library(500, 40)
    seldom = [Playable(track.track_id, track.maker, track.frames, 0.0, 1000.0) for track in tracks]
    assert {entry.track_id for _, entry in hours(tracks[:50], 24, unheard=seldom)} == {one.track_id for one in tracks}


def test_what_is_voted_for_is_heard_more_often():
    tracks = library(700, 40)
    aired = Counter(entry.track_id for _, entry in hours(tracks, 48))
    ranked = sorted(tracks, key=lambda track: track.rating)
    worst, best = (sum(aired[track.track_id] for track in some) for some in (ranked[:100], ranked[-100:]))
    assert best > 2 * worst > 0


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_a_small_station_goes_round(tracks, makers, seed):
    aired = [entry.track_id for _, entry in hours(library(tracks, makers, seed), 1)]
    apart = tracks // 2
    assert len(set(aired)) == tracks
    assert all(aired[place] not in aired[max(0, place - apart) : place] for place in range(len(aired)))


def test_one_sound_of_four_seconds_fills_a_period():
    only = Playable("a" * 32, 1, timeline.frames_in(4.0), 0.0, 0.0)
    entries = draw(Choice([only]), Past(), 0, timeline.PERIOD_FRAMES, "seed")
    assert sum(entry.frames for entry in entries) >= timeline.PERIOD_FRAMES
    assert len(entries) == -(-timeline.PERIOD_FRAMES // only.frames)


def test_an_empty_station_has_no_programme():
    assert draw(Choice([]), Past(), 0, timeline.PERIOD_FRAMES, "seed") == []


def test_what_was_asked_for_comes_every_other_time_and_what_is_new_in_between():
    tracks = library(50, 10)
    choice = Choice(tracks[10:], new=tracks[3:6], requested=tracks[:3])
    entries = draw(choice, Past(), 0, timeline.PERIOD_FRAMES, "seed")
    assert [entry.track_id for entry in entries[:5:2]] == [track.track_id for track in tracks[:3]]
    assert {entry.track_id for entry in entries if entry.why is Why.new} == {track.track_id for track in tracks[3:6]}
    assert [entry.why for entry in entries[:4]] == [Why.requested, Why.new, Why.requested, Why.new]


def test_a_request_is_played_though_it_was_on_air_just_now():
    tracks = library(50, 10)
    past = Past({tracks[0].track_id: 0})
    assert draw(Choice(tracks, requested=tracks[:1]), past, 0, 10, "seed")[0].why is Why.requested


@pytest.mark.parametrize("seed", ["a", "b"])
def test_equal_dice_draw_equal_programmes(seed):
    drawn = [draw(Choice(library(80, 9)), Past(), 0, timeline.PERIOD_FRAMES, seed) for _ in range(2)]
    assert drawn[0] == drawn[1]
