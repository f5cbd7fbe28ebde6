"""A deleted preset can be had back: the same address, and how often others used it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.undo.models import CannotBeUndone, Deleted, brings_back, columns_of

from .models import SavedPreset, TooManyPresets

KIND = "preset"


def keep(session: Session, saved: SavedPreset) -> Deleted:
    return Deleted.keep(session, saved.user_id, KIND, columns_of(saved, "user_id"))


@brings_back(KIND)
def bring_back(session: Session, user: User, facts: dict[str, Any]) -> str:
    try:
        saved = SavedPreset.save(session, user, **facts)
    except TooManyPresets as many:
        raise CannotBeUndone(str(many)) from None
    return url_for("presets.show", preset=saved.slug)
