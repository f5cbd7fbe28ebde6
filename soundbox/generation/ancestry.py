"""What a sound that comes from another takes along: the recipe of its parent, where the engine goes on from one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import ModelInfo, Recipe
from soundbox.tracks.models import Track
from soundbox.tracks.recipe import recipe_of
from soundbox.tracks.relations import Obstacle, goes_by_recipe, no_room, obstacle, seconds_left
from soundbox.web.errors import Refusal

from .request import GenerationRequest


def parent_recipe(session: Session, who: Principal, info: ModelInfo, asked: GenerationRequest) -> dict[str, Any] | None:
    """None where no recipe is carried: no parent, a sound that is simply made again by another seed, or one that comes
    from the samples of its parent.

    Raises `Refusal` 400 for a parent that is not there, or of which this model cannot make that.
    """
    if asked.parent is None and asked.relation is None:
        return None
    if asked.parent is None or asked.relation is None:
        raise Refusal(400, "parent and relation belong together")
    parent = Track.readable_by(session, who, asked.parent)
    if parent is None:
        raise Refusal(400, "The parent track was not found")
    if found := obstacle(info, parent, asked.relation):
        raise _refusal(found)
    if asked.relation == "extend" and asked.duration > seconds_left(info, parent):
        most = f"At most {seconds_left(info, parent):g} seconds more"
        raise _refusal(no_room(info, parent), fields={"duration": most})
    return recipes.as_data(_as_it_sounds(parent, info)) if goes_by_recipe(info, parent) else None


def engine_relation(asked: GenerationRequest, recipe: dict[str, Any] | None) -> str | None:
    """How the engine is to take the parent: a variation in other words only refers to it."""
    if recipe is None:
        return None if asked.relation == "vary" else asked.relation
    return "reference" if asked.relation == "vary" and asked.prompt != recipe["prompt"] else asked.relation


def _refusal(found: Obstacle, fields: dict[str, str] | None = None) -> Refusal:
    return Refusal(400, found.reason, advice=found.advice, fields=fields)


def _as_it_sounds(parent: Track, info: ModelInfo) -> Recipe:
    """An earlier engine may have read the same words otherwise, so what was played then is named."""
    recipe = recipe_of(parent)
    if parent.engine_version == info.engine_version:
        return recipe
    return Recipe(
        recipe.prompt,
        recipe.seconds,
        recipe.seed,
        recipe.loop,
        {**recipe.parameters, "tempo": parent.tempo, "key": parent.key},
    )
