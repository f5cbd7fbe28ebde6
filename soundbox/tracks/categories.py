"""The vocabulary of categories, and the categories a prompt speaks of: whole words and phrases only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from functools import cache
from string import capwords

from .search import joined, normal
from .synonyms import GENERAL, IDIOMS, SYNONYMS

MOST_FROM_PROMPT = 5
DENIES = ("no", "not", "without", "never", "nor")
DENIES_ON = ("or",)  # "no drums or piano" has no piano either
LEADS_ON = ("any", "too", "so", "much", "a", "the")

Phrases = Mapping[tuple[str, ...], tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VOCABULARY: dict[str, tuple[str, ...]] = {
    "music": _words(
        """
        electronic edm house techno trance dubstep drum_and_bass synthwave ambient drone meditation
        nature_music space dark_ambient cinematic epic orchestral trailer dramatic suspense heroic romantic
        classical piano guitar strings orchestra_section acoustic lofi chillhop chill study cafe hiphop trap
        boom_bap instrumental_hiphop rock indie metal punk grunge jazz blues soul funk world asian latin
        african celtic middle_eastern happy sad angry peaceful mysterious scary inspirational upbeat
        relaxing intense gentle retro chiptune arcade 80s 70s 60s corporate advertising youtube podcast
        game_music holiday workout kids
        """
    ),
    "audio": _words(
        """
        notification button menu success error typing whoosh impact explosion crash jump footstep rain wind
        thunder water ocean fire forest bird dog cat insect monster voice laugh scream breath eating crowd
        door glass metal wood paper cloth bell engine mechanical electronic robot gun laser sword magic
        sparkle portal power_up heal scifi computer alarm drone horror tension ghost cartoon funny drum
        stinger transition
        """
    ),
    "tts": _words(
        """
        male female child neutral natural professional dramatic whisper robotic announcer narration dialogue
        monologue audiobook numbers greeting farewell confirmation question directions tutorial warning
        prompt commercial podcast game_voice character news weather
        """
    ),
}


def display_name(key: str) -> str:
    return capwords(key.replace("_", " "))  # str.title would make "80S" of "80s"


def categories_of(prompt: str, kind: str) -> list[str]:
    """Up to five categories of this kind, in the order in which the prompt speaks of them. Of more, those stay that
    say what it is; how it feels and what it is made of goes first."""
    found = _spoken_of(joined(prompt.replace("?", " question mark ")).split(), kind)
    general = GENERAL.get(kind, frozenset())
    best = sorted(found, key=lambda key: (key in general, found.index(key)))[:MOST_FROM_PROMPT]
    return sorted(best, key=found.index)


def _spoken_of(words: list[str], kind: str) -> list[str]:
    """Each category once. A longer phrase goes before a shorter one; what is denied does not count."""
    phrases, longest = _phrases(kind)
    found: dict[str, None] = {}
    place, denial = 0, Denial.none
    while place < len(words):
        length, keys = _longest_at(words, place, phrases, longest)
        denial = denial.then(words[place])
        if denial is Denial.none:
            found |= dict.fromkeys(keys)
        place += length
    return list(found)


class Denial(Enum):
    """Where a word stands after "no" or "without"."""

    none = auto()
    begins = auto()  # the word itself denies, or only leads on
    here = auto()  # the word is what there shall be none of

    def then(self, word: str) -> Denial:
        if word in DENIES or (self is Denial.here and word in DENIES_ON):
            return Denial.begins
        if self is Denial.begins:
            return Denial.begins if word in LEADS_ON else Denial.here
        return Denial.none


def _longest_at(words: list[str], place: int, phrases: Phrases, longest: int) -> tuple[int, tuple[str, ...]]:
    """How many words from `place` on are a phrase, and what it stands for."""
    for length in range(min(longest, len(words) - place), 0, -1):
        *before, last = words[place : place + length]
        for ending in ("", "s", "es"):
            if last.endswith(ending):
                keys = phrases.get((*before, last.removesuffix(ending)))
                if keys is not None:
                    return length, keys
    return 1, ()


@cache
def _phrases(kind: str) -> tuple[Phrases, int]:
    """What each phrase stands for, and how many words the longest has."""
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key in VOCABULARY.get(kind, ()):
        for phrase in (key, *SYNONYMS.get(kind, {}).get(key, ())):
            words = tuple(joined(phrase).split())
            phrases[words] = (*phrases.get(words, ()), key)
    phrases |= {tuple(joined(idiom).split()): () for idiom in IDIOMS.get(kind, ())}
    return phrases, max(map(len, phrases), default=0)


def key_named(name: str, kind: str) -> str | None:
    """The category of this kind by its key or its display name, as people type it; None when there is none."""
    key = normal(name).replace(" ", "_")
    return key if key in VOCABULARY.get(kind, ()) else None
