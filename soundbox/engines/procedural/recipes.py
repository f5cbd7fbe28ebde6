"""Recipes as plain data, for files and child processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from soundbox.engines.protocol import EngineError, Recipe, SoundRequest


def as_data(recipe: Recipe) -> dict[str, Any]:
    """What `recipe_of` reads again."""
    return asdict(recipe)


def recipe_of(data: Mapping[str, Any]) -> Recipe:
    """Raises `EngineError` for data that is no recipe."""
    try:
        parent = data.get("parent")
        return Recipe(
            prompt=str(data["prompt"]),
            seconds=float(data["seconds"]),
            seed=int(data["seed"]),
            loop=bool(data.get("loop", False)),
            parameters=dict(data.get("parameters") or {}),
            relation=data.get("relation"),
            parent=recipe_of(parent) if parent else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineError("This is no recipe of a sound.") from error


def seconds_to_make(recipe: Recipe) -> float:
    """Seconds of sound that the work on it is about, at most a bar too many: what is extended is made again, for its
    own samples stand before the joint, and then once more with the new music behind it."""
    if recipe.relation != "extend" or recipe.parent is None:
        return recipe.seconds
    return _seconds(recipe) + seconds_to_make(recipe.parent)


def _seconds(recipe: Recipe) -> float:
    """How long it is."""
    if recipe.relation != "extend" or recipe.parent is None:
        return recipe.seconds
    return _seconds(recipe.parent) + recipe.seconds


def request_of(recipe: Recipe, job_id: str = "", model: str = "music") -> SoundRequest:
    return SoundRequest(
        job_id, model, recipe.prompt, recipe.seconds, recipe.seed, recipe.loop, recipe.parameters,
        relation=recipe.relation, parent=recipe.parent,
    )  # fmt: skip


def request_in(path: Path) -> SoundRequest:
    """The request that a JSON file holds. Raises `EngineError`."""
    try:
        data = json.loads(path.read_text())
    except ValueError as error:
        raise EngineError("The request is not JSON.") from error
    if not isinstance(data, dict):
        raise EngineError("This is no recipe of a sound.")
    return request_of(recipe_of(data))
