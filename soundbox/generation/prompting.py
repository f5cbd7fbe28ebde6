"""Help with a prompt: examples, words worth trying, and what an engine understands while people type."""

from __future__ import annotations

import hashlib
from typing import Any

from soundbox.engines.diffusion.asked import LANGUAGES
from soundbox.engines.ideas import random_prompt
from soundbox.engines.models import ALIASES, KINDS
from soundbox.engines.understanding import Understanding, understand
from soundbox.engines.voices import languages
from soundbox.engines.wording import word_groups
from soundbox.presets.preset import Preset
from soundbox.tracks.instance import catalogue

from .answers import UnderstandAnswer

EXAMPLES = 4


def kind_of(model: str) -> str:
    """music, audio or tts; a model nobody knows is taken for music."""
    return KINDS.get(ALIASES.get(model, model), "music")


def answer_for(model: str, prompt: str, preset: Preset | None = None) -> UnderstandAnswer:
    whole = preset.prompt_with(prompt) if preset else prompt
    found = understand(kind_of(model), whole)
    by_chance = not found.words and _is_told(whole) and _reads_words_it_knows(model)
    return UnderstandAnswer(
        understood=list(found.words),
        style=found.style,
        tempo=found.tempo,
        key=found.key,
        left_to_chance=by_chance,
        version=_version(found, by_chance),
    )


def _is_told(prompt: str) -> bool:
    """More than the beginning of a first word; in scripts without spaces a few letters say something."""
    return len(prompt.split()) > 1 or (len(prompt) > 1 and not prompt.isascii())


def _reads_words_it_knows(model: str) -> bool:
    """Weights make something of any words, and speech says them all."""
    info = catalogue().find(model)
    return info is not None and info.weightless and info.kind != "tts"


def helps(values: dict[str, str], preset: Preset | None = None) -> dict[str, Any]:
    """What stands around the prompt of a form with these values, for every kind at once: the page shows one."""
    kinds = dict.fromkeys(KINDS.values())
    return {
        "examples_by_kind": {kind: [random_prompt(kind, None) for _ in range(EXAMPLES)] for kind in kinds},
        "word_groups": {kind: groups for kind in kinds if (groups := word_groups(kind))},
        "languages": LANGUAGES,
        "spoken": languages(),
        "heard": answer_for(values.get("model", "music"), values.get("prompt", ""), preset),
    }


def _version(found: Understanding, by_chance: bool) -> str:
    return hashlib.blake2s("\n".join((*found.words, str(by_chance))).encode(), digest_size=6).hexdigest()
