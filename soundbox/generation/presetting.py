"""A request with a preset: what it leaves open is the preset's."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.protocol import ModelInfo
from soundbox.engines.understanding import understand
from soundbox.presets.finding import find
from soundbox.presets.preset import Preset
from soundbox.web.bodies import sent_empty
from soundbox.web.errors import Refusal

from .request import LONGEST_PROMPT, GenerationRequest


def with_preset(session: Session, who: Principal, known: Catalogue, asked: GenerationRequest) -> GenerationRequest:
    """Its words before those that were typed; its length, seed, parameters and model where none were named. The same
    request where no preset is named. Raises `Refusal` 400."""
    if asked.preset is None:
        return asked
    preset = find(session, who, asked.preset)
    if preset is None:
        name = asked.preset[:40]
        raise Refusal(
            400,
            f"There is no preset {name!r}; /api/presets lists those there are",
            fields={"preset": "There is no such preset: take another, or none"},
        )
    model = asked.model if "model" in asked.model_fields_set else preset.model
    info = known.find(model)
    changes: dict[str, Any] = {
        "prompt": _prompt(preset, asked.prompt),
        "model": model,
        "parameters": {**_taken(info, preset, asked.prompt), **asked.parameters},
    }
    if "duration" not in asked.model_fields_set:
        longest = min(who.tier.longest_seconds, info.max_seconds) if info else who.tier.longest_seconds
        changes["duration"] = min(preset.suggested_duration, longest)
    if "seed" not in asked.model_fields_set and "seed" not in sent_empty():  # which says: choose one
        changes["seed"] = preset.seed
    return asked.model_copy(update=changes)


def _prompt(preset: Preset, typed: str) -> str:
    prompt = preset.prompt_with(typed)
    if not prompt:
        raise Refusal(400, "Prompt is required", fields={"prompt": "This preset has no words of its own: write some"})
    if len(prompt) > LONGEST_PROMPT:
        fault = (
            f"With the preset's words the prompt has {len(prompt)} characters; at most {LONGEST_PROMPT} are possible"
        )
        raise Refusal(400, fault, fields={"prompt": fault})
    return prompt


def _taken(info: ModelInfo | None, preset: Preset, typed: str) -> dict[str, Any]:
    """What this model takes of it. A tempo that was typed outranks the suggested one."""
    if info is None:
        return {}
    tempo = understand(info.kind, typed).tempo or preset.suggested_bpm
    offered = {**preset.parameters, **({"tempo": tempo} if tempo else {})}
    return {name: value for name, value in offered.items() if name in info.parameters}
