"""A sound is known by its numbers: again at another loudness, in another format, and not for another sound."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from soundbox.audio.cells import cells_around, cells_of
from soundbox.audio.feature_form import DIMENSIONS, Vector
from soundbox.audio.features import features
from soundbox.audio.samples import Samples
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import Sound, SoundRequest

SORTS = (
    *(("audio", prompt) for prompt in ("rain", "dog barking", "footsteps on gravel", "explosion", "birds")),
    *(("music", prompt) for prompt in ("techno", "solo piano", "drum and bass")),
)
EACH = 5
LEAST_SHARE = 0.85  # of the four nearest, those of the same sort; by chance it would be 0.1
FORMATS = ("WAV", "FLAC", "OGG", "MP3")


def made(model: str, prompt: str, seed: int, seconds: float = 6.0) -> Sound:
    return render(SoundRequest("sound", model, prompt, seconds, seed))


def vector_of(sound: Sound) -> Vector:
    return features(sound.samples, sound.sample_rate)


def distance(one: Vector, other: Vector) -> float:
    return float(np.linalg.norm(one.astype(float) - other))


@pytest.fixture(scope="module")
def rain() -> Sound:
    return made("audio", "rain", 1)


@pytest.fixture(scope="module")
def another_rain(rain: Sound) -> float:
    """How far the next best rain is from it."""
    return distance(vector_of(rain), vector_of(made("audio", "rain", 2)))


def test_neighbours_are_of_the_same_sort() -> None:
    sorts = np.repeat(np.arange(len(SORTS)), EACH)
    vectors = np.array([vector_of(made(*SORTS[sort], seed=number)) for number, sort in enumerate(sorts)], float)
    away = np.linalg.norm(vectors[:, None] - vectors, axis=2)
    np.fill_diagonal(away, np.inf)
    nearest = away.argsort(axis=1)[:, : EACH - 1]
    shares = (sorts[nearest] == sorts[:, None]).mean(axis=1)
    assert shares.mean() >= LEAST_SHARE, dict(zip(SORTS, shares.reshape(-1, EACH).mean(axis=1), strict=True))
    assert shares[sorts == 0].mean() >= LEAST_SHARE, "rains are not beside rains"


def test_the_same_seed_gives_the_same_numbers(rain: Sound) -> None:
    assert (vector_of(rain) == vector_of(made("audio", "rain", 1))).all()


@pytest.mark.parametrize("loudness", [0.02, 0.3, 2.0])
def test_loudness_does_not_count(rain: Sound, another_rain: float, loudness: float) -> None:
    other = features(rain.samples * np.float32(loudness), rain.sample_rate)
    assert distance(vector_of(rain), other) < 0.05 * another_rain


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_hardly_counts(rain: Sound, another_rain: float, name: str) -> None:
    stream = io.BytesIO()
    soundfile.write(stream, rain.samples.T, rain.sample_rate, format=name)
    stream.seek(0)
    samples, rate = soundfile.read(stream, dtype="float32", always_2d=True)
    assert distance(vector_of(rain), features(samples.T, rate)) < 0.5 * another_rain


def test_the_sample_rate_hardly_counts() -> None:
    song = made("music", "techno", 1, 10.0)
    half = song.samples.reshape(len(song.samples), -1, 2).mean(axis=2)
    away = distance(vector_of(song), features(half, song.sample_rate // 2))
    assert away < 0.5 * distance(vector_of(song), vector_of(made("music", "techno", 2, 10.0)))


def test_a_long_sound_is_known_by_its_middle_and_its_length() -> None:
    rate = 8_000
    noise = np.random.default_rng(1).standard_normal((1, 70 * rate)).astype(np.float32)
    whole, middle = features(noise, rate), features(noise[:, 5 * rate : 65 * rate], rate, seconds=70)
    assert (whole == middle).all()


ODD: dict[str, Samples] = {
    "silence": np.zeros((2, 44_100), np.float32),
    "nothing": np.zeros((1, 0), np.float32),
    "one frame": np.ones((1, 1), np.float32),
    "an offset": np.full((2, 44_100), 0.5, np.float32),
    "against each other": np.stack([np.ones(44_100), -np.ones(44_100)]).astype(np.float32),
    "a click": np.pad(np.ones((1, 1), np.float32), ((0, 0), (9_000, 9_000))),
    "six channels": np.ones((6, 8_000), np.float32) * np.linspace(-1, 1, 8_000, dtype=np.float32),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_sounds_have_numbers_too(name: str) -> None:
    vector = features(ODD[name], 44_100)
    assert (vector.shape, vector.dtype) == ((DIMENSIONS,), np.int8)


def test_a_vector_lies_in_the_first_of_its_cells(rain: Sound) -> None:
    cells = cells_around(vector_of(rain), 65_536)
    assert cells[0] == cells_of(vector_of(rain)[None])[0]
    assert sorted(cells) == list(range(65_536))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-127, 127), min_size=DIMENSIONS, max_size=DIMENSIONS))
def test_every_vector_has_a_cell(numbers: list[int]) -> None:
    vector = np.array(numbers, np.int8)
    assert cells_of(vector[None])[0] == cells_around(vector, 1)[0]
