"""Votes as people would have cast them, for a library that `soundbox seed` fills."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally

from .models import VOTES, ReasonCount, Vote
from .reasons import BAD, GOOD

SHARE_WITH_REASONS = 0.3
MOST_REASONS = 3


def seed_votes(session: Session, tracks: Sequence[Track], people: Sequence[int], chance: random.Random) -> None:
    """The rows behind the upvotes and downvotes that these new tracks already have, and what is counted of them.

    `people` are ids of users; a track has at most as many votes as there are people besides its maker.
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


def _votes(track: Track, people: Sequence[int], chance: random.Random) -> list[dict[str, Any]]:
    voters = [person for person in people if person != track.user_id]
    chosen = chance.sample(voters, track.upvotes + track.downvotes)
    return [_vote(track, person, 1 if place < track.upvotes else -1, chance) for place, person in enumerate(chosen)]


def _vote(track: Track, person: int, vote: int, chance: random.Random) -> dict[str, Any]:
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
