"""`make run` installs no speech: every page says so, or does without."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.config import Config
from soundbox.engines import voices
from tests.making import make_track

HTML = {"Accept": "text/html"}
PAGES = ("/", "/create", "/queue", "/library", "/radio", "/mine", "/playlists", "/status", "/docs")


@pytest.fixture
def speechless(config: Config, database: None, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(voices, "is_installed", lambda: False)
    return create_app(config)


@pytest.fixture
def visitor(speechless: Flask) -> FlaskClient:
    return speechless.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path, headers=HTML).status_code == 200


def test_a_track_and_its_player_are_there(speechless: Flask, visitor: FlaskClient) -> None:
    assert visitor.get(f"/tracks/{make_track(speechless)}", headers=HTML).status_code == 200


def test_the_front_page_offers_what_can_be_made(visitor: FlaskClient) -> None:
    page = visitor.get("/", headers=HTML).text
    assert 'value="music"' in page and 'value="audio"' in page and 'value="tts"' not in page
