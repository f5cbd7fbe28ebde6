"""What the sound designer reads in a prompt."""

import pytest

from soundbox.engines.procedural.effects.reading import MOST_LAYERS, read
from soundbox.engines.procedural.effects.table import EFFECTS


def names(prompt: str) -> list[str]:
    return [layer.effect.name for layer in read(prompt, 1).layers]


def test_a_scene_becomes_its_layers():
    reading = read("heavy rain on a tin roof with distant thunder and footsteps", 1)

    rain, thunder, footsteps = reading.layers
    assert (rain.effect.name, rain.manner.material, rain.manner.strength) == ("rain", "tin", 1.65)
    assert (thunder.effect.name, thunder.manner.distance) == ("thunder", 0.75)
    assert (footsteps.effect.name, footsteps.manner.material) == ("footsteps", None)


def test_what_was_understood_is_told_in_words():
    reading = read("heavy rain on a tin roof with distant thunder and footsteps", 1)

    assert reading.understood == ("heavy rain", "tin roof", "distant thunder", "footsteps")


def test_only_whole_words_count():
    assert read("a carrot, a scarf and a brainstorm", 1).understood[0].startswith("nothing I know: chose ")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("car engine", ["engine"]),
        ("car crash", ["crash"]),
        ("church bells", ["church bell"]),
        ("wind chimes", ["wind chimes"]),
        ("birds singing in a forest", ["birds", "forest"]),
        ("knocking on a wooden door", ["knock"]),
        ("a wooden door creaks", ["door creak"]),
        ("glass", ["glass break"]),
        ("rain on a glass window", ["rain"]),
        ("rain without thunder", ["rain"]),
        ("sci-fi door", ["spaceship", "door opening"]),
    ],
)
def test_the_longest_phrase_wins(prompt, expected):
    assert sorted(names(prompt)) == sorted(expected)


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("three knocks on a wooden door", 3),
        ("2 dog barks", 2),
        ("3x knock", 3),
        ("a couple of barks", 2),
        ("knocks for 10 seconds", None),
        ("knocks", None),
        ("8 bit coin", None),
    ],
)
def test_counts_are_read_and_lengths_are_not(prompt, count):
    assert read(prompt, 1).layers[0].manner.count == count


def test_adjectives_stay_with_their_own_sound():
    slow, fast = read("slow footsteps and fast typing", 1).layers

    assert (slow.manner.speed, fast.manner.speed) == (0.65, 1.5)


def test_adjectives_before_a_comma_reach_the_sound_behind_it():
    assert read("slow, heavy footsteps", 1).understood == ("slow heavy footsteps",)


def test_a_place_holds_for_every_layer():
    reading = read("water drops and footsteps in a cave", 1)

    assert {layer.manner.room for layer in reading.layers} == {"cave"}
    assert reading.understood[-1] == "in a cave"


def test_what_comes_then_comes_later():
    slam, steps = read("door slam then footsteps", 1).layers

    assert slam.starts_at == 0.0
    assert steps.starts_at == 0.5


def test_unknown_words_choose_by_their_seed():
    chosen = {read("qwertz", seed).understood for seed in range(40)}

    assert len(chosen) > 4
    assert read("qwertz", 7) == read("qwertz", 7)


def test_a_long_list_is_cut():
    prompt = ", ".join(effect.phrases[0] for effect in EFFECTS[:20])

    assert len(read(prompt, 1).layers) == MOST_LAYERS


@pytest.mark.parametrize("prompt", ["", "   ", "!!!", "\0\0", "🎵🎵", "a" * 500, "0 " * 200, ", with and then"])
def test_odd_prompts_still_give_a_sound(prompt):
    assert len(read(prompt, 1).layers) == 1


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
def test_every_effect_is_found_by_each_of_its_phrases(effect):
    missed = [phrase for phrase in effect.phrases if effect.name not in names(phrase)]

    assert not missed


def test_no_phrase_belongs_to_two_effects():
    phrases = [phrase for effect in EFFECTS for phrase in effect.phrases]

    assert sorted(phrases) == sorted(set(phrases))
