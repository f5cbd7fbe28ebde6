"""Which presets a form offers: one's own, those that everybody has, what others share and use most."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal

from .finding import look_up
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


def preset_choices(
    session: Session, who: Principal, counts: Mapping[str, int], asked: str | None
) -> list[tuple[str, str, int]]:
    """Slug, name and the number of public tracks, of those that everybody may narrow a list by, with their `counts`;
    and of the one that is asked for, whosever it is."""
    house = house_presets()
    choices = [(slug, preset.name, counts.get(slug, 0)) for slug, preset in house.items()]
    if asked and asked not in house:
        found = look_up(session, who, asked)
        name, count = (found.preset.name, found.tracks) if found else ("A preset that is not shared", 0)
        choices.append((asked, name, count))
    return choices
