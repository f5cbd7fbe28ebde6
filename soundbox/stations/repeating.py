"""What may come again on a radio that goes on for ever."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from soundbox.tracks.models import Track

MOST_EXCLUDED = 200
Pick = Callable[[int, Collection[str]], list[Track]]


def unheard_first(pick: Pick, count: int, exclude: Sequence[str]) -> list[Track]:
    """`exclude`: what was heard lately, by id, the latest last. It comes again only where nothing else is left, and
    the very last not even then, unless it is all there is."""
    return pick(count, exclude) or pick(count, exclude[-1:]) or pick(count, ())


def excluded(words: str) -> list[str]:
    """Ids between commas; of more than `MOST_EXCLUDED` the latest."""
    return [word for word in (part.strip() for part in words.split(",")) if word][-MOST_EXCLUDED:]
