"""Recipes as plain data, to be kept beside a sound and handed to other processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from soundbox.engines.protocol import Recipe


def as_data(recipe: Recipe) -> dict[str, Any]:
    """Only what JSON knows."""
    return asdict(recipe)


def from_data(data: Mapping[str, Any]) -> Recipe:
    parent = data.get("parent")
    return Recipe(**{**data, "parent": from_data(parent) if parent else None})


def generations(recipe: Recipe) -> int:
    """How long its line is, itself included."""
    return 1 + (generations(recipe.parent) if recipe.parent else 0)
