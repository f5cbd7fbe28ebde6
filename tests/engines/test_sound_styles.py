"""Styles differ to the ear: a simple classifier that has heard other pieces of each tells thirty of them apart."""

from functools import cache

import numpy as np
import pytest
from hearing import Heard

from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import SoundRequest

STYLES = (
    "lo-fi", "synthwave", "house", "techno", "trance", "ambient", "drum and bass", "dubstep", "chiptune", "trap",
    "hip hop", "funk", "disco", "soul", "reggae", "bossa nova", "latin", "rock", "punk", "metal", "jazz", "blues",
    "folk", "country", "classical", "orchestral", "suspense", "lullaby", "middle eastern", "celtic",
)  # fmt: skip
HEARD_BEFORE, HEARD_NOW = (11, 12, 13, 14), (21, 22)  # seeds
SECONDS = 8.0
SHRINKAGE = 0.1


@cache
def fingerprint(style: str, seed: int) -> np.ndarray:
    sound = render(SoundRequest("a", "music", style, SECONDS, seed))
    return Heard(sound.samples, sound.sample_rate).fingerprint


class Listener:
    """Nearest mean after whitening by what varies within styles: linear discriminant analysis, shrunk."""

    def __init__(self, examples: np.ndarray, names: np.ndarray) -> None:
        self.names = np.unique(names)
        self._centre, self._scale = examples.mean(axis=0), examples.std(axis=0) + 1e-9
        scaled = (examples - self._centre) / self._scale
        self._means = np.array([scaled[names == name].mean(axis=0) for name in self.names])
        within = scaled - self._means[np.searchsorted(self.names, names)]
        spread = within.T @ within / len(within)
        spread = (1 - SHRINKAGE) * spread + SHRINKAGE * np.eye(len(spread)) * np.trace(spread) / len(spread)
        self._whiten = np.linalg.cholesky(np.linalg.inv(spread))

    def name(self, heard: np.ndarray) -> str:
        place = ((heard - self._centre) / self._scale) @ self._whiten
        return str(self.names[int(np.argmin(np.linalg.norm(self._means @ self._whiten - place, axis=1)))])


def listener(names: np.ndarray) -> Listener:
    return Listener(np.array([fingerprint(style, seed) for style in STYLES for seed in HEARD_BEFORE]), names)


def test_thirty_styles_are_told_apart():
    ear = listener(np.repeat(STYLES, len(HEARD_BEFORE)))
    guesses = {(style, seed): ear.name(fingerprint(style, seed)) for style in STYLES for seed in HEARD_NOW}
    mistaken = {piece: guess for piece, guess in guesses.items() if guess != piece[0]}
    assert len(mistaken) <= 0.1 * len(guesses), mistaken


def test_a_listener_who_learnt_wrong_names_is_no_better_than_chance():
    """The classifier cannot find what is not there."""
    names = np.random.default_rng(1).permutation(np.repeat(STYLES, len(HEARD_BEFORE)))
    ear = listener(names)
    right = [ear.name(fingerprint(style, seed)) == style for style in STYLES for seed in HEARD_NOW]
    assert np.mean(right) < 0.2


@pytest.mark.parametrize("style", ["jazz", "techno", "piano"])
def test_one_seed_is_bit_equal_and_two_clearly_differ(style):
    def samples(seed: int) -> np.ndarray:
        return render(SoundRequest("a", "music", style, SECONDS, seed)).samples

    one, again, other = samples(5), samples(5), samples(6)
    assert np.array_equal(one, again)
    assert abs(np.corrcoef(one.mean(axis=0), other.mean(axis=0))[0, 1]) < 0.3
    assert not np.allclose(fingerprint(style, 5), fingerprint(style, 6), rtol=0.02)
