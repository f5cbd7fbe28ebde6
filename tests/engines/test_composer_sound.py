"""What is heard: measured on the samples."""

import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hearing import Heard, note
from scipy.ndimage import maximum_filter1d
from scipy.signal import butter, sosfilt

from soundbox.audio.loudness import integrated_lufs, true_peak_db
from soundbox.engines.procedural.instruments.catalogue import INSTRUMENTS
from soundbox.engines.procedural.instruments.kits import KITS
from soundbox.engines.procedural.mixing.dynamics import loudness
from soundbox.engines.procedural.render import render
from soundbox.engines.procedural.styles.catalogue import STYLES
from soundbox.engines.protocol import Sound, SoundRequest

LONE = 3.0  # a step from one sample to the next that is so many times the largest within 5 ms is a click


@cache
def composed(prompt: str, seconds: float = 8.0, seed: int = 1, loop: bool = False) -> Sound:
    return render(SoundRequest("a", "music", prompt, seconds, seed, loop))


def heard(prompt: str, seconds: float = 8.0) -> Heard:
    sound = composed(prompt, seconds)
    return Heard(sound.samples, sound.sample_rate)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_is_clean_and_loud_enough(style):
    samples = composed(style.name).samples

    assert samples.dtype == np.float32 and samples.shape == (2, 8 * 44_100) and np.isfinite(samples).all()
    assert 10 ** (-6 / 20) < np.abs(samples).max() <= 10 ** (-1 / 20) + 1e-4
    assert -17 < loudness(samples) < -13
    assert np.abs(samples.mean(axis=1)).max() < 0.002


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_begins_softly_and_ends_in_silence(style):
    samples = composed(style.name).samples

    assert np.abs(samples[:, :3]).max() < 0.005
    assert np.abs(samples[:, -220:]).max() < 0.005


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_is_stereo_and_survives_mono(style):
    left, right = composed(style.name).samples

    likeness = np.corrcoef(left, right)[0, 1]
    assert 0.1 < likeness < 0.995


@pytest.mark.parametrize(
    ("prompt", "tempo"),
    [
        ("house 124 bpm", 124),
        ("trance 136 bpm", 136),
        ("synthwave 97 bpm", 97),
        ("rock 112 bpm", 112),
        ("hip hop 88 bpm", 88),
    ],
)
def test_a_named_tempo_can_be_heard(prompt, tempo):
    assert heard(prompt, 20.0).tempo_near(tempo) == pytest.approx(tempo, rel=0.01)
    assert composed(prompt, 20.0).tempo == tempo


@pytest.mark.parametrize(
    ("style", "key", "mode"),
    [
        ("piano", "A", "minor"),
        ("ambient", "C#", "major"),
        ("jazz", "D", "dorian"),
        ("orchestral", "Eb", "minor"),
        ("folk", "G", "mixolydian"),
    ],
)
def test_a_named_key_can_be_heard(style, key, mode):
    """In two of three pieces at least: an ear may take a long fifth for the tonic."""
    pieces = [render(SoundRequest("a", "music", f"{style} in {key} {mode}", 30.0, seed)) for seed in (1, 2, 3)]

    assert [Heard(piece.samples, piece.sample_rate).tonic(mode) for piece in pieces].count(note(key)) >= 2
    assert {piece.key for piece in pieces} == {f"{key} {mode}"}


def test_quiet_styles_are_darker_and_calmer_than_busy_ones():
    assert heard("lo-fi").centroid_hz < heard("chiptune").centroid_hz
    assert heard("ambient").onsets_a_second < heard("drum and bass").onsets_a_second / 2


def test_drums_that_are_refused_are_not_heard():
    assert heard("techno without drums").hits_db < heard("techno").hits_db - 6


def test_a_warm_piece_is_darker_than_a_bright_one():
    assert heard("warm mellow pop").centroid_hz < heard("bright crisp pop").centroid_hz


@pytest.mark.parametrize("seconds", [0.5, 0.77, 1.0, 3.3])
@pytest.mark.parametrize("prompt", ["piano", "techno", "ambient", "waltz"])
def test_the_shortest_pieces_have_their_length_and_a_sound(prompt, seconds):
    samples = composed(prompt, seconds).samples

    assert samples.shape == (2, round(seconds * 44_100))
    assert np.abs(samples).max() > 0.3


@pytest.mark.parametrize("prompt", [style.name for style in STYLES[::2]])
def test_a_loop_wraps_without_a_step_or_a_dip(prompt):
    sound = composed(prompt, 8.0, loop=True)

    samples = sound.samples
    seam = np.abs(samples[:, 0] - samples[:, -1]).max()
    steps = np.abs(np.diff(samples, axis=1))
    windows = np.sqrt(np.square(np.roll(samples, 4_410, axis=1)).reshape(2, -1, 4_410).mean(axis=(0, 2)))
    assert sound.loop_points == (0, samples.shape[1]) and samples.shape[1] == 8 * 44_100
    assert seam <= np.percentile(steps, 99.9)
    assert windows[:2].min() >= 0.8 * windows.min()


def test_a_loop_played_twice_has_no_edge_in_the_middle():
    samples = composed("ambient", 6.0, loop=True).samples

    bend = np.abs(np.diff(np.concatenate([samples[:, -2_000:], samples[:, :2_000]], axis=1), n=2, axis=1))
    assert bend[:, 1_990:2_010].max() <= 1.5 * bend.max(axis=1).min()


def test_a_loop_of_named_tempo_reports_its_real_length():
    sound = composed("house 124 bpm", 8.0, loop=True)

    bars = sound.samples.shape[1] / 44_100 * 124 / 60 / 4
    assert sound.tempo == 124 and abs(bars - round(bars)) < 0.001


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_instrument_is_in_tune_with_silence_at_its_ends(name):
    for pitch in (36, 60, 84):
        note = INSTRUMENTS[name](pitch, 0.4, 0.7)

        assert note.ndim == 2 and note.dtype == np.float32 and np.isfinite(note).all()
        assert np.abs(note).max() > 0.01
        assert np.abs(note[:, [0, -1]]).max() < 0.05 * np.abs(note).max()


@pytest.mark.parametrize("name", ["piano", "nylon guitar", "violin", "organ", "saw lead", "celesta", "electric bass"])
def test_an_instrument_plays_the_pitch_it_is_given(name):
    note = INSTRUMENTS[name](69, 1.0, 0.8).mean(axis=0)

    spectrum = np.abs(np.fft.rfft(note * np.hanning(len(note)), 2**18))
    near = slice(int(415 * 2**18 / 44_100), int(466 * 2**18 / 44_100))
    heard = (near.start + np.argmax(spectrum[near])) * 44_100 / 2**18
    assert abs(1_200 * np.log2(heard / 440)) < 12


@pytest.mark.parametrize("kit", KITS)
def test_every_drum_sounds_and_stays_in_range(kit):
    for hit in KITS[kit].values():
        sound = hit.sound(0)

        assert np.isfinite(sound).all() and 0.05 < np.abs(sound).max() <= 1.0


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_has_the_loudness_of_the_house_and_no_peak_above_its_ceiling(style):
    samples = composed(style.name).samples

    assert integrated_lufs(samples, 44_100) == pytest.approx(-14, abs=1)
    assert true_peak_db(samples) <= -1


@pytest.mark.parametrize(("prompt", "seconds"), [("piano", 30.0), ("techno", 30.0), ("lo-fi", 90.0)])
def test_longer_pieces_have_the_loudness_of_the_house_too(prompt, seconds):
    samples = render(SoundRequest("a", "music", prompt, seconds, 2)).samples

    assert integrated_lufs(samples, 44_100) == pytest.approx(-14, abs=1)
    assert true_peak_db(samples) <= -1


@pytest.mark.parametrize("prompt", ["piano", "techno", "ambient", "soul", "classical", "orchestral"])
def test_nothing_clicks(prompt):
    assert loneliest_step(composed(prompt).samples) < LONE


def test_a_click_would_be_noticed():
    samples = composed("ambient").samples.copy()
    samples[:, 200_000:] += 0.4

    assert loneliest_step(samples) > LONE


def loneliest_step(samples: np.ndarray) -> float:
    """The step between two samples that stands out most from the largest within 5 ms before and after it."""
    steps = np.abs(np.diff(samples, axis=1)).max(axis=0)
    reach, apart = 220, 4
    within = maximum_filter1d(steps, 2 * reach + 1)
    silence = np.full(reach + apart, 0.002)
    before = np.concatenate([silence, within])[: len(steps)]
    after = np.concatenate([within, silence])[reach + apart :]
    return float((steps / np.maximum(np.maximum(before, after), 0.002)).max())


@pytest.mark.parametrize("style", STYLES[::4], ids=lambda style: style.name)
def test_the_lows_stand_in_the_middle(style):
    left, right = composed(style.name).samples

    low = butter(4, 90, fs=44_100, output="sos")
    middle, side = sosfilt(low, left + right), sosfilt(low, left - right)
    assert np.square(side).mean() < 0.03 * np.square(middle).mean()


def test_a_wide_piece_is_wider_than_a_narrow_one():
    def width(word: str) -> float:
        left, right = composed(f"{word} synthwave").samples
        return float(np.square(left - right).mean() / np.square(left + right).mean())

    assert width("wide") > 2 * width("narrow") and width("mono") < 1e-6


def test_a_muffled_piece_has_no_top():
    assert heard("muffled house").treble_db < heard("plain house").treble_db - 10


def test_a_build_grows_and_a_fade_fades():
    building, fading = composed("techno, builds up", 24.0).samples, composed("techno, fades out", 24.0).samples

    def level(samples, first, last):
        return float(np.sqrt(np.square(samples[:, first * 44_100 : last * 44_100]).mean()))

    assert level(building, 1, 5) < 0.7 * level(building, 15, 20)
    assert level(fading, 22, 24) < 0.35 * level(fading, 8, 14)


def test_a_sudden_end_is_sudden():
    samples = composed("rock, sudden end, 120 bpm", 16.0).samples

    windows = np.sqrt(np.square(samples[:, : 16 * 44_100]).reshape(2, 160, 4_410).mean(axis=(0, 2)))
    assert windows[-8:].max() < 0.12 * windows.max()


@pytest.mark.parametrize("metre", ["3/4", "6/8", "7/8", "5/4"])
def test_odd_metres_sound_and_keep_their_tempo(metre):
    sound = composed(f"rock in {metre}, 100 bpm", 8.0)

    assert sound.tempo == 100 and metre in sound.understood
    assert heard(f"rock in {metre}, 100 bpm").onsets_a_second > 1


def test_three_minutes_need_little_memory():
    code = (
        "from soundbox.engines.procedural.render import render;"
        "from soundbox.engines.protocol import SoundRequest;"
        "render(SoundRequest('a', 'music', 'house', 180.0, 1));"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 420_000  # KiB, the interpreter and its libraries included
