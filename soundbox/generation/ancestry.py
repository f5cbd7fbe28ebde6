"""What a sound that comes from another takes along: the recipe of its parent, where the engine can go on from one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import ModelInfo, Recipe
from soundbox.tracks.models import Track
from soundbox.tracks.recipe import is_composed, recipe_of
from soundbox.web.errors import Refusal

from .request import GenerationRequest

MOST_GENERATIONS = 12


def parent_recipe(session: Session, who: Principal, info: ModelInfo, asked: GenerationRequest) -> dict[str, Any] | None:
    """None where no recipe is carried: no parent, a sound that is simply made again by another seed, or one that goes
    on from the samples of its parent.

    Raises `Refusal` 400 for a parent that is not there, or from which this model cannot go on.
    """
    if asked.parent is None and asked.relation is None:
        return None
    if asked.parent is None or asked.relation is None:
        raise Refusal(400, "parent and relation belong together")
    parent = Track.readable_by(session, who, asked.parent)
    if parent is None:
        raise Refusal(400, "The parent track was not found")
    if is_composed(parent) and parent.engine == info.engine:
        recipe = _as_it_sounds(parent, info, asked)
        if _generations(recipe) >= MOST_GENERATIONS:
            raise Refusal(400, "This track has too many ancestors; start from an earlier one")
        return recipes.as_data(recipe)
    if asked.relation not in relations(info, parent):
        taken = " or ".join(relations(info, parent))
        raise Refusal(
            400,
            f"{info.engine} cannot use relation {asked.relation!r} with this track; it takes: {taken}",
            advice="Make a variation of it, or extend one that a model made which can go on from a sound.",
        )
    _check_room(parent, info, asked)
    return None


def relations(info: ModelInfo, parent: Track) -> tuple[str, ...]:
    """What a model can do with a track whose recipe it cannot use."""
    return ("vary", "extend") if info.continues and info.kind == parent.kind else ("vary",)


def engine_relation(asked: GenerationRequest, recipe: dict[str, Any] | None) -> str | None:
    """How the engine is to take the parent: a variation in other words only refers to it."""
    if recipe is None:
        return "extend" if asked.relation == "extend" else None
    return "reference" if asked.relation == "vary" and asked.prompt != recipe["prompt"] else asked.relation


def _generations(recipe: Recipe) -> int:
    """How long its line is, itself included."""
    return 1 + (_generations(recipe.parent) if recipe.parent else 0)


def _as_it_sounds(parent: Track, info: ModelInfo, asked: GenerationRequest) -> Recipe:
    """An earlier engine may have read the same words otherwise, so what was played then is named."""
    recipe = recipe_of(parent)
    if parent.engine_version == info.engine_version:
        _check_room(parent, info, asked)
        return recipe
    if asked.relation == "extend":
        raise Refusal(
            400,
            "This track was made by an earlier version of the composer, which cannot go on from it",
            advice="Make it again from its words, or use it as a reference.",
        )
    return Recipe(
        recipe.prompt,
        recipe.seconds,
        recipe.seed,
        recipe.loop,
        {**recipe.parameters, "tempo": parent.tempo, "key": parent.key},
    )


def _check_room(parent: Track, info: ModelInfo, asked: GenerationRequest) -> None:
    if asked.relation == "extend" and parent.seconds + asked.duration > info.max_seconds:
        room = max(0.0, info.max_seconds - parent.seconds)
        raise Refusal(
            400,
            f"An extended track may be {info.max_seconds:g} seconds long",
            advice=f"There is room for {room:g} more." if room else "This one cannot grow.",
            fields={"duration": f"At most {room:g} seconds more"},
        )
