"""What people are offered is what the engines understand."""

import pytest

from soundbox.engines.understanding import understand
from soundbox.engines.wording import word_groups
from soundbox.tracks.categories import VOCABULARY

MUSIC = [(group.name, word) for group in word_groups("music") for word in group.words]
EFFECTS = {group.name: group.words for group in word_groups("audio")}


@pytest.mark.parametrize(("group", "word"), MUSIC)
def test_every_word_offered_for_music_is_understood(group, word):
    heard = understand("music", word)

    assert heard.words
    assert {"Style": heard.style, "Key": heard.key}.get(group, word) == word


@pytest.mark.parametrize("word", EFFECTS["Sound"])
def test_every_sound_offered_is_the_one_understood(word):
    assert understand("audio", word).words[0] == word


@pytest.mark.parametrize("word", (*EFFECTS["Manner"], *EFFECTS["Place"], *EFFECTS["How many"]))
def test_every_word_about_a_sound_changes_what_is_understood(word):
    assert understand("audio", f"dog bark, {word}").words != understand("audio", "dog bark").words


@pytest.mark.parametrize("category", VOCABULARY["audio"])
def test_every_category_of_effects_is_understood(category):
    assert understand("audio", category.replace("_", " ")).words


def test_speech_is_not_interpreted():
    assert understand("tts", "heavy rain, 120 bpm").words == ()


def test_words_nobody_knows_say_nothing():
    assert understand("audio", "qwertz").words == ()
    assert understand("music", "qwertz").words == ()
