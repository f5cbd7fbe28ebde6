"""Who speaks, in which language, under which licence, and how it sounds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.app import create_app
from soundbox.engines import voices
from soundbox.extensions import db
from soundbox.jobs.models import Job
from tests.engines.tiny_voice import tiny_voice

HTML = {"Accept": "text/html"}
NAME = "en_US-tiny-low"
pytestmark = pytest.mark.skipif(not voices.is_installed(), reason="espeakng-loader is not installed")


@pytest.fixture
def client(open_app: Flask, tmp_path: Path) -> FlaskClient:
    """A site with one recorded voice, beside the one of the fixture."""
    tiny_voice(tmp_path / "voices")
    (tmp_path / "voices" / "MODEL_CARD").write_text("License: CC BY-NC 4.0\n")
    config = open_app.config["SOUNDBOX"]
    app = create_app(config.model_copy(update={"voices": str(tmp_path / "voices")}))
    return app.test_client()


def test_recorded_voices_come_first_with_their_language_and_licence(client: FlaskClient) -> None:
    first, *others = client.get("/voices", headers={"Accept": "application/json"}).json["voices"]

    assert (first["name"], first["language"], first["recorded"]) == (NAME, "English (United States)", True)
    assert (first["licence"], first["commercial_use"]) == ("CC-BY-NC-4.0", False)
    assert {voice["name"]: voice["language"] for voice in others}["de"] == "German"
    assert all(not voice["recorded"] and voice["licence"] == "CC0-1.0" for voice in others)


@pytest.mark.parametrize("voice", [NAME, "de"])
def test_every_voice_has_a_sample(client: FlaskClient, voice: str) -> None:
    answer = client.get(f"/voices/{voice}/sample")
    samples, rate = soundfile.read(io.BytesIO(answer.data))

    assert (answer.status_code, answer.mimetype, rate) == (200, "audio/wav", 22050)
    assert 0.5 < len(samples) / rate <= 10
    assert client.get(f"/voices/{voice}/sample").data == answer.data


def test_a_sample_that_a_voice_came_with_is_the_one(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "voices" / f"{NAME}.mp3").write_bytes(b"its own")
    client.application.extensions["soundbox_catalogue"] = type(
        client.application.extensions["soundbox_catalogue"]
    ).build(recorded_voices=tmp_path / "voices")

    answer = client.get(f"/voices/{NAME}/sample")
    assert (answer.data, answer.mimetype) == (b"its own", "audio/mpeg")


@pytest.mark.parametrize("voice", ["nobody", "..%2f..%2fpasswd", "en-us+nobody"])
def test_a_voice_that_is_none_has_no_sample(client: FlaskClient, voice: str) -> None:
    assert client.get(f"/voices/{voice}/sample").status_code == 404


def test_the_page_lets_each_of_them_be_heard_and_chosen(client: FlaskClient) -> None:
    page = client.get("/voices", headers=HTML).text

    assert f'src="/voices/{NAME}/sample"' in page and f"voice={NAME}" in page
    assert f'<option value="{NAME}" selected>' in client.get(f"/create?model=tts&voice={NAME}", headers=HTML).text


def test_a_form_that_names_a_voice_is_spoken_by_it(client: FlaskClient) -> None:
    form = {"prompt": "Good morning.", "model": "tts", "voice": NAME, "rate": "200"}

    assert client.post("/generate", data=form).status_code == 201
    with db.read() as session:
        assert session.scalars(select(Job.parameters)).all() == [{"voice": NAME, "rate": "200"}]
