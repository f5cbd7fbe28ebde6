"""Addresses and searches that mean no good: no file of elsewhere, no page of elsewhere, never an error."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.people import PASSWORD, sign_up
from tests.making import make_track

from .corpora import ELSEWHERE, PATHS, SEARCHES
from .test_matrix import SQLITE
from .world import World, filled, routes

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
@pytest.mark.parametrize(
    "field", ["track_id", "job_id", "playlist_id", "preset", "name", "model", "person_id", "token_id"]
)
def test_no_id_is_an_error(world: World, field: str) -> None:
    """Whatever stands in a path: it names something of ours or nothing."""
    for one in routes(world.app):
        if f"{{{field}}}" not in one.path:
            continue
        for path in (*PATHS, *SEARCHES):
            things = world.things | {field: quote(path, safe="%/")[:6_000]}
            for caller in ("nobody", "admin"):
                client = world.clients.get(caller, world.app.test_client())
                answer = client.open(filled(one.path, things), method=one.method.upper(), json={})
                assert answer.status_code < 500, (one.path, path)


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


@SQLITE
@pytest.mark.parametrize("came_from", ELSEWHERE)
def test_no_form_leads_back_to_another_site(world: World, came_from: str) -> None:
    """Whatever the Referer says, of every form there is."""
    for one in routes(world.app):
        if one.method != "post" or not one.description.has_page:
            continue
        answer = world.clients["stranger"].post(
            filled(one.path, world.things), data={"vote": "1"}, headers={**HTML, "Referer": came_from.strip()[:2_000]}
            if came_from.isprintable() else HTML
        )  # fmt: skip
        host = urlsplit(answer.headers.get("Location", "")).netloc
        assert host in OURS, (one.path, answer.headers["Location"])


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
