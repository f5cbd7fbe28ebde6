"""Counts are exact: after any sequence of votes, and after fifty people at once."""

from __future__ import annotations

import random
import threading
from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from soundbox.accounts.models import User
from soundbox.extensions import db
from soundbox.favorites.models import Favorite
from soundbox.tracks.models import Track
from soundbox.tracks.ranking import trend, wilson
from soundbox.tracks.tallies import Tally
from soundbox.votes.models import Ballot, ReasonCount, Vote
from soundbox.votes.reasons import ACCEPTED
from tests.making import make_track

PEOPLE, TRACKS, ACTS_OF_EACH = 50, 3, 12

ballots = st.builds(
    Ballot,
    vote=st.sampled_from((-1, 0, 1)),
    reasons=st.none() | st.lists(st.sampled_from(ACCEPTED), max_size=4),
    notes=st.none() | st.just("good"),
    rating=st.none(),
) | st.builds(Ballot.rated, st.integers(1, 5))


def assert_counts_are_exact() -> None:
    """What is kept beside the rows equals a count of the rows."""
    with db.read() as session:
        tracks = session.scalars(select(Track)).all()
        votes = session.scalars(select(Vote)).all()
        favorites = Counter(session.scalars(select(Favorite.track_number)))
        sides = Counter((vote.track_number, vote.vote) for vote in votes)
        for track in tracks:
            up, down, kept = sides[track.number, 1], sides[track.number, -1], favorites[track.number]
            assert (track.upvotes, track.downvotes, track.favorites) == (up, down, kept)
            assert track.rating == pytest.approx(wilson(up, down))
            assert track.trend == pytest.approx(trend(up, down, kept, track.created_ms))
        said = Counter((vote.track_number, reason) for vote in votes for reason in vote.reasons)
        counts = session.scalars(select(ReasonCount)).all()
        assert {(row.track_number, row.reason): row.count for row in counts if row.count} == dict(said)
        assert Tally.read(session, "votes", "favorites") == {
            "votes": sum(abs(vote.vote) for vote in votes),
            "favorites": favorites.total(),
        }


def hold(session, track_id: str) -> Track:
    return session.scalars(
        select(Track).where(Track.id == track_id).with_for_update(of=Track).execution_options(populate_existing=True)
    ).one()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), ballots), max_size=15))
def test_any_sequence_of_votes_leaves_exact_counts(
    open_app: Flask, acts: list[tuple[int, int, Ballot]], people: list[int], tracks: list[str]
) -> None:
    last: dict[tuple[int, int], Ballot] = {}
    with db.write() as session:
        for vote in session.scalars(select(Vote)).all():  # of the example before
            track = session.get_one(Track, vote.track_number)
            Vote.cast(session, track, vote.user_id, Ballot(0))
    for person, place, ballot in acts:
        with db.write() as session:
            Vote.cast(session, hold(session, tracks[place]), people[person], ballot)
        last[person, place] = ballot
    assert_counts_are_exact()
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Vote)) == sum(
            not ballot.takes_back for ballot in last.values()
        )


@pytest.fixture
def people(open_app: Flask) -> list[int]:
    with db.write() as session:
        return [User.local(session, f"person {number}").id for number in range(PEOPLE)]


@pytest.fixture
def tracks(open_app: Flask) -> list[str]:
    return [make_track(open_app) for _ in range(TRACKS)]


def test_fifty_people_at_once_leave_exact_counts(open_app: Flask, people: list[int], tracks: list[str]) -> None:
    """Each votes, turns, takes back, keeps and lets go, through the site, all at the same time."""
    refused: list[str] = []
    start = threading.Barrier(PEOPLE)

    def act(number: int) -> None:
        chance, client = random.Random(number), open_app.test_client()
        person = {"user_id": f"person {number}"}
        start.wait()
        for _ in range(ACTS_OF_EACH):
            track_id = chance.choice(tracks)
            said = {"vote": chance.choice((-1, 0, 1)), "feedback_reasons": chance.sample(ACCEPTED, chance.randrange(3))}
            method, path, body = chance.choice(
                (
                    ("POST", f"/api/library/{track_id}/vote", said),
                    ("POST", f"/api/favorites/{track_id}", {}),
                    ("DELETE", f"/api/favorites/{track_id}", {}),
                )
            )
            answer = client.open(path, method=method, json={**person, **body})
            if answer.status_code != 200:
                refused.append(answer.text)

    crowd = [threading.Thread(target=act, args=(number,)) for number in range(PEOPLE)]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    assert refused == []
    assert_counts_are_exact()
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Vote)) > PEOPLE / 2


def test_fifty_guests_at_once_are_fifty_people(public_app: Flask, cast: dict) -> None:
    track_id = make_track(public_app, "ada")
    start = threading.Barrier(PEOPLE)

    def act() -> None:
        client = public_app.test_client()
        start.wait()
        client.post(f"/api/library/{track_id}/vote", json={"vote": 1})
        client.post(f"/api/favorites/{track_id}")

    crowd = [threading.Thread(target=act) for _ in range(PEOPLE)]
    for guest in crowd:
        guest.start()
    for guest in crowd:
        guest.join()
    assert_counts_are_exact()
    row = cast["ada"].get(f"/api/library/{track_id}").json
    assert (row["upvotes"], row["favorites"]) == (PEOPLE, PEOPLE)
