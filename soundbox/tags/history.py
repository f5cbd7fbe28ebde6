"""How a track came by its categories: from its prompt, then by what people suggested and agreed on."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.tracks.models import Track

from .models import Action, Suggestion

FROM_PROMPT, SUGGESTION, CONSENSUS = "auto", "suggestion", "consensus"
GONE = "somebody who has left"


@dataclass(frozen=True)
class Event:
    cause: str  # auto, suggestion or consensus
    action: str
    category: str
    by: str  # a display name; empty for the prompt and for everybody together
    is_maker: bool
    at_ms: int


def history_of(track: Track, suggestions: list[Suggestion]) -> list[Event]:
    """Oldest first. Nothing is stored of the first categories: they are what is left when every consensus is undone."""
    agreed = _agreed(suggestions)
    first = _before(track.categories, agreed)
    spoken = [_spoken(track, suggestion) for suggestion in suggestions]
    began = [Event(FROM_PROMPT, Action.add, key, "", False, track.created_ms) for key in first]
    later = sorted([*spoken, *agreed], key=lambda event: (event.at_ms, event.cause == CONSENSUS))
    return [*began, *later]


def _agreed(suggestions: list[Suggestion]) -> list[Event]:
    """One for each category and moment, oldest first."""
    settled = {(row.agreed_ms, row.category, row.action): None for row in suggestions if row.agreed_ms is not None}
    return [Event(CONSENSUS, action, category, "", False, at_ms) for at_ms, category, action in settled if at_ms]


def _before(categories: list[str], agreed: list[Event]) -> list[str]:
    keys = list(categories)
    for event in sorted(agreed, key=lambda event: event.at_ms, reverse=True):
        if event.action == Action.remove:
            keys.append(event.category)
        elif event.category in keys:
            keys.remove(event.category)
    return keys


def _spoken(track: Track, suggestion: Suggestion) -> Event:
    name = suggestion.user.display_name if suggestion.user else GONE
    is_maker = suggestion.user_id == track.user_id
    return Event(SUGGESTION, suggestion.action, suggestion.category, name, is_maker, suggestion.created_ms)
