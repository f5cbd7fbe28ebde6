"""What can be made of a track here: what the engine that serves a model says it can do, and what that track allows.

Pages offer by it, and requests are checked by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from soundbox.engines.protocol import ModelInfo, Recipe, Relation

from .models import Track
from .recipe import recipe_of

MOST_GENERATIONS = 12


@dataclass(frozen=True)
class Obstacle:
    """Why a relation cannot be, in words."""

    reason: str
    advice: str | None = None


def relations(info: ModelInfo, parent: Track) -> tuple[Relation, ...]:
    """Those that nothing stands against."""
    return tuple(relation for relation in get_args(Relation) if obstacle(info, parent, relation) is None)


def obstacle(info: ModelInfo, parent: Track, relation: Relation) -> Obstacle | None:
    """What stands against a relation, whatever its words and its length."""
    if goes_by_recipe(info, parent):
        found = _in_its_recipe(info, parent, relation)
    else:
        found = _in_its_sound(info, parent, relation)
    if found is None and relation == "extend" and seconds_left(info, parent) < info.min_seconds:
        return no_room(info, parent)
    return found


def goes_by_recipe(info: ModelInfo, parent: Track) -> bool:
    """The engine made it itself and goes on from how, not from the samples."""
    return bool(info.own_relations) and parent.engine == info.engine


def seconds_left(info: ModelInfo, parent: Track) -> float:
    """By so much an extension may make it longer."""
    return max(0.0, info.max_seconds - parent.seconds)


def no_room(info: ModelInfo, parent: Track) -> Obstacle:
    left = seconds_left(info, parent)
    advice = f"There is room for {left:g} more." if left else "This one cannot grow."
    return Obstacle(f"An extended track may be {info.max_seconds:g} seconds long", advice)


def _in_its_recipe(info: ModelInfo, parent: Track, relation: Relation) -> Obstacle | None:
    if relation not in info.own_relations:
        return _not_taken(info, relation, info.own_relations)
    if parent.engine_version != info.engine_version:
        return _by_an_earlier_version(relation)
    if _generations(recipe_of(parent)) >= MOST_GENERATIONS:
        return Obstacle("This track has too many ancestors; start from an earlier one")
    return None


def _by_an_earlier_version(relation: Relation) -> Obstacle | None:
    """Its words, tempo and key can still be read; where its music ended cannot."""
    if relation != "extend":
        return None
    return Obstacle(
        "This track was made by an earlier version of the composer, which cannot go on from it",
        "Make it again from its words, or use it as a reference.",
    )


def _in_its_sound(info: ModelInfo, parent: Track, relation: Relation) -> Obstacle | None:
    """By another kind of model a sound can be made again from its words, and no more."""
    taken = [each for each in info.relations if each == "vary" or info.kind == parent.kind]
    return None if relation in taken else _not_taken(info, relation, taken)


def _not_taken(info: ModelInfo, relation: Relation, taken: Sequence[Relation]) -> Obstacle:
    return Obstacle(
        f"{info.engine} cannot use relation {relation!r} with this track; it takes: {' or '.join(taken) or 'none'}",
        "Ask for what it takes, or take another model.",
    )


def _generations(recipe: Recipe) -> int:
    """How long its line is, itself included."""
    return 1 + (_generations(recipe.parent) if recipe.parent else 0)
