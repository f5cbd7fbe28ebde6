"""Random prompts: many, short enough, and understood by our own engines."""

import pytest

from soundbox.engines.idea_words import STYLES
from soundbox.engines.ideas import LONGEST, random_prompt
from soundbox.engines.models import KINDS
from soundbox.engines.procedural.effects.reading import read


@pytest.mark.parametrize("model", [*KINDS, "magnet"])
def test_the_same_seed_gives_the_same_idea(model):
    assert random_prompt(model, 3) == random_prompt(model, 3)
    assert random_prompt(model, 3) != random_prompt(model, 5)


@pytest.mark.parametrize(("model", "different"), [("music", 2900), ("audio", 1000), ("tts", 1500)])
def test_ideas_are_many_and_short(model, different):
    prompts = [random_prompt(model, seed) for seed in range(3000)]

    assert len(set(prompts)) > different
    assert max(map(len, prompts)) <= LONGEST
    assert all(prompt == prompt.strip() and "{" not in prompt for prompt in prompts)


def test_without_a_seed_ideas_differ():
    assert len({random_prompt("music") for _ in range(5)}) > 1


def test_every_sound_idea_is_understood():
    prompts = {random_prompt("audio", seed) for seed in range(500)}

    assert [prompt for prompt in prompts if read(prompt, 1).understood[0].startswith("nothing I know")] == []


def test_every_music_idea_names_a_style():
    styles = [style for style, _, _ in STYLES]

    assert all(any(style in random_prompt("music", seed) for style in styles) for seed in range(300))


def test_a_model_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        random_prompt("carrot")
