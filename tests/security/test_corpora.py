"""Addresses and searches that mean no good: no file of elsewhere, no page of elsewhere, never an error."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.people import PASSWORD, sign_up
from tests.making import make_track

from .corpora import ELSEWHERE, PATHS, SEARCHES
from .test_matrix import SQLITE
from .world import World

HTML = {"Accept": "text/html"}
FILES = ("/audio/", "/spectrogram/", "/download/", "/generate-spectrogram/", "/static/", "/feeds/library.")
OURS = ("localhost", "")


@SQLITE
@pytest.mark.parametrize("place", FILES)
def test_no_path_leads_out_of_the_media_folder(world: World, place: str) -> None:
    nobody, track_id = world.app.test_client(), world.things["track_id"]
    for path in PATHS:
        answer = nobody.get(place + path.format(id=track_id) if "{id}" in path else place + path)
        assert answer.status_code in (308, 400, 404, 405, 414), path
        assert b"root:" not in answer.data and b"SQLite format" not in answer.data and "x" not in answer.headers
        if answer.status_code == 308:  # only the slashes are put right
            assert urlsplit(answer.location).netloc in OURS


@SQLITE
@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_nowhere_else(public_app: Flask, wanted: str, unlimited: None) -> None:
    assert sign_up(public_app.test_client(), "ada").status_code == 201
    for path, form in (("/auth/login", {"name": "ada"}), ("/auth/register", {"name": "eva"})):
        client = public_app.test_client()
        answer = client.post(path, data={**form, "password": PASSWORD, "next": wanted}, headers=HTML)
        assert answer.status_code == 303
        assert urlsplit(answer.location).netloc in OURS and answer.location.startswith(("/", "http://localhost/"))
        assert not answer.location.startswith("//")
        page = client.get("/auth/login", query_string={"next": wanted}, headers=HTML)
        assert urlsplit(page.headers.get("Location", "")).netloc in OURS


def test_no_search_is_an_error(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app, prompt="slow rain on a tin roof")
    for text in SEARCHES:
        for path in ("/library", "/api/library", "/packs", "/playlists", "/history", "/api/library/category-counts"):
            answer = owner.get(path, query_string={"search": text, "q": text}, headers={"Accept": "application/json"})
            assert answer.status_code < 400 or len(text) > 500 or path == "/packs", (path, text)
            assert answer.status_code < 500, (path, text)


def test_a_hostile_search_changes_nothing(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app, prompt="slow rain on a tin roof")
    for text in SEARCHES:
        owner.get("/api/library", query_string={"search": text})
    found = owner.get("/api/library?search=rain").json["items"]
    assert [row["id"] for row in found] == [track_id]
