import numpy as np
import pytest
from made_sounds import RATE, band, door_slam, noise, square, stereo, tone

from soundbox.audio.loudness import integrated_lufs, normalise, true_peak_db


@pytest.mark.parametrize("level", [0.03, 0.1, 0.9])
def test_music_of_any_level_reaches_the_target(level):
    levelled = normalise(band(level=level), RATE, target_lufs=-16.0)
    assert integrated_lufs(levelled, RATE) == pytest.approx(-16.0, abs=0.3)


def test_loudness_that_the_limiter_takes_is_made_up_for():
    levelled = normalise(band(), RATE, target_lufs=-11.0)
    assert true_peak_db(band()) + (-11.0 - integrated_lufs(band(), RATE)) > 0.0
    assert integrated_lufs(levelled, RATE) == pytest.approx(-11.0, abs=0.2)


@pytest.mark.parametrize("sound", [band(), noise(), tone(11_000), door_slam(), square(1.0)])
def test_no_true_peak_passes_the_ceiling(sound):
    levelled = normalise(sound, RATE, target_lufs=-6.0, ceiling_dbtp=-1.0)
    assert true_peak_db(levelled) <= -1.0 + 0.01


def test_true_peaks_lie_between_samples():
    swelling = np.hanning(RATE) * np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)
    assert np.abs(swelling).max() == pytest.approx(0.7071, abs=1e-3)
    assert true_peak_db(stereo(swelling)) == pytest.approx(0.0, abs=0.1)


def test_the_limiter_turns_down_without_clicks():
    sound = tone(100, level=0.1)
    sound[:, 2 * RATE : 2 * RATE + 2000] *= 8.0
    levelled = normalise(sound, RATE)
    loud = np.abs(sound[0]) > 0.02
    gain = levelled[0][loud] / sound[0][loud]
    assert gain.min() < 0.9 * gain.max()
    assert np.abs(np.diff(gain)).max() < 0.03 * gain.max()


def test_the_limiter_keeps_a_loop_seamless():
    sound = tone(100, level=0.1)
    sound[:, : RATE // 50] *= 8.0
    levelled = normalise(sound, RATE, loops=True)
    gain_at_end, gain_at_start = levelled[0, -50] / sound[0, -50], levelled[0, 50] / sound[0, 50]
    assert gain_at_end == pytest.approx(gain_at_start, rel=0.02)


def test_a_one_shot_is_brought_to_the_ceiling_by_its_peak():
    levelled = normalise(0.1 * door_slam(), RATE, one_shot=True)
    assert true_peak_db(levelled) == pytest.approx(-1.0, abs=0.01)


def test_a_one_shot_that_buzzes_stays_bearable():
    levelled = normalise(square(0.5), RATE, one_shot=True)
    assert integrated_lufs(levelled, RATE) == pytest.approx(-10.0, abs=0.1)


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.39])
def test_a_clip_shorter_than_a_gating_block_is_measured(seconds):
    assert integrated_lufs(tone(1000, seconds), RATE) == pytest.approx(integrated_lufs(tone(1000, 4.0), RATE), abs=1.0)


def test_silence_stays_silence():
    silence = np.zeros((2, RATE), np.float32)
    assert not normalise(silence, RATE).any()
    assert integrated_lufs(silence, RATE) == float("-inf")


def test_equal_samples_are_levelled_equally():
    assert np.array_equal(normalise(band(), RATE), normalise(band(), RATE))
    assert normalise(band(), RATE).dtype == np.float32
