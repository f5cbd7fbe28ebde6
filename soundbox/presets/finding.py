"""Which presets somebody may use, and how often each was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.tracks.tallies import Tally

from .house import house_presets
from .models import SavedPreset
from .preset import Preset

MOST_SHARED = 100  # of others, shown at once


@dataclass(frozen=True)
class Found:
    """`saved`: the row of one that somebody keeps. `tracks`: public ones that were made with it."""

    preset: Preset
    saved: SavedPreset | None = None
    tracks: int = 0


def find(session: Session | None, who: Principal, slug: str) -> Preset | None:
    """One that everybody has, one's own, or one that is shared. Without a session only the first."""
    preset = house_presets().get(slug)
    if preset is not None or session is None:
        return preset
    saved = SavedPreset.readable_by(session, who, slug)
    return saved.preset if saved else None


def look_up(session: Session, who: Principal, slug: str) -> Found | None:
    """The same with all that a page tells of it."""
    known = house_presets().get(slug) or SavedPreset.readable_by(session, who, slug)
    return counted(session, [known])[0] if known else None


def own(session: Session, who: Principal) -> list[Found]:
    return counted(session, SavedPreset.of(session, who.user_id))


def shared(session: Session, who: Principal, most: int = MOST_SHARED) -> list[Found]:
    """What others share, the most used first."""
    return counted(session, SavedPreset.shared_by_others(session, who.user_id, most))


def of_the_house(session: Session) -> list[Found]:
    return counted(session, house_presets().values())


def counted(session: Session, presets: Iterable[Preset | SavedPreset]) -> list[Found]:
    known = list(presets)
    tracks = Tally.read(session, *(f"preset/{one.slug}" for one in known))
    return [_found(one, tracks[f"preset/{one.slug}"]) for one in known]


def _found(one: Preset | SavedPreset, tracks: int) -> Found:
    return Found(one.preset, one, tracks) if isinstance(one, SavedPreset) else Found(one, None, tracks)
