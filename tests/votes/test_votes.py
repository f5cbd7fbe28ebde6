"""Voting: what is counted, what is kept, who may."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.extensions import db
from soundbox.tracks.models import Track, Withheld
from soundbox.tracks.ranking import wilson
from soundbox.tracks.tallies import Tally
from soundbox.votes.models import Vote
from soundbox.votes.reasons import ACCEPTED, ALIASES, BAD, GOOD, POSITIVE, WORDS, canonical
from tests.making import make_track

HTML = {"Accept": "text/html"}


def vote(client: FlaskClient, track_id: str, value: object = 1, **more: object) -> dict:
    answer = client.post(f"/api/library/{track_id}/vote", json={"vote": value, **more})
    assert answer.status_code == 200, answer.text
    return answer.json


def track_now(track_id: str) -> Track:
    with db.read() as session:
        return session.scalars(select(Track).where(Track.id == track_id)).one()


def test_a_vote_is_counted_changed_and_taken_back(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    seen = [vote(cast["dov"], track_id, value) for value in (1, 1, -1, 0, 0)]
    assert [(now["upvotes"], now["downvotes"], now["user_vote"]) for now in seen] == [
        (1, 0, 1),
        (1, 0, 1),
        (0, 1, -1),
        (0, 0, 0),
        (0, 0, 0),
    ]


def test_votes_of_several_people_rank_a_track(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    before = track_now(track_id).trend
    vote(cast["ben"], track_id)
    vote(cast["cleo"], track_id)
    vote(cast["dov"], track_id, -1)
    track = track_now(track_id)
    assert (track.upvotes, track.downvotes, track.votes, track.rating) == (2, 1, 3, wilson(2, 1))
    vote(cast["dov"], track_id)
    assert track_now(track_id).trend > before
    with db.read() as session:
        assert Tally.read(session, "votes") == {"votes": 3}


def test_nobody_votes_on_their_own_track(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    refusal = cast["ada"].post(f"/api/library/{track_id}/vote", json={"vote": 1})
    rating = cast["ada"].post("/rate", json={"filename": f"{track_id}.wav", "rating": 5})
    assert (refusal.status_code, refusal.json["error"]) == (403, "You cannot vote on your own track")
    assert (rating.status_code, track_now(track_id).upvotes) == (403, 0)


def test_an_open_instance_has_one_voter_and_as_many_as_its_programs_name(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    vote(owner, track_id)
    vote(owner, track_id, user_id="user_abc123")
    assert vote(owner, track_id, -1, user_id="user_xyz")["upvotes"] == 2
    ids = {"generation_ids": [track_id, "unknown"]}
    assert owner.post("/api/library/votes", json={**ids, "user_id": "user_xyz"}).json == {track_id: -1, "unknown": 0}
    assert owner.post("/api/library/votes", json={**ids, "user_id": "nobody"}).json == {track_id: 0, "unknown": 0}


def test_a_guest_votes_and_is_known_again_by_a_cookie(public_app: Flask, cast: dict, nobody: FlaskClient) -> None:
    track_id = make_track(public_app, "ada")
    vote(nobody, track_id)
    assert vote(nobody, track_id)["upvotes"] == 1
    assert nobody.post("/api/library/votes", json={"generation_ids": [track_id]}).json == {track_id: 1}


def test_nobody_speaks_for_another_where_people_have_accounts(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    vote(cast["dov"], track_id, user_id="ben")
    assert vote(cast["dov"], track_id, user_id="cleo")["upvotes"] == 1
    asked = {"generation_ids": [track_id], "user_id": "dov"}
    assert cast["ben"].post("/api/library/votes", json=asked).json == {track_id: 0}


@pytest.mark.parametrize("kind", ["music", "audio", "tts"])
def test_every_word_of_the_vocabulary_is_accepted_on_every_kind(open_app: Flask, owner: FlaskClient, kind: str) -> None:
    track_id = make_track(open_app, kind=kind, prompt="something")
    answer = vote(owner, track_id, feedback_reasons=list(ACCEPTED))
    assert set(answer["feedback_reasons"]) == {canonical(word, kind) for word in ACCEPTED} == set(WORDS)
    said = owner.get(f"/api/library/{track_id}/feedback").json
    assert said["positive_reasons"] == dict.fromkeys(POSITIVE, 1)
    assert said["negative_reasons"] == dict.fromkeys(set(WORDS) - POSITIVE, 1)


@pytest.mark.parametrize(
    ("kind", "word", "stored"),
    [
        ("music", "great_quality", "quality"),
        ("music", "creative_prompt", "creative"),
        ("audio", "matches_prompt", "matches"),
        ("music", "doesnt_match", "wrong_mood"),
        ("audio", "doesnt_match", "wrong_type"),
        ("audio", "noise", "distorted"),
        ("tts", "clipping", "distorted"),
    ],
)
def test_aliases_mean_the_words_that_are_kept(
    open_app: Flask, owner: FlaskClient, kind: str, word: str, stored: str
) -> None:
    track_id = make_track(open_app, kind=kind, prompt="something")
    assert vote(owner, track_id, feedback_reasons=[word, stored])["feedback_reasons"] == [stored]


def test_the_vocabulary_is_published_by_kind(owner: FlaskClient) -> None:
    published = owner.get("/api/feedback-reasons").json
    assert {kind: [row["key"] for row in rows] for kind, rows in published.items()} == {
        kind: [*GOOD[kind], *BAD[kind]] for kind in GOOD
    }
    (mood,) = (row for row in published["music"] if row["key"] == "wrong_mood")
    assert mood == {"key": "wrong_mood", "words": "Wrong mood", "positive": False, "aliases": ["doesnt_match"]}
    assert set(ALIASES.values()) <= set(WORDS)


def test_what_is_not_said_again_stays_as_long_as_the_vote_does(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    vote(owner, track_id, feedback_reasons=["catchy"], notes="for my game", suggested_model="magnet")
    again = vote(owner, track_id)
    assert (again["feedback_reasons"], again["notes"], again["suggested_model"]) == (
        ["catchy"],
        "for my game",
        "magnet-music",
    )
    cleared = vote(owner, track_id, feedback_reasons=[], notes="", suggested_model="")
    assert (cleared["feedback_reasons"], cleared["notes"], cleared["suggested_model"]) == ([], "", None)
    vote(owner, track_id, feedback_reasons=["catchy"], notes="for my game")
    turned = vote(owner, track_id, -1)
    assert (turned["feedback_reasons"], turned["notes"]) == ([], "")
    assert owner.get(f"/api/library/{track_id}/feedback").json["positive_reasons"] == {}


def test_a_note_is_for_the_voter_alone(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    vote(cast["dov"], track_id, notes="my secret plan")
    assert cast["dov"].get(f"/api/library/{track_id}/vote").json["notes"] == "my secret plan"
    for path in (f"/api/library/{track_id}", f"/api/library/{track_id}/feedback", f"/api/library/{track_id}/vote"):
        assert "secret" not in cast["ada"].get(path).text
    assert "secret" not in cast["cleo"].get(f"/tracks/{track_id}").text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Vote is required"),
        ({"vote": 2}, "Vote must be less than or equal to 1"),
        ({"vote": -2}, "Vote must be greater than or equal to -1"),
        ({"vote": True}, "Vote must be a number"),
        ({"vote": "up"}, "Vote must be a valid integer"),
        ({"vote": 1, "feedback_reasons": ["splendid"]}, "Unknown feedback reason 'splendid'"),
        ({"vote": 1, "feedback_reasons": "catchy"}, "Feedback reasons must be a valid list"),
        ({"vote": 1, "feedback_reasons": ["catchy"] * 99}, "Feedback reasons must have at most"),
        ({"vote": 1, "notes": "x" * 1001}, "Notes must have at most 1000 characters"),
        ({"vote": 1, "suggested_model": "tuba"}, "Unknown model 'tuba'"),
    ],
)
def test_a_bad_vote_is_refused_in_words(open_app: Flask, owner: FlaskClient, body: dict, words: str) -> None:
    track_id = make_track(open_app)
    answer = owner.post(f"/api/library/{track_id}/vote", json=body)
    assert answer.status_code == 400 and words in answer.json["error"]
    assert track_now(track_id).votes == 0


def test_tracks_that_one_may_not_read_are_not_found(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    private = make_track(public_app, "ada", visibility="private")
    withheld = make_track(public_app, "ada")
    with db.write() as session:
        session.scalars(select(Track).where(Track.id == withheld)).one().withhold(session, Withheld.reports)
    for track_id in (private, withheld, "0" * 32):
        answers = (
            cast["dov"].post(f"/api/library/{track_id}/vote", json={"vote": 1}),
            cast["dov"].get(f"/api/library/{track_id}/vote"),
            cast["dov"].get(f"/api/library/{track_id}/feedback"),
            cast["dov"].post("/rate", json={"filename": f"{track_id}.wav", "rating": 5}),
        )
        assert [(answer.status_code, answer.json["error"]) for answer in answers] == [(404, "Track not found")] * 4


def test_a_token_without_the_scope_may_not_vote(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    from soundbox.accounts.models import ApiToken, User

    track_id = make_track(public_app, "ada")
    with db.write() as session:
        dov = User.named(session, "dov")
        assert dov is not None
        token = ApiToken.issue(session, dov, ("read", "generate"))
    answer = public_app.test_client().post(
        f"/api/library/{track_id}/vote", json={"vote": 1}, headers={"Authorization": f"Bearer {token}"}
    )
    assert (answer.status_code, track_now(track_id).votes) == (403, 0)


def test_at_most_a_hundred_are_looked_up_at_once(owner: FlaskClient) -> None:
    answers = [owner.post("/api/library/votes", json={"generation_ids": ["x"] * count}) for count in (100, 101)]
    assert [answer.status_code for answer in answers] == [200, 400]


def test_guests_of_one_address_cannot_stuff_the_ballot(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    cookieless = public_app.test_client(use_cookies=False)
    answers = [cookieless.post(f"/api/library/{track_id}/vote", json={"vote": 1}).status_code for _ in range(130)]
    assert (answers.count(200), answers.count(429)) == (120, 10)


@pytest.mark.parametrize(("rating", "counted"), [(1, (0, 1)), (2, (0, 1)), (3, (0, 0)), (4, (1, 0)), (5, (1, 0))])
def test_a_rating_counts_as_a_vote(open_app: Flask, owner: FlaskClient, rating: int, counted: tuple[int, int]) -> None:
    track_id = make_track(open_app)
    assert owner.post("/rate", json={"filename": f"{track_id}.wav", "rating": rating}).json == {"success": True}
    track = track_now(track_id)
    assert (track.upvotes, track.downvotes) == counted
    assert owner.get("/history").json[0]["rating"] == rating


def test_history_shows_the_mean_of_ratings(open_app: Flask, owner: FlaskClient) -> None:
    track_id, unrated = make_track(open_app), make_track(open_app)
    for person, rating in (("a", 5), ("b", 4), ("c", 1), ("a", 2)):
        owner.post("/rate", json={"filename": f"{track_id}.wav", "rating": rating, "user_id": person})
    vote(owner, unrated)
    rows = {row["filename"]: row["rating"] for row in owner.get("/history").json}
    assert rows == {f"{track_id}.wav": 2, f"{unrated}.wav": 0}


def test_a_vote_against_ones_rating_takes_its_place(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    owner.post("/rate", json={"filename": f"{track_id}.wav", "rating": 5})
    vote(owner, track_id)
    assert owner.get("/history").json[0]["rating"] == 5
    vote(owner, track_id, -1)
    assert owner.get("/history").json[0]["rating"] == 0


@pytest.mark.parametrize("body", [{"filename": "x.wav"}, {"filename": "x.wav", "rating": 6}, {"rating": 3}])
def test_a_bad_rating_is_refused(owner: FlaskClient, body: dict) -> None:
    assert owner.post("/rate", json=body).status_code == 400


def test_a_deleted_track_takes_its_votes_along(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    vote(cast["dov"], track_id, feedback_reasons=["catchy"])
    assert cast["ada"].delete(f"/api/library/{track_id}").status_code == 200
    with db.read() as session:
        assert session.scalars(select(Vote)).all() == []
        assert Tally.read(session, "votes") == {"votes": 0}


def test_a_vote_is_a_page_a_fragment_and_json(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    path = f"/api/library/{track_id}/vote"
    page = {**HTML, "Referer": "http://localhost/library?page=2"}
    by_form = owner.post(path, data={"vote": "1"}, headers=page)
    by_htmx = owner.post(path, data={"vote": "1"}, headers={"HX-Request": "true"})
    by_program = owner.post(path, json={"vote": 1})
    assert (by_form.status_code, by_form.location) == (303, f"/library?page=2#votes-{track_id}")
    assert 'aria-pressed="true"' in by_htmx.text and "soundbox:voted" in by_htmx.headers["HX-Trigger"]
    assert by_program.json["user_vote"] == 1 and "HX-Trigger" not in by_program.headers


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("", "/tracks/{}"),
        ("http://elsewhere.example/library", "/tracks/{}"),
        ("http://localhost//elsewhere.example/", "/elsewhere.example/"),
    ],
)
def test_a_form_never_leads_to_another_site(open_app: Flask, owner: FlaskClient, referer: str, page: str) -> None:
    track_id = make_track(open_app)
    path, headers = f"/api/library/{track_id}/vote", {**HTML, "Referer": referer}
    answer = owner.post(path, data={"vote": "1"}, headers=headers)
    assert answer.location == page.format(track_id) + f"#votes-{track_id}"


def test_the_form_of_reasons_says_all_of_them_or_none(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    path, htmx = f"/api/library/{track_id}/vote", {"HX-Request": "true"}
    said = {"vote": "1", "feedback_reasons": ["catchy", "mood"], "notes": "", "suggested_model": "audio"}
    owner.post(path, data=said, headers=htmx)
    assert owner.get(path).json["feedback_reasons"] == ["catchy", "mood"]
    owner.post(path, data={"vote": "1", "notes": "later", "suggested_model": ""}, headers=htmx)
    own = owner.get(path).json
    assert (own["feedback_reasons"], own["notes"], own["suggested_model"]) == ([], "later", None)


@pytest.mark.parametrize("path", ["/library", "/", "/mine", "/create", "/tracks/{}"])
def test_lists_show_ones_own_vote(open_app: Flask, owner: FlaskClient, path: str) -> None:
    track_id = make_track(open_app)
    make_track(open_app)
    vote(owner, track_id)
    if path == "/":
        make_track(open_app)  # the newest stands alone there
    page = owner.get(path.format(track_id)).text
    pressed = [part for part in page.split("<button") if f'id="up-{track_id}"' in part]
    assert len(pressed) == 1 and 'aria-pressed="true"' in pressed[0] and 'value="0"' in pressed[0]


def test_ones_own_track_shows_its_counts_without_buttons(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    assert f'id="up-{track_id}"' not in cast["ada"].get(f"/tracks/{track_id}").text
    assert f'id="up-{track_id}"' in cast["dov"].get(f"/tracks/{track_id}").text
