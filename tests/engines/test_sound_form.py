"""Form: motifs come back, bars are played and not pasted, nothing is silent where it should sound."""

from functools import cache

import numpy as np
import pytest
from hearing import Heard

from soundbox.audio.quality import judge
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import Sound, SoundRequest

MELODIES = ("solo violin, celtic, 100 bpm", "solo saxophone, jazz, 120 bpm", "solo trumpet, pop, 110 bpm")
STYLES = ("techno", "house", "lo-fi", "rock", "chiptune", "orchestral", "ambient", "funk")


@cache
def composed(prompt: str, seconds: float, seed: int) -> Sound:
    return render(SoundRequest("a", "music", prompt, seconds, seed))


def bar_seconds(sound: Sound) -> float:
    assert sound.tempo is not None
    return 4 * 60 / sound.tempo


def patchwork(prompt: str, bars: int) -> Heard:
    """A bar from each of so many pieces: the same words and tempo, and no idea twice."""
    pieces = [composed(prompt, 14.0, 100 + seed) for seed in range(bars)]
    length = round(bar_seconds(pieces[0]) * pieces[0].sample_rate)
    cut = [
        piece.samples[:, (1 + number % 4) * length : (2 + number % 4) * length] for number, piece in enumerate(pieces)
    ]
    return Heard(np.concatenate(cut, axis=1), pieces[0].sample_rate)


@pytest.mark.parametrize("prompt", MELODIES)
def test_motifs_return(prompt):
    sound = composed(prompt, 40.0, 3)
    bar = bar_seconds(sound)
    whole, patches = Heard(sound.samples, sound.sample_rate), patchwork(prompt, 16)
    assert whole.returning(bar) > patches.returning(bar) + 0.05


@pytest.mark.parametrize("style", STYLES)
def test_no_bar_is_pasted(style):
    sound = composed(style, 24.0, 1)
    heard = Heard(sound.samples, sound.sample_rate)
    length = round(bar_seconds(sound) * sound.sample_rate)
    pasted = Heard(np.tile(sound.samples[:, 2 * length : 3 * length], (1, 6)), sound.sample_rate)
    assert heard.repeated_bars(bar_seconds(sound)) < 0.2
    assert pasted.repeated_bars(length / sound.sample_rate) == 1.0


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_silent_or_torn(style):
    sound = composed(style, 24.0, 1)
    torn = sound.samples.copy()
    torn[:, 5 * sound.sample_rate : 5 * sound.sample_rate + 3_000] = 0
    assert judge(sound.samples, sound.sample_rate, "music").accepted
    assert not [issue for issue in judge(sound.samples, sound.sample_rate, "music").issues if "drops out" in issue]
    assert [issue for issue in judge(torn, sound.sample_rate, "music").issues if "drops out" in issue]
