"""A track's categories as its page shows them: what it is, what people suggest, and how it came to that."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from soundbox.clock import age, iso_z
from soundbox.tracks.cards import Category
from soundbox.tracks.categories import VOCABULARY, display_name
from soundbox.tracks.models import Track

from .consensus import THRESHOLD
from .history import CONSENSUS, FROM_PROMPT, Event, history_of
from .models import Action, Suggestion

MOST_EVENTS = 50


@dataclass(frozen=True)
class OpenSuggestion:
    key: str
    name: str
    action: str
    people: int
    mine: bool

    @property
    def words(self) -> str:
        return self.name if self.action == Action.add else f"Not {self.name}"


@dataclass(frozen=True)
class Moment:
    words: str
    age: str
    at: str  # ISO 8601


@dataclass(frozen=True)
class TagPanel:
    track_id: str
    kind: str
    categories: list[Category]
    choices: list[str]  # names of what it is not yet
    suggestions: list[OpenSuggestion]
    history: list[Moment]  # newest first
    threshold: int
    said: str  # what just happened, in words

    @classmethod
    def of(cls, session: Session, track: Track, user_id: int | None, said: str = "") -> TagPanel:
        """One query."""
        rows = Suggestion.all_of(session, track)
        return cls(
            track_id=track.id,
            kind=track.kind,
            categories=[Category(key, display_name(key)) for key in track.categories],
            choices=sorted(display_name(key) for key in VOCABULARY[track.kind] if key not in track.categories),
            suggestions=_open(rows, user_id),
            history=[_moment(event) for event in reversed(history_of(track, rows)[-MOST_EVENTS:])],
            threshold=THRESHOLD,
            said=said,
        )


def _open(rows: list[Suggestion], user_id: int | None) -> list[OpenSuggestion]:
    """Closest to being agreed on first."""
    by_category: dict[str, list[Suggestion]] = {}
    for row in rows:
        if row.is_open:
            by_category.setdefault(row.category, []).append(row)
    found = [
        OpenSuggestion(
            key=key,
            name=display_name(key),
            action=voices[0].action,
            people=sum(voice.counts for voice in voices),
            mine=user_id is not None and any(voice.user_id == user_id for voice in voices),
        )
        for key, voices in by_category.items()
    ]
    return sorted(found, key=lambda suggestion: -suggestion.people)


def _moment(event: Event) -> Moment:
    return Moment(_words(event), age(event.at_ms), iso_z(event.at_ms))


def _words(event: Event) -> str:
    name = display_name(event.category)
    added = event.action == Action.add
    if event.cause == FROM_PROMPT:
        return f"{name} was found in the prompt"
    if event.cause == CONSENSUS:
        return f"{THRESHOLD} people agreed: {name} was {'added' if added else 'removed'}"
    who = f"{event.by}, who made it," if event.is_maker else event.by
    return f"{who} suggested {'' if added else 'to remove '}{name}"
