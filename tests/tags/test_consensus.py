"""Three different people decide what a track is: once, whoever comes at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from soundbox.accounts.models import Kind, User
from soundbox.extensions import db
from soundbox.tags import consensus
from soundbox.tags.models import Action, Suggestion
from soundbox.tracks.listing import TrackCategory
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally
from soundbox.web.errors import Refusal
from tests.making import make_track

CROWD = 50


def suggest(client: FlaskClient, track_id: str, category: str = "piano", **body: Any) -> Any:
    return client.post(f"/api/library/{track_id}/suggest-tag", json={"category": category, **body}).json


def suggestions(client: FlaskClient, track_id: str, query: str = "") -> Any:
    return client.get(f"/api/library/{track_id}/tag-suggestions{query}").json


@pytest.fixture
def track_id(public_app: Flask, cast: dict[str, FlaskClient]) -> str:
    return make_track(public_app, maker="ada", prompt="peaceful ambient melody")


def test_the_third_person_adds_it(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert suggest(cast["ben"], track_id)["message"] == "Suggestion recorded. 1/3 users have suggested this category."
    assert suggest(cast["cleo"], track_id) == {
        "success": True,
        "message": "Suggestion recorded. 2/3 users have suggested this category.",
        "current_votes": 2,
        "threshold": 3,
        "consensus_reached": False,
    }
    assert suggest(cast["dov"], track_id) == {
        "success": True,
        "message": "Category applied! Consensus reached.",
        "current_votes": 3,
        "threshold": 3,
        "consensus_reached": True,
    }
    assert cast["ada"].get(f"/api/library/{track_id}").json["categories"] == ["peaceful", "ambient", "piano"]
    assert cast["ada"].get("/api/library?category=piano").json["total"] == 1
    assert suggestions(cast["ada"], track_id)["suggestions"] == {}


def test_the_third_person_removes_it(cast: dict[str, FlaskClient], track_id: str) -> None:
    said = [suggest(cast[name], track_id, "ambient", action="remove")["message"] for name in ("ada", "ben", "dov")]
    assert said == [
        "Suggestion recorded. 1/3 users have suggested to remove this category.",
        "Suggestion recorded. 2/3 users have suggested to remove this category.",
        "Category removed! Consensus reached.",
    ]
    assert cast["ada"].get(f"/api/library/{track_id}").json["categories"] == ["peaceful"]


def test_the_maker_is_one_of_three(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert suggest(cast["ada"], track_id)["current_votes"] == 1


def test_one_person_counts_once(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert [suggest(cast["ben"], track_id)["current_votes"] for _ in range(3)] == [1, 1, 1]


def test_display_names_are_understood(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["ben"], track_id, "Drum And Bass")
    assert suggestions(cast["ben"], track_id)["user_suggestions"] == ["drum_and_bass"]


def test_ones_own_can_be_taken_back(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["ben"], track_id)
    path = f"/api/library/{track_id}/suggest-tag"
    assert cast["ben"].delete(path, json={"category": "piano"}).status_code == 200
    assert suggestions(cast["ben"], track_id)["suggestions"] == {}
    assert cast["ben"].delete(f"{path}?category=piano").json["message"] == "There was no open suggestion of yours."
    assert suggest(cast["ben"], track_id)["current_votes"] == 1


def test_nobody_takes_back_what_another_said(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["ben"], track_id)
    assert cast["dov"].delete(f"/api/library/{track_id}/suggest-tag?category=piano").status_code == 200
    assert suggestions(cast["ben"], track_id)["suggestions"] == {"piano": 1}


def test_all_that_is_suggested_can_be_read(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["ben"], track_id, "piano")
    suggest(cast["dov"], track_id, "piano")
    suggest(cast["dov"], track_id, "sad")
    suggest(cast["dov"], track_id, "ambient", action="remove")
    assert suggestions(cast["dov"], track_id) == {
        "suggestions": {"piano": 2, "sad": 1},
        "removals": {"ambient": 1},
        "user_suggestions": ["piano", "sad"],
        "user_removals": ["ambient"],
        "current_categories": ["peaceful", "ambient"],
        "threshold": 3,
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"category": "ambient"}, "This track is in Ambient already"),
        ({"category": "piano", "action": "remove"}, "This track is not in Piano"),
        ({"category": "rain"}, "'rain' is not a category of music"),
        ({"category": "footstep"}, "'footstep' is not a category of music"),
        ({"category": "x" * 65}, "Category must have at most 64 characters"),
        ({}, "Category is required"),
        ({"category": "piano", "action": "burn"}, "Action must be 'add' or 'remove'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: dict[str, FlaskClient], track_id: str, body: dict[str, str], error: str
) -> None:
    answer = cast["ben"].post(f"/api/library/{track_id}/suggest-tag", json=body)
    assert (answer.status_code, answer.json["error"]) == (400, error)


def test_tracks_one_may_not_read_are_not_there(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    hidden = make_track(public_app, maker="ada", visibility="private")
    for answer in (
        cast["ben"].post(f"/api/library/{hidden}/suggest-tag", json={"category": "piano"}),
        cast["ben"].delete(f"/api/library/{hidden}/suggest-tag?category=piano"),
        cast["ben"].get(f"/api/library/{hidden}/tag-suggestions"),
        cast["ben"].get(f"/api/library/{hidden}/tag-history"),
    ):
        assert (answer.status_code, answer.json["error"]) == (404, "Track not found")


def test_a_guests_suggestion_waits_until_the_guest_is_a_member(
    public_app: Flask, cast: dict[str, FlaskClient], track_id: str
) -> None:
    guest = public_app.test_client()
    said = suggest(guest, track_id)
    assert said["current_votes"] == 0
    assert (
        said["message"]
        == "Suggestion recorded; it counts once you are a member. 0/3 users have suggested this category."
    )
    assert suggestions(guest, track_id)["user_suggestions"] == ["piano"]
    assert [suggest(cast[name], track_id)["consensus_reached"] for name in ("ben", "dov")] == [False, False]
    with db.write() as session:
        person = session.scalars(select(User).where(User.kind == Kind.guest)).one()
        person.kind, person.name = Kind.member, "eve"
        session.flush()
        changed = consensus.count_again(session, person.id)
        assert [track.id for track in changed] == [track_id]
        assert consensus.count_again(session, person.id) == []
    assert cast["ada"].get(f"/api/library/{track_id}").json["categories"] == ["peaceful", "ambient", "piano"]


def test_on_an_open_instance_people_named_by_user_id_count(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    said = [suggest(owner, track_id, user_id=f"user_{n}") for n in range(3)]
    assert [answer["consensus_reached"] for answer in said] == [False, False, True]
    suggest(owner, track_id, "sad", user_id="user_1")
    assert suggestions(owner, track_id, "?user_id=user_1")["user_suggestions"] == ["sad"]
    assert suggestions(owner, track_id, "?user_id=user_2")["user_suggestions"] == []


def test_fifty_at_once_are_agreed_with_once(open_app: Flask, database: None) -> None:
    track_id = make_track(open_app, prompt="peaceful ambient melody")

    def say(number: int) -> tuple[int, bool]:
        body = {"category": "piano", "user_id": f"user_{number}"}
        answer = open_app.test_client().post(f"/api/library/{track_id}/suggest-tag", json=body)
        return answer.status_code, answer.json.get("consensus_reached", False)

    with ThreadPoolExecutor(CROWD) as crowd:
        said = list(crowd.map(say, range(CROWD)))
    assert sorted(said) == sorted([(200, False)] * 2 + [(200, True)] + [(400, False)] * (CROWD - 3))
    with db.read() as session:
        assert session.scalars(select(Track.categories)).one() == ["peaceful", "ambient", "piano"]
        assert list(session.scalars(select(TrackCategory.category).order_by(TrackCategory.category))) == [
            "ambient",
            "peaceful",
            "piano",
        ]
        assert Tally.read(session, "category/music/piano") == {"category/music/piano": 1}
        assert len(session.scalars(select(Suggestion.id)).all()) == 3


WORDS = ("piano", "sad", "ambient")
MOVES = st.tuples(st.sampled_from(("add", "remove", "back")), st.integers(0, 4), st.sampled_from(WORDS))


@pytest.fixture
def people(open_app: Flask) -> list[int]:
    """Four who count, and a guest."""
    with db.write() as session:
        rows = [User.add_member(session, f"person{n}") for n in range(4)] + [User.add_guest(session)[0]]
    return [row.id for row in rows]


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=25))
def test_whatever_people_do_the_track_is_what_a_count_by_hand_says(
    open_app: Flask, people: list[int], moves: list[tuple[str, int, str]]
) -> None:
    track_id = make_track(open_app, prompt="peaceful ambient melody")
    is_so, voices = {"peaceful", "ambient"}, {word: set[int]() for word in WORDS}
    for move, who, word in moves:
        with db.write() as session:
            track = session.scalars(select(Track).where(Track.id == track_id)).one()
            try:
                if move == "back":
                    consensus.take_back(session, track, people[who], word)
                else:
                    consensus.suggest(session, track, session.get_one(User, people[who]), word, Action(move))
            except Refusal:
                continue
        voices[word] = voices[word] - {who} if move == "back" else voices[word] | {who}
        if len(voices[word] - {4}) == 3:
            is_so ^= {word}
            voices[word].clear()
    with db.read() as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        assert set(track.categories) == is_so
        counted = {word: len(said - {4}) for word, said in voices.items() if said}
        found: dict[str, int] = {}
        for voice in Suggestion.open_of(session, track):
            found[voice.category] = found.get(voice.category, 0) + voice.counts
        assert found == counted


def test_those_who_left_count_no_more(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["ben"], track_id)
    with db.write() as session:
        session.execute(update(Suggestion).values(user_id=None))
    assert suggest(cast["dov"], track_id)["current_votes"] == 1
