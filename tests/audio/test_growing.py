"""A sound that grows: levelled, resampled and cut in pieces, it is what it would be in one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import resample_poly

from soundbox.audio.cut import FRAME_SAMPLES, RATE
from soundbox.audio.growing import CONTEXT_FRAMES, SEGMENT_FRAMES, Growing, Resampler, Stretch
from soundbox.audio.levelling import CEILING, KNEE, TARGET_LUFS, Leveller, bent
from soundbox.audio.loudness import integrated_lufs


def noise(seconds: float, rate: int, level: float = 0.1, channels: int = 2, seed: int = 1) -> np.ndarray:
    found = np.random.default_rng(seed).normal(0, level, (channels, round(seconds * rate)))
    return found.astype(np.float32)


def pieces(sound: np.ndarray, frames: int) -> list[np.ndarray]:
    return [sound[:, start : start + frames] for start in range(0, sound.shape[1], frames)]


def own(stretch: Stretch) -> np.ndarray:
    """What belongs to it, without its surroundings."""
    first = stretch.before * FRAME_SAMPLES
    return stretch.samples[:, first : first + stretch.frames * FRAME_SAMPLES]


@pytest.mark.parametrize("rate", [8_000, 22_050, 32_000, 44_100, 48_000])
@pytest.mark.parametrize("size", [37, 1_000, 9_999])
def test_resampled_in_pieces_it_is_what_it_would_be_in_one(rate: int, size: int) -> None:
    sound, resampler = noise(0.6, rate), Resampler(rate)
    joined = np.concatenate([*map(resampler.add, pieces(sound, size)), resampler.rest()], axis=1)

    common = np.gcd(rate, RATE)
    whole = resample_poly(sound, RATE // common, rate // common, axis=1)
    assert joined.shape[1] >= whole.shape[1]
    assert np.abs(joined[:, : whole.shape[1]] - whole).max() < 1e-5
    assert np.abs(joined[:, whole.shape[1] + RATE // 100 :]).max(initial=0) < 1e-5


@pytest.mark.parametrize("size", [500, 20_000, 200_000])
def test_no_frame_is_lost_or_comes_twice_however_a_sound_comes(size: int) -> None:
    sound = noise(5.3, RATE)
    growing = Growing(RATE)
    stretches = [growing.add(piece, lufs=TARGET_LUFS) for piece in pieces(sound, size)]
    found = [stretch for stretch in (*stretches, growing.rest()) if stretch]

    joined = np.concatenate([own(stretch) for stretch in found], axis=1)
    frames = -(-sound.shape[1] // FRAME_SAMPLES)
    assert joined.shape[1] == frames * FRAME_SAMPLES
    assert np.abs(joined[:, : sound.shape[1]] - sound).max() < 1e-5
    assert all(stretch.frames % SEGMENT_FRAMES == 0 for stretch in found[:-1])


def test_a_stretch_brings_the_surroundings_of_its_frames() -> None:
    sound = noise(5.0, RATE)
    growing = Growing(RATE)
    first, second = (growing.add(half, lufs=TARGET_LUFS) for half in np.array_split(sound, 2, axis=1))

    assert first and second and first.before == 0 and second.before == CONTEXT_FRAMES
    after = first.samples[:, (first.before + first.frames) * FRAME_SAMPLES :]
    assert after.shape[1] == CONTEXT_FRAMES * FRAME_SAMPLES
    assert np.abs(after - own(second)[:, : after.shape[1]]).max() < 1e-5


def test_one_channel_is_heard_on_both_sides() -> None:
    stretch = Growing(22_050).add(noise(3.0, 22_050, channels=1))
    assert stretch and np.array_equal(stretch.samples[0], stretch.samples[1])


def test_nothing_at_all_is_nothing_to_cut() -> None:
    assert Growing(RATE).rest() is None


@pytest.mark.parametrize("level", [0.01, 0.05, 0.3])
def test_a_sound_of_one_level_comes_to_that_of_all_others(level: float) -> None:
    leveller = Leveller(RATE)
    grown = np.concatenate([leveller.level(piece) for piece in pieces(noise(8.0, RATE, level), RATE)], axis=1)
    assert abs(integrated_lufs(grown, RATE) - TARGET_LUFS) < 1.5


def test_a_quiet_beginning_is_raised_slowly_and_what_is_loud_behind_it_does_not_frighten() -> None:
    leveller = Leveller(RATE)
    quiet = [leveller.level(piece) for piece in pieces(noise(4.0, RATE, 0.02), RATE)]
    loud = [leveller.level(piece) for piece in pieces(noise(4.0, RATE, 0.3, seed=2), RATE)]

    assert max(integrated_lufs(piece, RATE) for piece in quiet) < TARGET_LUFS + 1.5
    assert max(integrated_lufs(piece, RATE) for piece in loud) < -6
    assert abs(integrated_lufs(loud[-1], RATE) - TARGET_LUFS) < 3


def test_the_level_moves_without_a_step() -> None:
    leveller = Leveller(RATE)
    tone = np.sin(2 * np.pi * 1_000 * np.arange(RATE) / RATE + 0.5)[None].astype(np.float32).repeat(2, axis=0)
    before, after = (leveller.level(level * tone) / (level * tone) for level in (0.02, 0.05))
    assert np.median(after[:, :50]) == pytest.approx(np.median(before[:, -50:]), rel=0.05)
    assert np.median(after[:, -50:]) < 0.8 * np.median(after[:, :50])


def test_silence_stays_silence() -> None:
    assert not Leveller(RATE).level(np.zeros((2, RATE), np.float32)).any()


def test_where_the_engine_knows_how_loud_it_will_be_every_part_keeps_its_place() -> None:
    leveller = Leveller(RATE)
    quiet, loud = noise(2.0, RATE, 0.01), noise(2.0, RATE, 0.1)
    gains = [np.abs(leveller.level(part, lufs=-20.0)).max() / np.abs(part).max() for part in (quiet, loud)]
    assert gains[0] == pytest.approx(10 ** (6 / 20), rel=1e-3) and gains[1] == pytest.approx(gains[0], rel=0.2)


def test_peaks_are_bent_below_the_ceiling_and_nothing_else_is_touched() -> None:
    line = np.linspace(-4, 4, 1001, dtype=np.float32)[None]
    found = bent(line)
    assert np.abs(found).max() <= CEILING + 1e-6
    assert np.array_equal(found[np.abs(line) < KNEE], line[np.abs(line) < KNEE])
    assert (np.diff(found) >= 0).all()
