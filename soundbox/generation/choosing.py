"""A preset chosen in the form: it fills in what it has, and can be taken out again without losing what was typed."""

from __future__ import annotations

import json
from typing import Any

from soundbox.presets.preset import Preset

from .header import shown_model
from .request import NAMED

OWN_FIELDS = [name for name in NAMED if name != "tempo"]  # that field would outrank a tempo among the words
BEFORE = "before"  # what the form held, beside what the preset put there


def filled_in(values: dict[str, str], preset: Preset) -> dict[str, str]:
    """The form with this preset in it, in place of another. One that is in it already changes nothing more."""
    if _before(values).get("preset") == preset.slug:
        return values
    kept = taken_out(values)
    put = {"model": shown_model(preset.model), "duration": f"{preset.suggested_duration:g}"}
    if preset.seed is not None:
        put["seed"] = str(preset.seed)
    put |= {name: str(preset.parameters[name]) for name in OWN_FIELDS if name in preset.parameters}
    fields = {name: [kept.get(name, ""), value] for name, value in put.items()}
    before = json.dumps({"preset": preset.slug, "fields": fields}, separators=(",", ":"))
    return {**kept, **put, "preset": preset.slug, BEFORE: before}


def taken_out(values: dict[str, str]) -> dict[str, str]:
    """The form as it was before, but for what has been changed by hand since."""
    fields = _before(values).get("fields", {})
    restored = {name: was for name, (was, put) in fields.items() if values.get(name) == put}
    rest = {name: value for name, value in values.items() if name not in ("preset", BEFORE)}
    return {name: value for name, value in {**rest, **restored}.items() if value != ""}


def _before(values: dict[str, str]) -> dict[str, Any]:
    """Nothing where it is not there, or is not what we wrote."""
    try:
        before = json.loads(values.get(BEFORE) or "{}")
        for was, put in before.get("fields", {}).values():
            if not (isinstance(was, str) and isinstance(put, str)):
                return {}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return before if isinstance(before, dict) else {}
