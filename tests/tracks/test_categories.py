"""A prompt is filed under what it speaks of: whole words and phrases, and nothing that only looks like them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundbox.tracks.categories import MOST_FROM_PROMPT, VOCABULARY, categories_of
from soundbox.tracks.synonyms import GENERAL, IDIOMS, SYNONYMS
from tests.tracks.prompts import AUDIO, MUSIC, PROMPTS, TRAPS, TTS, UNSEEN, Prompt

LEAST = 0.97  # of the prompts that the words were chosen for
LEAST_UNSEEN = 0.85


def precision_and_recall(prompts: Iterable[Prompt]) -> tuple[float, float]:
    pairs = [(set(categories_of(prompt.words, prompt.kind)), prompt.expected) for prompt in prompts]
    right = sum(len(found & expected) for found, expected in pairs)
    return right / sum(len(found) for found, _ in pairs), right / sum(len(expected) for _, expected in pairs)


def test_the_table_has_150_prompts_filed_under_categories_that_exist() -> None:
    assert (len(MUSIC), len(AUDIO), len(TTS)) == (50, 75, 25)
    assert all(prompt.expected <= set(VOCABULARY[prompt.kind]) for prompt in (*PROMPTS, *UNSEEN))


@pytest.mark.parametrize(
    ("name", "prompts", "least"),
    [
        *((kind, [prompt for prompt in PROMPTS if prompt.kind == kind], LEAST) for kind in VOCABULARY),
        ("all", PROMPTS, LEAST),
        ("unseen", UNSEEN, LEAST_UNSEEN),
    ],
)
def test_prompts_are_filed_as_a_careful_person_would(name: str, prompts: list[Prompt], least: float) -> None:
    precision, recall = precision_and_recall(prompts)
    print(f"{name}: {len(prompts)} prompts, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - shown by -s
    assert min(precision, recall) >= least


@pytest.mark.parametrize(("kind", "words", "wrong"), TRAPS)
def test_words_that_only_look_like_a_category_are_none(kind: str, words: str, wrong: str) -> None:
    assert not set(categories_of(words, kind)) & set(wrong.split())


def test_of_more_than_five_those_stay_that_say_what_it_is() -> None:
    found = categories_of("gentle relaxing chill jazz, piano, strings, guitar, blues and soul", "music")
    assert found == ["jazz", "piano", "strings", "guitar", "blues"]


def test_general_words_fill_up_to_five_in_the_order_of_the_prompt() -> None:
    assert categories_of("gentle jazz, relaxing", "music") == ["gentle", "jazz", "relaxing"]


def test_one_phrase_may_stand_for_several_categories() -> None:
    assert categories_of("punk rock", "music") == ["rock", "punk"]


def test_data_only_names_categories_that_exist() -> None:
    for kind, keys in VOCABULARY.items():
        assert set(SYNONYMS[kind]) <= set(keys)
        assert GENERAL[kind] <= set(keys)
        assert kind in IDIOMS


@given(st.text(max_size=200), st.sampled_from(sorted(VOCABULARY)))
def test_any_text_has_at_most_five_known_categories_and_each_once(words: str, kind: str) -> None:
    found = categories_of(words, kind)
    assert len(found) == len(set(found)) <= MOST_FROM_PROMPT
    assert set(found) <= set(VOCABULARY[kind])


@given(st.sampled_from([(kind, key) for kind, keys in VOCABULARY.items() for key in keys]))
def test_every_category_is_found_by_its_own_name(pair: tuple[str, str]) -> None:
    kind, key = pair
    assert key in categories_of(key.replace("_", " "), kind)
