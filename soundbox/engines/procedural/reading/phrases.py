"""Finding known phrases among the words of a prompt: whole words only, the longest first, and heeding "no"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

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
        self._longest = max(map(len, self._meanings))

    def find(self, words: list[str]) -> list[Found[Meaning]]:
        """Every known phrase in order. A plural finds its singular."""
        refusals = _refusals(words)
        found: list[Found[Meaning]] = []
        start = 0
        while start < len(words):
            match = self._longest_at(words, start)
            if match:
                phrase, meaning = match
                found.append(Found(" ".join(phrase), meaning, start, len(phrase), refusals[start]))
            start += len(match[0]) if match else 1
        return found

    def _longest_at(self, words: list[str], start: int) -> tuple[tuple[str, ...], Meaning] | None:
        for length in range(self._longest, 0, -1):
            said = tuple(words[start : start + length])
            for phrase in (said, (*said[:-1], said[-1].removesuffix("s"))):
                if len(said) == length and phrase in self._meanings:
                    return phrase, self._meanings[phrase]
        return None


def _refusals(words: Iterable[str]) -> list[bool]:
    refusing, refused = "", []
    for word in words:
        if word in _NEGATIONS:
            refusing = word
        elif word in _STOPS and not (word == "and" and refusing in _PASSED_OVER):
            refusing = ""
        refused.append(bool(refusing))
    return refused
