"""Where the operator wants it, a guest's public sound waits until an admin has looked at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.config import Config
from tests.conftest import member
from tests.working import Working

HTML = {"Accept": "text/html"}


@pytest.fixture
def app(config: Config, database: None) -> Flask:
    settings = {"database": config.database, "worker": "none", "mode": "accounts", "publish": "review"}
    return create_app(Config.load(config.instance, **settings))


@pytest.fixture
def working(app: Flask) -> Iterator[Working]:
    made = Working(app)
    yield made
    made.stop()


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def cleo(app: Flask) -> FlaskClient:
    return member(app, "cleo", "free", is_admin=True)


def make(client: FlaskClient, working: Working, **body: object) -> str:
    asked = {"prompt": "a door slams", "model": "audio", "duration": 1, **body}
    job_id: str = client.post("/generate", json=asked).json["job_id"]
    working.finish(job_id)
    return job_id


def listed(client: FlaskClient) -> list[str]:
    return [row["id"] for row in client.get("/api/library").json["items"]]


def test_a_guests_sound_is_listed_once_an_admin_has_seen_it(
    app: Flask, working: Working, guest: FlaskClient, cleo: FlaskClient
) -> None:
    track_id = make(guest, working)
    assert listed(guest) == []
    assert cleo.get("/admin/moderation", headers={"Accept": "application/json"}).json["total"] == 1
    assert app.test_client().get(f"/audio/{track_id}.wav").status_code == 404
    answer = guest.get(f"/audio/{track_id}.wav")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    for path in (f"/job/{track_id}", f"/tracks/{track_id}", "/mine"):
        assert "waits for review" in guest.get(path, headers=HTML).text, path
    cleo.post(f"/admin/moderation/{track_id}", json={"decision": "restore", "reason": "Good"})
    assert listed(guest) == [track_id]


def test_members_do_not_wait(app: Flask, working: Working) -> None:
    ben = member(app, "ben", "creator")
    track_id = make(ben, working)
    assert listed(ben) == [track_id]


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_is_not_public_waits_when_it_becomes_so(working: Working, guest: FlaskClient, visibility: str) -> None:
    track_id = make(guest, working, visibility=visibility)
    assert guest.get(f"/api/library/{track_id}").json["withheld"] is None
    answer = guest.patch(f"/api/library/{track_id}", json={"visibility": "public"})
    assert answer.json["withheld"] == "review"
    assert listed(guest) == []


def test_a_new_title_is_looked_at_again(working: Working, guest: FlaskClient, cleo: FlaskClient) -> None:
    track_id = make(guest, working)
    cleo.post(f"/admin/moderation/{track_id}", json={"decision": "restore", "reason": "Good"})
    assert guest.patch(f"/api/library/{track_id}", json={"title": ""}).json["withheld"] is None
    assert guest.patch(f"/api/library/{track_id}", json={"title": "Buy my shoes"}).json["withheld"] == "review"
