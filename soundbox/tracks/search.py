"""Words as they are searched: "Lo-Fi", "lofi" and "lo fi" are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TERMS = 8
NOT_A_WORD = re.compile(r"[^\w]+")
JOINED = (("lo fi", "lofi"), ("hip hop", "hiphop"), ("sci fi", "scifi"), ("synth wave", "synthwave"))


def normal(text: str) -> str:
    """Lower case, without accents and punctuation, one blank between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return NOT_A_WORD.sub(" ", plain.replace("_", " ")).strip()


def searchable(prompt: str, title: str, categories: Iterable[str]) -> str:
    """What a search looks through: each word begins after a blank."""
    return f" {terms_joined(' '.join((title, prompt, *categories)))} "


def terms(query: str) -> list[str]:
    """The words to look for, at most eight; none for pure punctuation."""
    return terms_joined(query).split()[:MOST_TERMS]


def terms_joined(text: str) -> str:
    words = f" {normal(text)} "
    for apart, together in JOINED:
        words = words.replace(f" {apart} ", f" {together} ")
    return words.strip()
