"""Words as they are searched: "Lo-Fi", "lofi" and "lo fi" are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TERMS = 8
LONGEST_QUERY = 500  # characters; databases refuse patterns that are too long
NOT_A_WORD = re.compile(r"[^\w]+")
JOINED = (("lo fi", "lofi"), ("hip hop", "hiphop"), ("sci fi", "scifi"), ("synth wave", "synthwave"))


def normal(text: str) -> str:
    """Lower case, without accents and punctuation, one blank between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return NOT_A_WORD.sub(" ", plain.replace("_", " ")).strip()


def searchable(prompt: str, title: str, categories: Iterable[str]) -> str:
    """What a search looks through: every word stands between blanks."""
    return f" {joined(' '.join((title, prompt, *categories)))} "


def searchable_terms(query: str) -> list[str]:
    """What to look for in `searchable` text: whole words, the last one by its beginning; none for punctuation."""
    words = joined(query[:LONGEST_QUERY]).split()[:MOST_TERMS]
    return [f" {word} " for word in words[:-1]] + [f" {word}" for word in words[-1:]]


def joined(text: str) -> str:
    """Normal, and with words that people write apart or together written together."""
    words = f" {normal(text)} "
    for apart, together in JOINED:
        words = words.replace(f" {apart} ", f" {together} ")
    return words.strip()
