"""Some people out of many, for libraries that are filled by `soundbox seed`."""

from __future__ import annotations

import random
from collections.abc import Sequence


def several(people: Sequence[int], count: int, chance: random.Random, besides: int | None = None) -> list[int]:
    """`count` different people, without `besides`; all there are when there are not so many."""
    if count * 2 >= len(people):
        others = [person for person in people if person != besides]
        return chance.sample(others, min(count, len(others)))
    chosen: dict[int, None] = {}  # in the order they were met
    while len(chosen) < count:
        person = chance.choice(people)
        if person != besides:
            chosen[person] = None
    return list(chosen)
