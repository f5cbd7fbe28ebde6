"""How a track can be made again, and what else can be made from the same recipe: stems, notes, relatives."""

from __future__ import annotations

import json
from pathlib import Path

from soundbox.engines import commands
from soundbox.engines.models import COMPOSER, PROCEDURAL_VERSION
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import Recipe
from soundbox.media.local import LocalMedia
from soundbox.web.errors import Refusal

from .models import Track

PART_TYPES = {
    "mid": "audio/midi",
    "drums.wav": "audio/wav",
    "bass.wav": "audio/wav",
    "chords.wav": "audio/wav",
    "melody.wav": "audio/wav",
}


def is_composed(track: Track) -> bool:
    """Written note by note, so that stems, notes and relatives can be made of it."""
    return track.engine == COMPOSER


def has_parts(track: Track) -> bool:
    """Another version of the composer would write another piece from the same recipe."""
    return is_composed(track) and track.engine_version == PROCEDURAL_VERSION


def demand_parts(track: Track) -> None:
    """Raises `Refusal` 404 for a sound that was never notes, 410 for one whose composer is gone."""
    if not is_composed(track):
        raise Refusal(404, "Only music that was composed here has stems and notes")
    if not has_parts(track):
        raise Refusal(
            410,
            "This track was made by an earlier version of the composer, which is not here any more",
            advice="Make it again from its words, and take the stems of that.",
        )


def part_command(suffix: str) -> commands.Command:
    return commands.midi if suffix == "mid" else commands.stem(suffix.removesuffix(".wav"))


def recipe_of(track: Track) -> Recipe:
    """Tracks without a kept recipe have no ancestors: what is known of them is all there is."""
    if track.recipe:
        return recipes.recipe_of(track.recipe)
    return Recipe(track.prompt, track.seconds, track.seed, track.loop, track.parameters)


def stored_recipe(media: LocalMedia, track: Track) -> str:
    """The key of a file with the recipe as JSON, written when first asked for. Raises `MediaError`."""
    key = track.file("recipe.json")
    if not media.exists(key):
        media.write(key, lambda path: _write(path, recipe_of(track)))
    return key


def _write(path: Path, recipe: Recipe) -> None:
    path.write_text(json.dumps(recipes.as_data(recipe)))
