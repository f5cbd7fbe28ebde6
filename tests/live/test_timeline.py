"""Moments and frames: whole numbers that never drift apart."""

from hypothesis import given
from hypothesis import strategies as st

from soundbox.live import timeline

FRAMES = st.integers(0, 50 * 365 * 86_400 * 48_000 // 1024)  # fifty years


@given(FRAMES)
def test_a_frame_is_on_air_at_its_moment_and_not_a_millisecond_before(frame):
    assert timeline.frame_at(timeline.moment_of(frame)) == frame
    assert timeline.frame_at(timeline.moment_of(frame) - 1) == frame - 1


@given(FRAMES)
def test_every_frame_lies_in_its_period(frame):
    period = timeline.period_at(frame)
    assert timeline.start_of(period) <= frame < timeline.start_of(period + 1)


def test_a_period_is_ten_minutes_to_the_sample():
    assert timeline.PERIOD_FRAMES * 1024 == 600 * 48_000
    assert timeline.seconds_of(timeline.PERIOD_FRAMES) == 600.0
