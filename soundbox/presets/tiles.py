"""Which presets a form offers: one's own, those that everybody has, what others share and use most."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal

from .finding import look_up, of_the_house, own
from .house import house_presets
from .models import SavedPreset
from .preset import Preset

MOST_OWN = 12
MOST_SHARED = 6


def preset_tiles(session: Session, who: Principal, chosen: Preset | None = None) -> list[Preset]:
    """The chosen one is among them, wherever it comes from."""
    mine = SavedPreset.of(session, who.user_id)[:MOST_OWN]
    others = SavedPreset.shared_by_others(session, who.user_id, MOST_SHARED)
    known = [*(saved.preset for saved in mine), *house_presets().values(), *(saved.preset for saved in others)]
    return known if chosen is None or chosen in known else [chosen, *known]


def preset_choices(session: Session, who: Principal, asked: str | None) -> list[tuple[str, str, int]]:
    """Slug, name and the number of public tracks, of those that a list can be narrowed by; also of the one that is
    asked for, whosever it is."""
    offered = [*own(session, who), *of_the_house(session)]
    choices = [(found.preset.slug, found.preset.name, found.tracks) for found in offered]
    if asked and asked not in {slug for slug, _, _ in choices}:
        found = look_up(session, who, asked)
        choices.append(
            (asked, found.preset.name if found else "A preset that is not shared", found.tracks if found else 0)
        )
    return choices
