import numpy as np
import pytest
from made_sounds import RATE, band, noise, syllables, tone

from soundbox.audio.loop import make_seamless

SOUNDS = {
    "noise": noise(),
    "a tone that does not fit": tone(220.7, seconds=4.01),
    "a low tone": tone(55.3, seconds=3.97),
    "two tones": tone(220.7) + tone(331.3),
    "music": band(),
    "a voice": syllables(),
    "a fall in level": noise() * np.linspace(1.0, 0.5, 4 * RATE, dtype=np.float32),
}


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
def test_the_step_at_the_wrap_is_no_larger_than_those_inside(sound):
    loop = make_seamless(sound, RATE, 0.5)
    inside = np.abs(np.diff(loop.samples, axis=1)).max()
    assert np.abs(loop.samples[:, 0] - loop.samples[:, -1]).max() <= inside


@pytest.mark.parametrize("name", ["noise", "a tone that does not fit", "a low tone", "two tones"])
def test_the_level_neither_dips_nor_bulges_around_the_wrap(name):
    twice = np.tile(make_seamless(SOUNDS[name], RATE, 0.5).samples[0], 2)
    middle = len(twice) // 2
    levels = [level_db(twice[start : start + RATE // 10]) for start in range(middle - RATE, middle + RATE, RATE // 20)]
    elsewhere = level_db(SOUNDS[name][0])
    assert max(abs(level - elsewhere) for level in levels) < 1.0


def level_db(signal):
    return 10 * np.log10(np.mean(np.square(signal, dtype=np.float64)))


def test_loop_points_span_the_whole_shorter_sound():
    loop = make_seamless(noise(seconds=4.0), RATE, 0.5)
    assert loop.loop_points == (0, loop.samples.shape[1])
    assert loop.samples.shape[1] / RATE == pytest.approx(3.5, abs=0.021)


def test_what_lies_between_the_overlaps_is_untouched():
    sound = band()
    loop = make_seamless(sound, RATE, 0.5)
    assert np.array_equal(loop.samples[:, RATE:], sound[:, RATE : loop.samples.shape[1]])


def test_an_overlap_takes_at_most_half():
    loop = make_seamless(noise(seconds=1.0), RATE, 30.0)
    assert loop.samples.shape[1] >= RATE // 2


def test_a_sound_of_one_frame_cannot_loop():
    with pytest.raises(ValueError, match="two frames"):
        make_seamless(np.zeros((2, 1), np.float32), RATE, 0.5)
