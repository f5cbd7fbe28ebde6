"""Permission and fetch in one step: who may read a preset, and who may change it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.web.errors import Refusal

from .house import house_presets
from .models import SavedPreset


def held(session: Session, who: Principal, slug: str) -> SavedPreset:
    """One's own, locked. Raises `Refusal` 404, and 403 for what one may only use."""
    if slug in house_presets():
        raise Refusal(403, "Everybody has this preset, so nobody changes it here", advice="Save a copy: that is yours.")
    saved = SavedPreset.held_by(session, who, slug)
    if saved is None:
        raise unknown()
    if not who.may_manage(saved.user_id):
        raise Refusal(403, "Not authorized to change this preset", advice="Save a copy: that one is yours.")
    return saved


def unknown() -> Refusal:
    return Refusal(404, "Preset not found", advice="It may have been deleted, or is no longer shared.")
