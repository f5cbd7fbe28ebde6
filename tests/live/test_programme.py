"""A programme as segments, and the playlist that shows them, without a database."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundbox.audio.cut import SHORTEST_FRAMES
from soundbox.live import timeline
from soundbox.live.playlist import AHEAD_FRAMES, BEHIND_FRAMES, fresh_seconds, media_playlist, window
from soundbox.live.programme import LONGEST_SEGMENT_FRAMES, Entry, Programme, beginning

LENGTHS = st.lists(st.integers(SHORTEST_FRAMES, 180 * 47), min_size=1, max_size=40)


def programme_of(lengths, period=1000, before=None):
    entries = tuple(Entry(f"{place:032x}", frames) for place, frames in enumerate(lengths))
    return Programme(period, *beginning(period, before), entries)


@given(LENGTHS)
def test_segments_cover_a_programme_without_gap_and_count_by_one(lengths):
    programme = programme_of(lengths)
    segments = [segment for airing in programme.airings for segment in airing.segments()]
    ends = [segment.start_frame + segment.frames for segment in segments]
    assert [programme.start_frame, *ends[:-1]] == [segment.start_frame for segment in segments]
    assert ends[-1] == programme.end_frame
    assert [segment.sequence for segment in segments] == list(range(segments[0].sequence, programme.next_sequence))
    assert all(SHORTEST_FRAMES <= segment.frames <= LONGEST_SEGMENT_FRAMES for segment in segments)


@given(LENGTHS, st.integers(0, 10**6))
def test_a_segment_is_found_by_its_number_and_an_entry_by_the_clock(lengths, chosen):
    programme = programme_of(lengths)
    airing = programme.at(programme.start_frame + chosen % (programme.end_frame - programme.start_frame))
    for segment in airing.segments():
        assert programme.with_sequence(segment.sequence) == segment
    assert programme.at(programme.start_frame - 1) is None is programme.at(programme.end_frame)
    assert programme.with_sequence(programme.next_sequence) is None


@given(LENGTHS)
def test_sequence_numbers_never_go_back_whoever_was_away(lengths):
    """The next period follows in any case; one after a pause takes its number from the clock."""
    first = programme_of(lengths)
    later = timeline.period_at(first.end_frame) + 1
    after_a_pause = programme_of(lengths, period=later)
    assert programme_of(lengths, 1001, first).first_sequence == first.next_sequence
    assert after_a_pause.first_sequence >= first.next_sequence
    assert after_a_pause.first_sequence < 1 << 31  # 32 bits are enough for every player, until 2160


@given(LENGTHS, LENGTHS, st.integers(-3000, 3000))
def test_a_playlist_grows_at_its_end_only(lengths, more, moved):
    first = programme_of([*lengths, 28_125])
    programmes = [first, programme_of([*more, 28_125], 1001, first)]
    now = first.end_frame + moved
    earlier, later = (window(programmes, moment) for moment in (now, now + 100))
    kept = [segment for segment in earlier if segment in later]
    assert kept == later[: len(kept)] == earlier[-len(kept) :]


@given(LENGTHS, st.floats(0, 1))
def test_the_window_is_as_long_as_players_need(lengths, share):
    first = programme_of([28_125, *lengths, 28_125])
    now = int(first.start_frame + BEHIND_FRAMES + share * (first.end_frame - first.start_frame - 28_125))
    segments = window([first], now)
    assert segments[0].start_frame <= now - BEHIND_FRAMES < segments[0].start_frame + segments[0].frames
    assert segments[-1].start_frame <= now + AHEAD_FRAMES < segments[-1].start_frame + segments[-1].frames
    assert 1 <= fresh_seconds(segments, now) <= 4


@pytest.fixture
def lines():
    programme = programme_of([500, 94, 600, 1000])
    segments = window([programme], programme.start_frame + 700)
    text = media_playlist(segments, lambda segment: f"live/{segment.sequence}.aac", lambda _: "Rain,\r\n#EXT-X-ENDLIST")
    return text.splitlines()


def told(lines, tag):
    return [line.removeprefix(tag) for line in lines if line.startswith(tag)]


def test_a_playlist_is_as_rfc_8216_has_it(lines):
    assert lines[0] == "#EXTM3U"
    assert told(lines, "#EXT-X-VERSION:") == ["3"]  # decimal durations
    seconds = [float(line.partition(",")[0]) for line in told(lines, "#EXTINF:")]
    target = int(told(lines, "#EXT-X-TARGETDURATION:")[0])
    assert all(round(duration) <= target for duration in seconds)  # 4.3.3.1
    assert sum(seconds) >= 3 * target  # 6.2.2: what a live playlist must hold
    assert "#EXT-X-ENDLIST" not in lines
    assert not told(lines, "#EXT-X-DISCONTINUITY")
    addresses = [line for line in lines if not line.startswith("#")]
    first = int(told(lines, "#EXT-X-MEDIA-SEQUENCE:")[0])
    assert addresses == [f"live/{first + place}.aac" for place in range(len(seconds))]


def test_its_dates_run_with_its_durations(lines):
    dates = [datetime.fromisoformat(date).timestamp() for date in told(lines, "#EXT-X-PROGRAM-DATE-TIME:")]
    seconds = [float(line.partition(",")[0]) for line in told(lines, "#EXTINF:")]
    for before, after, duration in zip(dates, dates[1:], seconds, strict=False):
        assert abs(after - before - duration) < 0.002
