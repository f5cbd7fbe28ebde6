"""Document 002 on votes, feedback and favorites: its own examples, sent as printed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from soundbox.votes.reasons import canonical
from tests.conftest import member
from tests.documents.conftest import Site
from tests.documents.reading import missing, sections

DOCUMENT = sections("002")
VOTE = DOCUMENT["POST /api/library/{gen_id}/vote"]


@pytest.fixture
def voter(site: Site) -> FlaskClient:
    """Anybody on an open instance; elsewhere somebody other than the maker."""
    return member(site.app, "dov", "free") if site.maker else site.client


@pytest.fixture
def track_id(site: Site) -> str:
    return site.track()


def test_a_vote_answers_as_documented(voter: FlaskClient, track_id: str) -> None:
    answer = voter.post(f"/api/library/{track_id}/vote", json=VOTE.body)
    assert answer.status_code == 200 and missing(VOTE.answer(), answer.json) == []
    assert (answer.json["upvotes"], answer.json["downvotes"]) == (1, 0)


def test_votes_are_looked_up_flat(voter: FlaskClient, track_id: str) -> None:
    section = DOCUMENT["POST /api/library/votes"]
    voter.post(f"/api/library/{track_id}/vote", json=VOTE.body)
    ids = [track_id, *section.body["generation_ids"]]
    answer = voter.post("/api/library/votes", json={**section.body, "generation_ids": ids}).json
    assert answer == {track_id: 1, **dict.fromkeys(section.body["generation_ids"], 0)}
    assert missing(section.answer(), answer) == []


def test_feedback_answers_as_documented_in_canonical_words(voter: FlaskClient, track_id: str) -> None:
    documented = DOCUMENT["GET /api/library/{gen_id}/feedback"].answer()
    words = [*documented["positive_reasons"], *documented["negative_reasons"]]
    voter.post(f"/api/library/{track_id}/vote", json={**VOTE.body, "feedback_reasons": words})
    answer = voter.get(f"/api/library/{track_id}/feedback").json
    for side in ("positive_reasons", "negative_reasons"):
        assert answer[side] == {canonical(word, "music"): 1 for word in documented[side]}
    assert answer["total_votes"] == 1 and set(documented) <= set(answer)


def test_favorites_answer_as_documented(voter: FlaskClient, track_id: str) -> None:
    keep, drop = DOCUMENT["POST /api/favorites/{gen_id}"], DOCUMENT["DELETE /api/favorites/{gen_id}"]
    kept = voter.post(f"/api/favorites/{track_id}", json=keep.body).json
    assert missing(keep.answer(), kept) == []
    query = {**keep.body, "page": 1, "per_page": 5, "model": "music"}
    page = voter.get("/api/favorites", query_string=query).json
    assert [row["id"] for row in page["items"]] == [track_id]
    assert missing(DOCUMENT["GET /api/library"].answer(), page) == []
    assert voter.delete(f"/api/favorites/{track_id}", json=drop.body).json["success"] is True


def test_favorites_are_checked_flat(voter: FlaskClient, track_id: str) -> None:
    section = DOCUMENT["POST /api/favorites/check"]
    voter.post(f"/api/favorites/{track_id}", json={"user_id": section.body["user_id"]})
    ids = [track_id, *section.body["generation_ids"]]
    answer = voter.post("/api/favorites/check", json={**section.body, "generation_ids": ids}).json
    assert answer == {track_id: True, **dict.fromkeys(section.body["generation_ids"], False)}


def test_a_rating_answers_as_documented_and_history_shows_it(voter: FlaskClient, track_id: str) -> None:
    section = DOCUMENT["POST /rate"]
    answer = voter.post("/rate", json={**section.body, "filename": f"{track_id}.wav"})
    assert (answer.status_code, answer.json) == (200, section.answer())
    assert voter.get("/history").json[0]["rating"] == section.body["rating"]
