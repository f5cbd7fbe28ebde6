"""Everybody can see how a track came by its categories, and suggest on its page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track
from tests.tags.test_consensus import suggest


@pytest.fixture
def track_id(public_app: Flask, cast: dict[str, FlaskClient]) -> str:
    return make_track(public_app, maker="ada", prompt="peaceful ambient melody")


def history(client: FlaskClient, track_id: str) -> list[tuple[str, str, str, str, bool]]:
    events = client.get(f"/api/library/{track_id}/tag-history").json["events"]
    return [(event["cause"], event["action"], event["name"], event["by"], event["maker"]) for event in events]


def test_it_begins_with_the_prompt(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert history(cast["ben"], track_id) == [
        ("auto", "add", "Peaceful", "", False),
        ("auto", "add", "Ambient", "", False),
    ]


def test_it_names_who_said_what_and_what_was_agreed(cast: dict[str, FlaskClient], track_id: str) -> None:
    for name in ("ben", "dov", "ada"):
        suggest(cast[name], track_id, "ambient", action="remove")
    suggest(cast["cleo"], track_id, "80s")
    assert history(cast["ben"], track_id) == [
        ("auto", "add", "Peaceful", "", False),
        ("auto", "add", "Ambient", "", False),
        ("suggestion", "remove", "Ambient", "ben", False),
        ("suggestion", "remove", "Ambient", "dov", False),
        ("suggestion", "remove", "Ambient", "ada", True),
        ("consensus", "remove", "Ambient", "", False),
        ("suggestion", "add", "80s", "cleo", False),
    ]


def test_added_and_removed_again_it_was_never_in_the_prompt(cast: dict[str, FlaskClient], track_id: str) -> None:
    for action in ("add", "remove"):
        for name in ("ben", "dov", "ada"):
            suggest(cast[name], track_id, "sad", action=action)
    told = history(cast["ben"], track_id)
    assert [event[:3] for event in told if event[0] != "suggestion"] == [
        ("auto", "add", "Peaceful"),
        ("auto", "add", "Ambient"),
        ("consensus", "add", "Sad"),
        ("consensus", "remove", "Sad"),
    ]


def test_the_page_shows_what_is_suggested_and_how_far_it_is(cast: dict[str, FlaskClient], track_id: str) -> None:
    suggest(cast["dov"], track_id, "piano")
    page = cast["ben"].get(f"/tracks/{track_id}").text
    assert re.search(r"1 of 3 people", page) and "I agree: Piano" in page and "dov suggested Piano" in page
    assert "Take back: Piano" in cast["dov"].get(f"/tracks/{track_id}").text


def test_a_plain_form_goes_back_to_the_page_and_says_so(cast: dict[str, FlaskClient], track_id: str) -> None:
    html = {"Accept": "text/html"}
    answer = cast["ben"].post(f"/tracks/{track_id}/tags", data={"category": "Piano"}, headers=html)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/tracks/{track_id}#tags")
    assert "Suggestion recorded. 1/3 users" in cast["ben"].get(f"/tracks/{track_id}", headers=html).text
    answer = cast["ben"].post(f"/tracks/{track_id}/tags/take-back", data={"category": "piano"}, headers=html)
    assert answer.status_code == 303


def test_the_fragment_is_the_panel_and_says_politely_what_happened(cast: dict[str, FlaskClient], track_id: str) -> None:
    answer = cast["ben"].post(f"/tracks/{track_id}/tags", data={"category": "Piano"}, headers={"HX-Request": "true"})
    assert '<section class="tags">' in answer.text and "<html" not in answer.text
    assert '<div id="said" hx-swap-oob="innerHTML">Suggestion recorded.' in answer.text


def test_in_accounts_mode_nobody_speaks_for_another(cast: dict[str, FlaskClient], track_id: str) -> None:
    said = [suggest(cast["ben"], track_id, user_id=f"user_{n}")["current_votes"] for n in range(3)]
    assert said == [1, 1, 1]
