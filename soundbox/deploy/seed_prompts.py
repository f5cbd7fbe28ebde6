"""Prompts for a seeded library: thousands of sentences, some with a place or a name that few others have."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import dataclass

from soundbox.engines.ideas import random_prompt
from soundbox.tracks.categories import categories_of
from soundbox.tracks.search import joined

SENTENCES = 4000  # of each kind
PLACES = 20_000  # from one that everybody has heard of to some that one track is about
SHARE_WITH_PLACE = 0.3
SHARE_WITH_TITLE = 0.15
SYLLABLES = ("ka", "lor", "ve", "mi", "dra", "sun", "tel", "pho", "ri", "zan", "bel", "qu", "osh", "nim", "ya", "gor")
TITLE_FIRST = ("Blue", "Quiet", "Golden", "Broken", "Distant", "Paper", "Velvet", "Lost", "Winter", "Electric")
TITLE_LAST = ("Morning", "River", "Machine", "Garden", "Signal", "Harbour", "Piano", "Storm", "Lantern", "Rain")


@dataclass(frozen=True)
class Sentence:
    """A prompt with all that is worked out from it, so that it is worked out once."""

    prompt: str
    words: str
    categories: tuple[str, ...]
    category_words: str  # with a blank before them
    categories_json: str

    @classmethod
    def of(cls, prompt: str, kind: str) -> Sentence:
        categories = categories_of(prompt, kind)
        words = f" {joined(' '.join(categories))}" if categories else ""
        return cls(prompt, joined(prompt), tuple(categories), words, json.dumps(categories, separators=(",", ":")))


@dataclass(frozen=True)
class Prompt:
    text: str
    title: str
    search_text: str
    sentence: Sentence


class Prompts:
    def __init__(self, chance: random.Random, count: int):
        """`count`: how many will be asked for; few need no large vocabulary."""
        self._chance = chance
        self._sentences: dict[str, list[Sentence]] = {}
        self._size = min(SENTENCES, 8 * count)
        self._places = [_place(number) for number in range(min(PLACES, count))]
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self._places))))

    def next(self, kind: str) -> Prompt:
        """What `searchable` would say of it is put together from what is known of its parts."""
        chance = self._chance
        sentence = chance.choice(self._of(kind))
        text, words, title = sentence.prompt, sentence.words, ""
        if chance.random() < SHARE_WITH_PLACE:
            place = chance.choices(self._places, cum_weights=self._weights)[0]
            text, words = f"{text}, in {place}", f"{words} in {place.lower()}"
        if chance.random() < SHARE_WITH_TITLE:
            title = f"{chance.choice(TITLE_FIRST)} {chance.choice(TITLE_LAST)}"
            words = f"{title.lower()} {words}"
        return Prompt(text, title, f" {words}{sentence.category_words} ", sentence)

    def _of(self, kind: str) -> list[Sentence]:
        if kind not in self._sentences:
            texts = {random_prompt(kind, self._chance.randrange(2**32)) for _ in range(self._size)}
            self._sentences[kind] = [Sentence.of(text, kind) for text in sorted(texts)]
        return self._sentences[kind]


def _place(number: int) -> str:
    """The same number is the same place: Kalor, Kave, Kami ..."""
    name = ""
    number += len(SYLLABLES)
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        name = SYLLABLES[syllable] + name
    return name.capitalize()
