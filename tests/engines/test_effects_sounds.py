"""How the designed effects sound: measured on their samples."""

import numpy as np
import pytest
from scipy.signal import find_peaks

from soundbox.engines.procedural.effects.design import design
from soundbox.engines.procedural.effects.levels import loudness
from soundbox.engines.procedural.effects.table import EFFECTS
from soundbox.engines.protocol import Done, Progress, Sound, SoundRequest

RATE = 44100
PEAK = 10 ** (-0.95 / 20)


def made(prompt: str, seconds: float = 3.0, seed: int = 1, loop: bool = False) -> Sound:
    *_, done = design(SoundRequest("job", "audio", prompt, seconds, seed, loop))
    assert isinstance(done, Done)
    return done.sound


def share_of_energy(sound: Sound, low_hz: float, high_hz: float) -> float:
    power = np.sum(np.abs(np.fft.rfft(sound.samples, axis=1)) ** 2, axis=0)
    hz = np.fft.rfftfreq(sound.samples.shape[1], 1 / RATE)
    return float(np.sum(power[(hz >= low_hz) & (hz < high_hz)]) / np.sum(power))


def centroid_hz(sound: Sound) -> float:
    power = np.sum(np.abs(np.fft.rfft(sound.samples, axis=1)) ** 2, axis=0)
    hz = np.fft.rfftfreq(sound.samples.shape[1], 1 / RATE)
    return float(np.sum(hz * power) / np.sum(power))


def envelope(sound: Sound, seconds: float = 0.01) -> np.ndarray:
    size = round(seconds * RATE)
    mono = sound.samples.mean(axis=0)
    return np.sqrt(np.mean(mono[: len(mono) // size * size].reshape(-1, size) ** 2, axis=1))


def onsets(sound: Sound) -> int:
    """Rises of the envelope to a fifth of its highest, at least 0.15 s apart."""
    heights = np.concatenate([[0.0], envelope(sound)])
    peaks, _ = find_peaks(heights, height=0.2 * heights.max(), distance=15, prominence=0.15 * heights.max())
    return len(peaks)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
def test_every_effect_is_clean(effect):
    sound = made(effect.phrases[0], seconds=1.5)

    samples = sound.samples
    assert samples.shape == (2, 66150)
    assert samples.dtype == np.float32
    assert np.isfinite(samples).all()
    assert 0.1 < np.max(np.abs(samples)) <= PEAK
    assert np.max(np.abs(np.mean(samples, axis=1))) < 2e-3
    assert np.max(np.abs(samples[:, 0])) < 0.02
    assert np.max(np.abs(samples[:, -1])) < 1e-3


@pytest.mark.parametrize("prompt", [effect.phrases[0] for effect in EFFECTS if effect.is_one_shot])
def test_one_shots_begin_at_once(prompt):
    sound = made(prompt, seconds=2.0)

    loud = np.flatnonzero(np.max(np.abs(sound.samples), axis=0) > 0.01)
    assert sound.one_shot
    assert loud[0] < 0.05 * RATE


@pytest.mark.parametrize("prompt", ["rain", "wind", "ocean", "crowd", "engine", "footsteps", "typing", "choir", "fire"])
def test_what_goes_on_fills_its_length_at_a_sane_loudness(prompt):
    sound = made(prompt, seconds=12.0)

    assert not sound.one_shot
    assert -20.5 < loudness(sound.samples) < -16.0
    seconds = envelope(sound, 1.0)
    assert np.min(seconds) > 0.05 * np.max(seconds)


@pytest.mark.parametrize("prompt", ["heavy rain on a tin roof with distant thunder", "three knocks", "laser", "horror"])
def test_the_same_seed_gives_the_same_samples(prompt):
    assert np.array_equal(made(prompt, seed=5).samples, made(prompt, seed=5).samples)
    assert not np.array_equal(made(prompt, seed=5).samples, made(prompt, seed=6).samples)


@pytest.mark.parametrize("seconds", [0.5, 0.777, 7.3, 33.0])
def test_the_length_is_exact(seconds):
    assert made("wind", seconds).samples.shape == (2, round(seconds * RATE))


def test_progress_climbs_through_the_layers_to_done():
    *progress, done = design(SoundRequest("job", "audio", "rain and thunder", 20.0, 1))

    shares = [event.share for event in progress if isinstance(event, Progress)]
    assert len(shares) == len(progress) > 5
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0
    assert {event.text for event in progress if isinstance(event, Progress)} == {
        "making rain",
        "making thunder",
        "mixing",
    }
    assert isinstance(done, Done)


def test_thunder_rumbles_below_300_hz():
    assert share_of_energy(made("thunder", 6.0), 0, 300) > 0.9


def test_birds_sing_above_1500_hz():
    assert share_of_energy(made("birds", 6.0), 1500, 12000) > 0.9


def test_distance_darkens():
    assert centroid_hz(made("distant rain")) < 0.6 * centroid_hz(made("rain"))


def test_bigger_is_lower():
    assert centroid_hz(made("huge dog barks")) < centroid_hz(made("tiny dog barks"))


@pytest.mark.parametrize(("prompt", "count"), [("two gunshots", 2), ("four dog barks", 4), ("five coins", 5)])
def test_as_many_events_as_asked_for_are_heard(prompt, count):
    assert onsets(made(prompt, 5.0)) == count


def test_three_knocks_are_three_onsets_and_then_silence():
    sound = made("three knocks on a wooden door", 4.0)

    assert onsets(sound) == 3
    assert np.max(np.abs(sound.samples[:, 3 * RATE :])) < 1e-3


def test_what_happens_first_happens_once():
    before_the_steps = made("door slam then footsteps", 8.0).samples[:, : 4 * RATE - 1000]

    assert onsets(Sound(before_the_steps, RATE)) == 1


def test_a_dog_is_not_a_beep():
    """Voices are neither one tone nor noise: their energy is spread over many harmonics."""
    sound = made("dog bark", 2.0)

    power = np.abs(np.fft.rfft(sound.samples.mean(axis=0))) ** 2
    flatness = np.exp(np.mean(np.log(power[50:10000] + 1e-12))) / np.mean(power[50:10000])
    assert 0.005 < flatness < 0.5
    assert share_of_energy(sound, 200, 3000) > 0.8


def test_rain_on_tin_rings_where_rain_on_leaves_does_not():
    tin, leaves = made("rain on a tin roof", 6.0), made("rain on leaves", 6.0)

    assert share_of_energy(tin, 380, 1100) > 1.4 * share_of_energy(leaves, 380, 1100)


def test_heavy_rain_is_denser_than_light_rain():
    """Density shows as a lower crest factor: fewer single drops stand out."""
    heavy, light = made("heavy rain", 6.0).samples, made("light rain", 6.0).samples

    assert np.std(heavy) / np.percentile(np.abs(heavy), 50) < np.std(light) / np.percentile(np.abs(light), 50)


def test_surfaces_change_footsteps():
    centroids = [centroid_hz(made(f"footsteps on {surface}")) for surface in ("wood", "snow", "gravel")]

    assert centroids == sorted(centroids)
    assert centroids[2] > 3 * centroids[0]


def test_a_cave_rings_on():
    dry, cave = made("door slam", 3.0), made("door slam in a cave", 3.0)

    assert np.sum(envelope(cave)[120:] ** 2) > 20 * np.sum(envelope(dry)[120:] ** 2)


def test_effects_differ_from_each_other():
    """No two of these have the same spectrum: their third-octave pictures correlate less than 0.985."""
    pictures = [_bands(made(effect.phrases[0], 2.0)) for effect in EFFECTS[::5]]

    alike = np.corrcoef(pictures)
    np.fill_diagonal(alike, 0.0)
    assert np.max(alike) < 0.985


def _bands(sound: Sound) -> np.ndarray:
    """Energy of 25 third-octaves from 60 Hz, in tens of decibels."""
    power = np.abs(np.fft.rfft(sound.samples.mean(axis=0))) ** 2
    hz = np.fft.rfftfreq(sound.samples.shape[1], 1 / RATE)
    energy, _ = np.histogram(hz, 60.0 * 2 ** (np.arange(26) / 3), weights=power / np.sum(power))
    return np.log10(energy + 1e-6)


@pytest.mark.parametrize(
    "prompt", ["rain on a tin roof", "ocean", "engine", "siren", "choir", "wind", "footsteps", "horror"]
)
@pytest.mark.parametrize("seconds", [0.5, 4.0, 13.0])
def test_a_loop_wraps_without_a_step(prompt, seconds):
    sound = made(prompt, seconds, loop=True)

    samples = sound.samples
    assert sound.loop_points == (0, samples.shape[1])
    wrap = np.abs(samples[:, 0] - samples[:, -1])
    assert np.max(wrap) <= np.max(np.abs(np.diff(samples, axis=1)))


@pytest.mark.parametrize("prompt", ["rain", "waterfall", "engine", "siren", "choir", "fan", "applause", "spaceship"])
def test_a_loop_has_no_dip_where_it_wraps(prompt):
    sound = made(prompt, 6.0, loop=True)

    round_and_round = np.concatenate([sound.samples, sound.samples], axis=1)
    levels = envelope(Sound(round_and_round, RATE), 0.2)
    around_the_wrap = levels[29:34]
    assert np.min(around_the_wrap) > 0.8 * np.min(levels[3:27])
    assert np.max(around_the_wrap) < 1.25 * np.max(levels[3:27])


def test_without_a_loop_there_are_no_loop_points():
    assert made("rain", 1.0).loop_points is None


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
def test_every_effect_can_loop(effect):
    samples = made(effect.phrases[0], 2.0, loop=True).samples

    wrap = np.abs(samples[:, 0] - samples[:, -1])
    assert np.all(wrap <= np.percentile(np.abs(np.diff(samples, axis=1)), 99.9, axis=1) + 1e-4)


@pytest.mark.parametrize("room", ["cave", "church", "tunnel", "open air"])
def test_a_room_answers_round_the_wrap_of_a_loop(room):
    """What rings past the end is heard at the beginning: the last knock of a loop is not cut off."""
    samples = made(f"dog bark in a {room}", 4.0, loop=True).samples

    once = made(f"dog bark in a {room}", 4.0).samples
    assert np.sqrt(np.mean(samples[:, :400] ** 2)) > 3 * np.sqrt(np.mean(once[:, :40] ** 2))
