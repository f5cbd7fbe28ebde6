"""Relatives to the ear: variations and references know their parent's tune, extensions begin with it."""

from functools import cache

import numpy as np
import pytest
from hearing import Heard, note

from soundbox.engines.procedural.recipes import request_of
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import Recipe, Sound

SECONDS = 28.0
FAMILIES = {
    "solo trumpet, pop, 110 bpm, C major": "solo violin, pop",
    "solo cello, orchestral, 96 bpm, A minor": "solo clarinet, classical",
}


@cache
def made(prompt: str, seed: int, relation: str | None = None, parent: str | None = None, **_: object) -> Sound:
    recipe = Recipe(prompt, SECONDS, seed)
    if parent:
        recipe = Recipe(prompt, SECONDS, seed, relation=relation, parent=Recipe(parent, SECONDS, 3))
    return render(request_of(recipe))


def heard(sound: Sound) -> Heard:
    return Heard(sound.samples, sound.sample_rate)


def stranger(prompt: str, seed: int, like: Sound) -> Sound:
    """The same tempo and key, and no parent."""
    return render(request_of(Recipe(prompt, SECONDS, seed, parameters={"tempo": like.tempo, "key": like.key})))


@pytest.mark.parametrize("relation", ["vary", "reference"])
@pytest.mark.parametrize("parent", FAMILIES)
def test_tempo_key_and_motifs_are_kept(parent, relation):
    prompt = parent if relation == "vary" else FAMILIES[parent]
    origin = made(parent, 3)
    bar = 240 / origin.tempo
    children = [made(prompt, seed, relation, parent) for seed in (8, 9)]
    strangers = [stranger(prompt, seed, origin) for seed in (8, 9, 10)]
    for child in children:
        assert abs(heard(child).tempo_near(origin.tempo) - origin.tempo) <= 0.5
        assert (child.tempo, child.key) == (origin.tempo, origin.key)
    known = np.mean([heard(child).knows(heard(origin), bar) for child in children])
    assert known > np.mean([heard(other).knows(heard(origin), bar) for other in strangers]) + 0.05


def test_a_reference_sounds_in_the_parents_key():
    child = made("house", 8, "reference", "soul, 90 bpm, Eb major")
    assert heard(child).tonic("major") == note("Eb")
    assert abs(heard(child).tempo_near(90) - 90) <= 0.5


def test_an_extension_begins_with_its_parent_and_goes_on():
    parent = made("funk, 104 bpm, E minor", 3)
    longer = made("funk, 104 bpm, E minor", 8, "extend", "funk, 104 bpm, E minor")
    beginning = slice(0, int(0.7 * parent.samples.shape[1]))
    assert np.array_equal(longer.samples[:, beginning], parent.samples[:, beginning])
    assert longer.samples.shape[1] > 1.5 * parent.samples.shape[1]
    joint = int(0.9 * parent.samples.shape[1])
    new = Heard(longer.samples[:, joint:], longer.sample_rate)
    assert abs(new.tempo_near(104) - 104) <= 0.5
    assert heard(longer).repeated_bars(240 / 104) < 0.2
