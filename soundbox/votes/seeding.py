"""Votes as people would have cast them, for a library that `soundbox seed` fills."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import insert
from sqlalchemy.orm import Session

from soundbox.accounts.crowd import several
from soundbox.clock import now_ms
from soundbox.tracks.tallies import Tally

from .models import VOTES, ReasonCount, Vote
from .reasons import BAD, GOOD

SHARE_WITH_REASONS = 0.3
MOST_REASONS = 3


class Voted(Protocol):
    """What is asked of a track, or of one in the making."""

    number: int
    user_id: int
    kind: str
    created_ms: int
    upvotes: int
    downvotes: int


def seed_votes(session: Session, tracks: Sequence[Voted], people: Sequence[int], chance: random.Random) -> None:
    """The rows behind the upvotes and downvotes that these new tracks already have, and what is counted of them.

    `people` are ids of users, each once: more of them than any of the tracks has votes.
    """
    rows = [row for track in tracks for row in _votes(track, people, chance)]
    if not rows:
        return
    session.execute(insert(Vote), rows)
    counts = Counter((row["track_number"], reason) for row in rows for reason in row["reasons"])
    said = [{"track_number": place[0], "reason": place[1], "count": count} for place, count in counts.items()]
    if said:
        session.execute(insert(ReasonCount), said)
    Tally.change(session, {VOTES: len(rows)}, spread_by=tracks[0].number)


def _votes(track: Voted, people: Sequence[int], chance: random.Random) -> list[dict[str, Any]]:
    chosen = several(people, track.upvotes + track.downvotes, chance, besides=track.user_id)
    return [_vote(track, person, 1 if place < track.upvotes else -1, chance) for place, person in enumerate(chosen)]


def _vote(track: Voted, person: int, vote: int, chance: random.Random) -> dict[str, Any]:
    words = (GOOD if vote > 0 else BAD)[track.kind]
    said = chance.sample(words, chance.randint(1, MOST_REASONS)) if chance.random() < SHARE_WITH_REASONS else []
    return {
        "user_id": person,
        "track_number": track.number,
        "vote": vote,
        "rating": None,
        "reasons": said,
        "notes": "",
        "suggested_model": None,
        "voted_ms": chance.randint(track.created_ms, now_ms()),
    }
