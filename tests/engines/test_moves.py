"""What the console does while a piece runs: faders and a filter that move with the sections."""

import numpy as np
import pytest

from soundbox.engines.procedural.composer import moves_of
from soundbox.engines.procedural.mixing.moves import FADERS, FILTERS, Moves, Stretch, moves
from soundbox.engines.procedural.piece import planned
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Recipe

SECOND = SAMPLE_RATE


def noise(seconds: int) -> np.ndarray:
    return np.random.default_rng(3).standard_normal((2, seconds * SECOND)).astype(np.float32)


def treble(sound: np.ndarray) -> float:
    return float(np.abs(np.diff(sound, axis=1)).mean())


def test_nothing_marked_is_nothing_moved():
    plain = moves([Stretch(0, SECOND), Stretch(SECOND, 2 * SECOND)])

    assert not plain.fades and not plain.sweeps and not Moves().fades and not Moves().sweeps


@pytest.mark.parametrize("mark", FADERS)
def test_a_fader_follows_its_course(mark):
    sound = noise(2)
    plain = sound.copy()
    moves([Stretch(0, 2 * SECOND, (mark,))]).fade(sound, 0)

    heard = 20 * np.log10(np.abs(sound[0, [2_000, -2_000]]) / np.abs(plain[0, [2_000, -2_000]]))
    assert heard == pytest.approx([FADERS[mark][0][1], FADERS[mark][-1][1]], abs=1.2)


@pytest.mark.parametrize("mark", FILTERS)
def test_a_filter_takes_the_top_away_and_gives_it_back(mark):
    sound = noise(3)
    marked = moves([Stretch(0, 2 * SECOND, (mark,)), Stretch(2 * SECOND, 3 * SECOND)])
    marked.sweep("chords", sound, 0)

    darkest = min(treble(sound[:, start : start + SECOND // 4]) for start in range(0, 2 * SECOND, SECOND // 4))
    assert darkest < 0.25 * treble(noise(3))
    assert np.array_equal(sound[:, 2 * SECOND + 2_048 :], noise(3)[:, 2 * SECOND + 2_048 :])


def test_blocks_are_swept_as_the_whole_is():
    whole, parts = noise(2), noise(2)
    stretches = [Stretch(0, 2 * SECOND, ("opens", "swells"))]
    one, other = moves(stretches), moves(stretches)
    one.sweep("chords", whole, 0)
    half = 40 * 1_024
    other.sweep("chords", parts[:, :half], 0)
    other.sweep("chords", parts[:, half:], half)

    assert np.allclose(whole, parts, atol=1e-5)


def test_breathing_has_its_own_measure():
    breathing = moves([Stretch(0, 8 * SECOND)], (4 * SECOND, 10.0))

    level = np.interp([0, 2 * SECOND, 4 * SECOND], breathing.frames, breathing.decibels)
    assert level == pytest.approx([-10, 0, -10], abs=0.6)


def test_a_loop_is_left_alone():
    assert moves_of(planned(Recipe("techno", 30.0, 1))).sweeps
    assert not moves_of(planned(Recipe("techno", 30.0, 1, loop=True))).sweeps
