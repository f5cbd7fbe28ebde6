"""Lyrics, a language, a tempo and a key for a model that sings, as fields of the form and of the API."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.engines.catalogue import Catalogue
from soundbox.engines.diffusion.asked import LANGUAGES, PARAMETERS
from soundbox.engines.models import procedural_models
from soundbox.extensions import db
from soundbox.jobs.models import Job

HTML = {"Accept": "text/html"}
WORDS = {"lyrics": "[verse]\nrain", "language": "de", "tempo": "90", "key": "A minor"}
SONG = {"prompt": "soft pop", "model": "ace-step", **WORDS}


@pytest.fixture
def singing(open_app: Flask, owner: FlaskClient) -> FlaskClient:
    """A site where the weights of ace-step are; nothing is made here."""
    song = next(info for info in procedural_models() if info.id == "ace-step")
    sings = replace(song, engine="ACE-Step 1.5", weightless=False, parameters=PARAMETERS)
    offers = [([sings], lambda: None), (procedural_models(), lambda: None)]
    open_app.extensions["soundbox_catalogue"] = Catalogue(offers, {})
    return owner


def asked() -> list[dict[str, Any]]:
    with db.read() as session:
        return [job.parameters for job in session.scalars(select(Job).order_by(Job.seq))]


def stored() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


@pytest.mark.parametrize("way", ["json", "data"])
def test_a_song_is_asked_for_by_fields_of_its_own(singing: FlaskClient, way: str) -> None:
    assert singing.post("/generate", **{way: SONG}).status_code == 201
    assert asked() == [WORDS]


def test_or_by_parameters_as_with_every_model(singing: FlaskClient) -> None:
    parameters = {"lyrics": "la la", "tempo": 90}

    assert singing.post("/generate", json={**SONG, "parameters": parameters, "tempo": 100}).status_code == 201
    assert asked()[0]["lyrics"] == SONG["lyrics"] and asked()[0]["tempo"] == 100


def test_fields_that_a_model_does_not_take_are_not_heard(singing: FlaskClient) -> None:
    assert singing.post("/generate", json={**SONG, "model": "audio"}).status_code == 201
    assert singing.post("/generate", json={**SONG, "model": "music"}).status_code == 201
    assert asked() == [{}, {"tempo": "90", "key": "A minor"}]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("language", "xx", 'There is no language "xx" to sing in'),
        ("tempo", "9999", "The tempo must be a number"),
        ("key", "H", "There is no key called"),
        ("lyrics", "x" * 2001, "at most 2000 characters"),
    ],
    ids=["language", "tempo", "key", "lyrics"],
)
def test_what_cannot_be_sung_is_said_at_its_field(singing: FlaskClient, field: str, value: str, words: str) -> None:
    answer = singing.post("/generate", data={**SONG, field: value}, headers=HTML)
    page = unescape(answer.text)
    mistake = page[page.index(f'id="{field}-mistake"') :]

    assert (answer.status_code, stored()) == (400, 0)
    assert words in mistake[: mistake.index("</p>")] and f'aria-describedby="{field}-mistake"' in page


def test_a_blocked_word_in_the_lyrics_is_refused_like_any_other(open_app: Flask, singing: FlaskClient) -> None:
    (open_app.config["SOUNDBOX"].instance / "blocklist.txt").write_text("carrot\n")

    assert singing.post("/generate", json={**SONG, "lyrics": "a carrot"}).status_code == 400
    assert stored() == 0


def test_the_form_offers_a_song_where_a_model_sings_and_nowhere_else(singing: FlaskClient, open_app: Flask) -> None:
    page = singing.get("/create?model=ace-step", headers=HTML).text
    chosen = re.search(r'<input[^>]*value="ace-step"[^>]*>', page)
    assert 'name="lyrics"' in page and chosen and {"data-sings", "checked>"} <= set(chosen[0].split())
    assert all(f">{language}<" in page for language in LANGUAGES.values())

    open_app.extensions["soundbox_catalogue"] = Catalogue([(procedural_models(), lambda: None)], {})
    page = singing.get("/create", headers=HTML).text
    assert 'name="lyrics"' not in page and "data-sings" not in page


def test_without_its_weights_the_composer_makes_it_or_strict_refuses(owner: FlaskClient) -> None:
    assert owner.post("/generate", json={"prompt": "soft pop", "model": "ace-step"}).status_code == 201
    refused = owner.post("/generate", json={"prompt": "soft pop", "model": "ace-step", "strict": True})
    sung = owner.post("/generate", json={"prompt": "soft pop", "model": "ace-step", "parameters": {"lyrics": "la"}})

    assert (refused.status_code, sung.status_code) == (400, 400)
    assert "The weights of ace-step are not installed here" in refused.json["error"]
    assert "ace-step has no parameter 'lyrics'" in sung.json["error"]
