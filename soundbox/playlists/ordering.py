"""The order of a playlist, as a rule over plain lists.

Whoever puts things in order names what they saw. Meanwhile others may have added or removed, and some of what is on the
list may be hidden from them. So what was named changes places among itself, and all else keeps its place: of two people
who order at once the last one wins, and nothing is ever lost or there twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def rearranged(items: Sequence[Item], wanted: Sequence[Item]) -> list[Item]:
    """`items` with those also in `wanted` (each once) in its order, on the places they have together."""
    there = set(items)
    named = iter([item for item in wanted if item in there])
    movable = set(wanted)
    return [next(named) if item in movable else item for item in items]


def moved(items: Sequence[Item], item: Item, by: int, seen: Collection[Item]) -> list[Item]:
    """`items` with one of them so many places further down (up: less than 0) among those that are `seen`."""
    shown = [one for one in items if one in seen]
    if item not in shown:
        return list(items)
    at = shown.index(item)
    shown.insert(min(max(at + by, 0), len(shown) - 1), shown.pop(at))
    return rearranged(items, shown)


def inserted(items: Sequence[Item], item: Item, position: int | None) -> list[Item]:
    """`items` with a new one at `position` (the first is 1), or last."""
    at = len(items) if position is None else min(max(position - 1, 0), len(items))
    return [*items[:at], item, *items[at:]]
