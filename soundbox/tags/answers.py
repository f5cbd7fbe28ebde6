"""What people send about categories, and what they get."""

from __future__ import annotations

from pydantic import BaseModel, Field

from soundbox.clock import iso_plain
from soundbox.tracks.categories import display_name
from soundbox.tracks.models import Track
from soundbox.web.bodies import Body, Text

from .consensus import THRESHOLD, Standing
from .history import Event
from .models import Action, Suggestion

LONGEST_CATEGORY = 64


class TagBody(Body):
    category: Text = Field(max_length=LONGEST_CATEGORY, description="A key of /api/categories, or its display name")
    action: Action = Field(Action.add, description="What is suggested: that it is this, or that it is not")
    user_id: Text | None = Field(None, max_length=64, description="On an open instance: the local person who says so")


class TakeBackBody(Body):
    category: Text = Field(max_length=LONGEST_CATEGORY)
    user_id: Text | None = Field(None, max_length=64)


class TagQuery(Body):
    user_id: Text | None = Field(None, max_length=64)


class TagAnswer(BaseModel):
    success: bool = True
    message: str
    current_votes: int = Field(description="People who count and said so")
    threshold: int = THRESHOLD
    consensus_reached: bool

    @classmethod
    def of(cls, standing: Standing) -> TagAnswer:
        people = THRESHOLD if standing.agreed else standing.people
        return cls(message=message_for(standing), current_votes=people, consensus_reached=standing.agreed)


class TakenBack(BaseModel):
    success: bool = True
    message: str

    @classmethod
    def of(cls, was_there: bool) -> TakenBack:
        return cls(message="Suggestion taken back." if was_there else "There was no open suggestion of yours.")


class SuggestionsAnswer(BaseModel):
    suggestions: dict[str, int] = Field(description="Categories to add, and how many people who count say so")
    removals: dict[str, int] = Field(description="Categories to remove, the same")
    user_suggestions: list[str] = Field(description="What you suggested to add")
    user_removals: list[str] = Field(description="What you suggested to remove")
    current_categories: list[str]
    threshold: int = THRESHOLD

    @classmethod
    def of(cls, track: Track, voices: list[Suggestion], user_id: int | None) -> SuggestionsAnswer:
        return cls(
            suggestions=people_by_category(voices, Action.add),
            removals=people_by_category(voices, Action.remove),
            user_suggestions=categories_by(voices, user_id, Action.add),
            user_removals=categories_by(voices, user_id, Action.remove),
            current_categories=track.categories,
        )


class EventAnswer(BaseModel):
    cause: str = Field(description="auto (from the prompt), suggestion or consensus")
    action: str
    category: str
    name: str = Field(description="The category as people read it")
    by: str = Field(description="Who suggested it")
    maker: bool = Field(description="By the one who made the track")
    at: str = Field(description="YYYY-MM-DDTHH:MM:SS, UTC")

    @classmethod
    def of(cls, event: Event) -> EventAnswer:
        return cls(
            cause=event.cause,
            action=event.action,
            category=event.category,
            name=display_name(event.category),
            by=event.by,
            maker=event.is_maker,
            at=iso_plain(event.at_ms),
        )


class TagHistoryAnswer(BaseModel):
    events: list[EventAnswer]


def message_for(standing: Standing) -> str:
    adds = standing.action is Action.add
    if standing.agreed:
        return f"Category {'applied' if adds else 'removed'}! Consensus reached."
    recorded = "Suggestion recorded." if standing.counts else "Suggestion recorded; it counts once you are a member."
    what = "have suggested this category" if adds else "have suggested to remove this category"
    return f"{recorded} {standing.people}/{THRESHOLD} users {what}."


def people_by_category(voices: list[Suggestion], action: Action) -> dict[str, int]:
    """Most people first; categories that only guests suggested stand with 0."""
    counts: dict[str, int] = {}
    for voice in voices:
        if voice.action == action:
            counts[voice.category] = counts.get(voice.category, 0) + voice.counts
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def categories_by(voices: list[Suggestion], user_id: int | None, action: Action) -> list[str]:
    if user_id is None:
        return []
    return [voice.category for voice in voices if voice.user_id == user_id and voice.action == action]
