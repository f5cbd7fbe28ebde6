"""Words as they are searched: "Lo-Fi", "lofi" and "lo fi" are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_TERMS = 8
LONGEST_QUERY = 500  # characters
LONGEST_WORD = 64  # characters; what is longer is found by its beginning, and no index has to hold it whole
NOT_A_WORD = re.compile(r"[\W_]+")
TOO_LONG = re.compile(rf"(\w{{{LONGEST_WORD}}})\w+")
JOINED = (("lo fi", "lofi"), ("hip hop", "hiphop"), ("sci fi", "scifi"), ("synth wave", "synthwave"))


@dataclass(frozen=True)
class Terms:
    """What to look for: every one of `whole`, and a word that begins with `beginning`."""

    whole: tuple[str, ...]
    beginning: str

    @classmethod
    def of(cls, query: str) -> Terms | None:
        """None for a query without words, such as only punctuation: it finds nothing."""
        words = joined(query[:LONGEST_QUERY]).split()[:MOST_TERMS]
        return cls(tuple(words[:-1]), words[-1]) if words else None

    @property
    def parts(self) -> list[str]:
        """As they stand in `searchable` text."""
        return [*(f" {word} " for word in self.whole), f" {self.beginning}"]


def normal(text: str) -> str:
    """Lower case, without accents and punctuation, one blank between words."""
    if not text.isascii():
        text = _without_accents(text)
    return TOO_LONG.sub(r"\1", NOT_A_WORD.sub(" ", text.lower()).strip())


def searchable(prompt: str, title: str, categories: Iterable[str]) -> str:
    """What a search looks through: every word stands between blanks."""
    return f" {joined(' '.join((title, prompt, *categories)))} "


def joined(text: str) -> str:
    """Normal, and with words that people write apart or together written together."""
    words = f" {normal(text)} "
    for apart, together in JOINED:
        words = words.replace(f" {apart} ", f" {together} ")
    return words.strip()


def _without_accents(text: str) -> str:
    """Folded twice: what compatibility forms hide may have a case and accents of its own (Unicode, D146)."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))
