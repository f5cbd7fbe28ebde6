import subprocess

import numpy as np
import pytest
from made_sounds import RATE, band, noise, tone
from PIL import Image

from soundbox.audio import commands, png, wav
from soundbox.audio.disc import draw_disc
from soundbox.audio.face import draw_face
from soundbox.audio.labelled import draw_labelled
from soundbox.audio.palette import dusk
from soundbox.audio.pictures import PictureError, draw
from soundbox.audio.spectrogram import brightness

NIGHT = (0x0B, 0x0D, 0x17)
SOUNDS = {
    "music": band(),
    "noise": noise(),
    "half a second": tone(seconds=0.5),
    "a blink": tone(seconds=0.01),
    "one frame": np.ones((1, 1), np.float32),
    "silence": np.zeros((2, RATE), np.float32),
    "three minutes": np.tile(band()[:1], 23)[:, : 180 * RATE],
}


def pixels(path):
    return np.asarray(Image.open(path).convert("RGBA")).astype(int)


@pytest.mark.parametrize("samples", SOUNDS.values(), ids=SOUNDS)
def test_every_sound_has_a_face(tmp_path, samples):
    draw_face(samples, RATE, tmp_path / "face.png")
    face = pixels(tmp_path / "face.png")
    assert face.shape == (300, 1200, 4)
    assert np.array_equal(face, face[::-1])
    assert (tmp_path / "face.png").stat().st_size < 200_000


@pytest.mark.parametrize("samples", SOUNDS.values(), ids=SOUNDS)
def test_every_sound_has_a_disc_clear_outside(tmp_path, samples):
    draw_disc(samples, RATE, tmp_path / "disc.png")
    disc = pixels(tmp_path / "disc.png")
    assert disc.shape == (512, 512, 4)
    assert (disc[0, 0, 3], disc[256, 256, 3], disc[256, 2, 3]) == (0, 255, 255)
    assert len(np.unique(disc[..., 3])) > 8  # a soft rim


def test_a_tone_is_bright_where_its_pitch_stands():
    bright = brightness(tone(1000.0), RATE, bands=150, columns=60)
    mel_share = np.log1p(1000 / 700) - np.log1p(30 / 700)
    expected = 150 * mel_share / (np.log1p(16_000 / 700) - np.log1p(30 / 700))
    assert abs(int(bright[:, 30].argmax()) - expected) <= 1.5
    assert bright.max() > 0.95


def test_time_runs_from_left_to_right_and_bass_lies_in_the_middle(tmp_path):
    late_bass = tone(80.0) * (np.arange(4 * RATE) > 2 * RATE)
    draw_face(late_bass, RATE, tmp_path / "face.png")
    light = pixels(tmp_path / "face.png")[..., :3].sum(axis=2)
    assert light[:, 800:].max() > 600
    assert (light[:, :500] == sum(NIGHT)).all()
    assert 140 <= light[:, 900].argmax() < 160


def test_time_runs_clockwise_from_the_top_of_the_disc(tmp_path):
    first_quarter = noise() * (np.arange(4 * RATE) < RATE)
    draw_disc(first_quarter, RATE, tmp_path / "disc.png")
    light = pixels(tmp_path / "disc.png")[..., :3].sum(axis=2)
    quarters = {"first": light[:240, 272:], "second": light[272:, 272:], "last": light[:240, :240]}
    means = {name: quarter.mean() for name, quarter in quarters.items()}
    assert means["first"] > 5 * max(means["second"], means["last"])


def test_what_is_nearly_silent_stays_dim():
    assert brightness(1e-4 * band(), RATE, 150, 600).max() < 0.5
    assert brightness(0.1 * band(), RATE, 150, 600).max() > 0.95


@pytest.mark.parametrize("rate", [8_000, 16_000, 96_000])
def test_any_rate_can_be_drawn(tmp_path, rate):
    draw_face(band(), rate, tmp_path / "face.png")
    assert pixels(tmp_path / "face.png").max() > 200


def test_dusk_runs_from_night_to_candle_light():
    colours = dusk(256)
    assert (tuple(colours[0]), tuple(colours[-1])) == (NIGHT, (0xFF, 0xF2, 0xD0))
    assert (np.diff(colours.astype(int).sum(axis=1)) >= 0).all()


def test_a_picture_is_written_as_it_was_drawn(tmp_path):
    drawn = np.random.default_rng(3).integers(0, png.COLOURS, (40, 70)).astype(np.uint8)
    png.write(tmp_path / "a.png", drawn)
    with Image.open(tmp_path / "a.png") as picture:
        assert np.array_equal(np.asarray(picture), drawn)


@pytest.mark.parametrize("seconds", [0.05, 4.0])
def test_the_labelled_picture_has_axes_on_dark_ground(tmp_path, seconds, recwarn):
    draw_labelled(tone(seconds=seconds), RATE, tmp_path / "labelled.png")
    picture = pixels(tmp_path / "labelled.png")
    assert picture.shape == (500, 1200, 4)
    assert tuple(picture[2, 2, :3]) == NIGHT
    assert picture[470:, 200:1000].max() > 150
    assert [one for one in recwarn if one.category is not ResourceWarning] == []  # those are of tests before


@pytest.mark.parametrize("kind", ["face", "disc", "labelled"])
def test_pictures_are_drawn_by_a_program(tmp_path, kind):
    wav.write(tmp_path / "a.wav", band(seconds=1.0), RATE)
    finished = subprocess.run(commands.picture(kind)(tmp_path / "a.wav", tmp_path / "a.png"), check=False)
    assert finished.returncode == 0
    assert pixels(tmp_path / "a.png").any()


def test_a_broken_source_ends_in_one_clear_line(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"no sound")
    command = commands.picture("face")(tmp_path / "a.wav", tmp_path / "a.png")
    finished = subprocess.run(command, capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (1, b"This is not a WAV file.\n")
    assert not (tmp_path / "a.png").exists()


def test_an_unknown_picture_an_empty_and_a_missing_source_are_named(tmp_path):
    wav.write(tmp_path / "a.wav", np.zeros((1, 0), np.float32), RATE)
    for source, kind, words in (("a", "poster", "called poster"), ("a", "face", "no sound"), ("b", "face", "missing")):
        with pytest.raises(PictureError, match=words):
            draw(tmp_path / f"{source}.wav", kind, tmp_path / "a.png")
