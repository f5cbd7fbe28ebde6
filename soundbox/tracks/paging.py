"""Cursors: a place in a list as a word in an address, which is as fast to go on from on page 10,000 as on page 2."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass

from .sorts import SORTS, Place

FORWARDS, BACKWARDS = "after", "before"
LARGEST_NUMBER = 2**62


class BadCursor(Exception):
    """This was never a cursor of ours, or one of another sort."""


@dataclass(frozen=True)
class Cursor:
    sort: str
    place: Place
    backwards: bool = False

    def __str__(self) -> str:
        direction = BACKWARDS if self.backwards else FORWARDS
        data = json.dumps([self.sort, direction, self.place.key, self.place.number], separators=(",", ":"))
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, word: str, sort: str) -> Cursor:
        """Raises `BadCursor`."""
        try:
            data = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
            made_for, direction, key, number = json.loads(data)
        except (ValueError, TypeError, RecursionError):
            raise BadCursor from None
        if made_for != sort or direction not in (FORWARDS, BACKWARDS) or not _is_place(sort, key, number):
            raise BadCursor
        return cls(sort, Place(key, number), direction == BACKWARDS)


def _is_place(sort: str, key: object, number: object) -> bool:
    if type(number) is not int or abs(number) > LARGEST_NUMBER:
        return False
    if SORTS[sort].key is None:
        return key is None
    return type(key) in (int, float) and math.isfinite(key) and abs(key) < LARGEST_NUMBER  # type: ignore[arg-type]
