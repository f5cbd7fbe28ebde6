"""From what is there already to a preset of one's own: a track, or another preset."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.tracks.access import readable
from soundbox.tracks.models import Track
from soundbox.web.errors import Refusal

from .access import unknown
from .finding import find
from .preset import LONGEST_BASE, Preset

LONGEST_NAME = 60


def draft_of(session: Session, who: Principal, track_id: str | None, slug: str | None) -> dict[str, Any]:
    """The facts of a preset. Raises `Refusal` 404 for what one may not read, and 400 for both at once."""
    if track_id and slug:
        raise Refusal(400, "Name a track or a preset, not both")
    if track_id:
        return _of_track(readable(session, who, track_id))
    if slug:
        return _of_preset(find(session, who, slug))
    return {}


def _of_track(track: Track) -> dict[str, Any]:
    """Its tempo is the suggested one, so it is no parameter besides."""
    parameters = {name: value for name, value in track.parameters.items() if name != "tempo"}
    return {
        "name": track.name[:LONGEST_NAME].strip(),
        "prompt_base": track.prompt[:LONGEST_BASE],
        "suggested_bpm": round(float(track.tempo), 1) if track.tempo else None,
        "suggested_duration": max(0.5, round(track.seconds, 1)),
        "seed": track.seed,
        "tags": track.categories[:8],
        "parameters": parameters,
        "model": track.model,
    }


def _of_preset(preset: Preset | None) -> dict[str, Any]:
    if preset is None:
        raise unknown()
    facts = preset.model_dump(exclude={"slug"})
    return {**facts, "name": f"{preset.name[: LONGEST_NAME - 7]} (copy)"}
