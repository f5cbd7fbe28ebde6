"""Finding known phrases among the words of a prompt: whole words only, the longest first, and heeding "no"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

Meaning = TypeVar("Meaning")

_WORD = re.compile(r"\d+/\d+|[a-z0-9#♯♭]+|[,.;:!?()]")
_NEGATIONS = frozenset({"no", "without", "not", "minus", "never", "w/o"})
_STOPS = frozenset(",.;:!?()") | {"but", "with", "and", "just", "only"}
_PASSED_OVER = frozenset({"without"})  # after these "and" goes on refusing


@dataclass(frozen=True)
class Found(Generic[Meaning]):
    phrase: str
    meaning: Meaning
    start: int  # word it begins at
    words: int
    refused: bool


def words_of(text: str) -> list[str]:
    """Lower-case words and punctuation; "lo-fi" and "lo fi" are the same two words, "R&B" is "r and b"."""
    plain = text.lower().replace("'", "").replace("’", "").replace("&", " and ").replace("-", " ")
    return _WORD.findall(plain)


class Phrasebook(Generic[Meaning]):
    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = {tuple(words_of(phrase)): meaning for phrase, meaning in meanings.items()}
        self._lengths: dict[str, tuple[int, ...]] = {}  # of the phrases that begin with a word, the longest first
        for phrase in self._meanings:
            lengths = {*self._lengths.get(phrase[0], ()), len(phrase)}
            self._lengths[phrase[0]] = tuple(sorted(lengths, reverse=True))

    def find(self, words: Sequence[str]) -> list[Found[Meaning]]:
        """Every known phrase in order. A plural finds its singular."""
        refused = _refusals(tuple(words))
        found: list[Found[Meaning]] = []
        start = 0
        while start < len(words):
            phrase = self._longest_at(words, start)
            if phrase:
                denied = refused[start] and words[start] not in _NEGATIONS  # "no intro" is a phrase of its own
                found.append(Found(" ".join(phrase), self._meanings[phrase], start, len(phrase), denied))
            start += len(phrase) or 1
        return found

    def _longest_at(self, words: Sequence[str], start: int) -> tuple[str, ...]:
        for length in self._lengths.get(words[start], ()):
            said = tuple(words[start : start + length])
            for phrase in (said, (*said[:-1], said[-1].removesuffix("s"))):
                if phrase in self._meanings:
                    return phrase
        singular = (words[start].removesuffix("s"),)
        return singular if singular in self._meanings else ()


@lru_cache(maxsize=16)
def _refusals(words: tuple[str, ...]) -> tuple[bool, ...]:
    refusing, refused = "", []
    for word in words:
        if word in _NEGATIONS:
            refusing = word
        elif word in _STOPS and not (word == "and" and refusing in _PASSED_OVER):
            refusing = ""
        refused.append(bool(refusing))
    return tuple(refused)


def wanted(found: Iterable[Found[Meaning]]) -> list[Meaning]:
    return [one.meaning for one in found if not one.refused]


def within(found: Found[Any], spans: Sequence[Found[Any]]) -> bool:
    """Is it a part of a longer phrase that means something else ("bass" in "drum and bass")?"""
    return any(
        span.words > found.words and span.start <= found.start and found.start + found.words <= span.start + span.words
        for span in spans
    )
