"""What people say, added up for a track and for a maker."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track
from tests.votes.test_votes import vote


def test_reasons_are_counted_for_a_track(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    vote(cast["ben"], track_id, feedback_reasons=["catchy", "useful"])
    vote(cast["cleo"], track_id, feedback_reasons=["catchy", "too_short"])
    vote(cast["dov"], track_id, -1)
    assert cast["ada"].get(f"/api/library/{track_id}/feedback").json == {
        "positive_reasons": {"catchy": 2, "useful": 1},
        "negative_reasons": {"too_short": 1},
        "total_votes": 3,
        "upvotes": 2,
        "downvotes": 1,
    }


def test_a_maker_hears_what_is_said_about_all_their_tracks(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    first, second = make_track(public_app, "ada"), make_track(public_app, "ada", visibility="unlisted")
    other = make_track(public_app, "ben")
    vote(cast["dov"], first, feedback_reasons=["catchy"])
    vote(cast["dov"], second, feedback_reasons=["catchy", "mood"])
    vote(cast["dov"], other, -1, feedback_reasons=["jarring"])
    said = cast["ada"].get("/api/feedback").json
    assert said["positive_reasons"] == {"catchy": 2, "mood": 1} and said["negative_reasons"] == {}
    assert said["total_votes"] == 2
    mine = cast["ada"].get("/mine").text
    assert "What people say about your sounds" in mine and "Catchy" in mine and "Jarring" not in mine


def test_somebody_who_made_nothing_hears_nothing(nobody: FlaskClient) -> None:
    assert nobody.get("/api/feedback").json["total_votes"] == 0


def test_the_page_of_a_track_shows_what_people_say(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    assert "What people say" not in owner.get(f"/tracks/{track_id}").text
    vote(owner, track_id, feedback_reasons=["loops_well"])
    page = owner.get(f"/tracks/{track_id}").text
    assert "What people say" in page and "Loops well" in page
