"""Favorites as people would have kept them, for a library that `soundbox seed` fills."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import insert
from sqlalchemy.orm import Session

from soundbox.accounts.crowd import several
from soundbox.clock import now_ms
from soundbox.tracks.tallies import Tally

from .models import FAVORITES, Favorite


class Kept(Protocol):
    """What is asked of a track, or of one in the making."""

    number: int
    created_ms: int
    favorites: int


def seed_favorites(session: Session, tracks: Sequence[Kept], people: Sequence[int], chance: random.Random) -> None:
    """The rows behind the favorites that these new tracks already have, and their tally.

    `people` are ids of users, each once: at least as many as any of the tracks has favorites.
    """
    rows = [
        {"user_id": person, "track_number": track.number, "created_ms": chance.randint(track.created_ms, now_ms())}
        for track in tracks
        for person in several(people, track.favorites, chance)
    ]
    if rows:
        session.execute(insert(Favorite), rows)
        Tally.change(session, {FAVORITES: len(rows)}, spread_by=tracks[0].number)
