"""Three different people decide what a track is. Every verb holds the track's row, so that they decide once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.tracks.categories import display_name
from soundbox.tracks.models import Track
from soundbox.web.errors import Refusal

from .models import Action, Suggestion

THRESHOLD = 3


@dataclass(frozen=True)
class Standing:
    """How a suggestion stands after somebody made it."""

    action: Action
    people: int  # who count, the last one included
    counts: bool  # this person's does
    agreed: bool


def suggest(session: Session, track: Track, user: User, category: str, action: Action) -> Standing:
    """One voice for each person, the maker too; the third settles it. The caller holds the track's row.

    Raises `Refusal` 400 when the track is so already. Saying it twice is saying it once.
    """
    _refuse_what_is_so(track, category, action)
    voices = [voice for voice in Suggestion.open_of(session, track) if voice.category == category]
    mine = next((voice for voice in voices if voice.user_id == user.id), None)
    if mine is None:
        mine = Suggestion(track_number=track.number, user=user, category=category, action=action)
        session.add(mine)
        voices.append(mine)
    agreed = _settle(session, track, category, voices)
    return Standing(action, _people(voices), mine.counts, agreed)


def take_back(session: Session, track: Track, user_id: int, category: str) -> bool:
    """False when this person has none that is open: what people agreed on only others who disagree can change."""
    for voice in Suggestion.open_of(session, track):
        if voice.category == category and voice.user_id == user_id:
            session.delete(voice)
            return True
    return False


def count_again(session: Session, user_id: int) -> list[Track]:
    """After a guest has become a member: what they said before counts now. Returns the tracks that changed."""
    changed = []
    numbers = dict.fromkeys(voice.track_number for voice in Suggestion.open_by(session, user_id))
    for number in numbers:
        query = select(Track).where(Track.number == number).with_for_update(of=Track)
        track = session.scalars(query.execution_options(populate_existing=True)).one()
        voices = Suggestion.open_of(session, track)
        categories = dict.fromkeys(voice.category for voice in voices)
        settled = [
            _settle(session, track, category, [voice for voice in voices if voice.category == category])
            for category in categories
        ]
        changed += [track] if any(settled) else []
    return changed


def _refuse_what_is_so(track: Track, category: str, action: Action) -> None:
    name, is_there = display_name(category), category in track.categories
    if action is Action.add and is_there:
        raise Refusal(400, f"This track is in {name} already", fields={"category": "It is there already"})
    if action is Action.remove and not is_there:
        raise Refusal(400, f"This track is not in {name}", fields={"category": "It is not there"})


def _settle(session: Session, track: Track, category: str, voices: list[Suggestion]) -> bool:
    """All open voices about one category of one track want the same: what it is not yet."""
    if _people(voices) < THRESHOLD:
        return False
    if voices[0].action == Action.add:
        track.categorise(session, [*track.categories, category])
    else:
        track.categorise(session, [key for key in track.categories if key != category])
    moment_ms = now_ms()
    for voice in voices:
        voice.agreed_ms = moment_ms
    return True


def _people(voices: list[Suggestion]) -> int:
    return sum(voice.counts for voice in voices)
