"""Which presets somebody may use."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal

from .house import house_presets
from .models import SavedPreset
from .preset import Preset


def find(session: Session | None, who: Principal, slug: str) -> Preset | None:
    """One that everybody has, one's own, or one that is shared. Without a session only the first."""
    preset = house_presets().get(slug)
    if preset is not None or session is None:
        return preset
    saved = SavedPreset.readable_by(session, who, slug)
    return saved.preset if saved else None
