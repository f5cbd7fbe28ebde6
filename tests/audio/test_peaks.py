import json

import numpy as np
from made_sounds import RATE, band, tone

from soundbox.audio.peaks import peaks


def test_two_hundred_pairs_outline_a_sound():
    outline = peaks(tone(level=0.5))
    assert len(outline) == 400
    assert set(outline[::2]) == {-64} or max(outline[::2]) < -60
    assert min(outline[1::2]) > 60


def test_the_loudest_frame_is_always_seen():
    samples = 0.1 * band()
    samples[1, 123_456] = -1.0
    outline = peaks(samples)
    assert outline[2 * (123_456 * 200 // (8 * RATE))] == -127


def test_peaks_travel_as_small_json():
    assert len(json.dumps(peaks(band()), separators=(",", ":"))) < 1700


def test_short_empty_and_overloud_sounds_have_an_outline_too():
    assert peaks(np.array([[0.5, -0.5]], np.float32), pairs=4) == [64, 64, 64, 64, -64, -64, -64, -64]
    assert peaks(np.zeros((2, 0), np.float32), pairs=2) == [0, 0, 0, 0]
    assert peaks(np.array([[3.0, -3.0]], np.float32), pairs=1) == [-127, 127]
