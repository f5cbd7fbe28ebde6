"""The best, found without looking at all: the same as if every track were looked at."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.radio import best
from soundbox.radio.best import WINDOW, best_tracks
from soundbox.tracks.filters import Filters
from soundbox.tracks.models import Track

MANY = 8 * WINDOW


def publish(number: int, kind: str, upvotes: int, downvotes: int) -> None:
    with db.write() as session:
        Track.publish(
            session,
            id=f"{number:032x}",
            user_id=User.owner(session).id,
            prompt="a melody",
            model=kind,
            kind=kind,
            engine="Sound Box composer",
            engine_version="1",
            seed=number,
            licence="CC0-1.0",
            commercial_use=True,
            seconds=2.0,
            sample_rate=22050,
            channels=2,
            quality=85,
            stem=f"{number:032x}.1",
            size_bytes=1000,
            categories=[],
            upvotes=upvotes,
            downvotes=downvotes,
        )


@pytest.fixture
def argued(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with most votes are argued about and those that all love have few: the best stand in between."""
    monkeypatch.setattr(best, "WALKING_SECONDS", 60)  # the first statements of a process take longer than an answer may
    chance = random.Random(7)
    for number in range(MANY):
        votes, share = chance.choice([(1000, 0.5), (20, 1.0), (300 + number, 0.6)])
        upvotes = round(votes * share)
        publish(number, "music" if number % 3 else "audio", upvotes, votes - upvotes)


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(model="music"), Filters(model="audio")], ids=["all", "music", "audio"]
)
def test_the_best_are_those_of_a_look_at_all(argued: None, filters: Filters) -> None:
    with db.read() as session:
        every = session.scalars(select(Track)).all()
        found = best_tracks(session, filters, 20)
    wanted = [track for track in every if filters.model in ("", None, track.kind)]
    leads = sorted((track.upvotes - track.downvotes for track in wanted), reverse=True)
    assert [track.upvotes - track.downvotes for track in found] == leads[:20]
