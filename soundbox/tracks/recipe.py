"""How a track can be made again, and what else can be made from the same recipe."""

from __future__ import annotations

from soundbox.engines import recipes
from soundbox.engines.models import COMPOSER
from soundbox.engines.protocol import Recipe

from .models import Track


def is_composed(track: Track) -> bool:
    """Written note by note, so that stems, notes and relatives can be made of it."""
    return track.engine == COMPOSER


def recipe_of(track: Track) -> Recipe:
    """Tracks without a kept recipe have no ancestors: what is known of them is all there is."""
    if track.recipe:
        return recipes.from_data(track.recipe)
    return Recipe(track.prompt, track.seconds, track.seed, track.loop, track.parameters)
