"""A file of one's own: what sounds like it is found, and whatever it holds, nothing of it stays."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from soundbox.alikes import dropping
from soundbox.audio.features import features
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import Sound, SoundRequest
from soundbox.extensions import db
from soundbox.tracks.features import TrackFeatures
from soundbox.tracks.models import Track
from tests.making import make_track

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
CANNOT = "This is no WAV, FLAC, MP3 or OGG file, or it is damaged; choose another one"


def made(prompt: str, seed: int) -> Sound:
    return render(SoundRequest("sound", "audio", prompt, 4.0, seed))


def as_file(sound: Sound, name: str = "WAV") -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, sound.samples.T, sound.sample_rate, format=name)
    return stream.getvalue()


def drop(client: FlaskClient, content: bytes, name: str = "mine.wav", **more: object) -> TestResponse:
    return client.post("/api/similar", data={"file": (io.BytesIO(content), name)}, **more)


@pytest.fixture
def library(open_app: Flask) -> dict[str, str]:
    """Track ids by prompt."""
    ids = {}
    for prompt in ("rain", "dog barking", "explosion"):
        sound = made(prompt, 1)
        ids[prompt] = make_track(open_app, prompt=prompt, kind="audio")
        with db.write() as session:
            number = session.query(Track.number).filter(Track.id == ids[prompt]).scalar()
            TrackFeatures.keep(session, number, features(sound.samples, sound.sample_rate))
    return ids


@pytest.mark.parametrize("name", ["WAV", "FLAC", "OGG", "MP3"])
def test_what_sounds_like_a_file_is_found(library: dict[str, str], owner: FlaskClient, name: str) -> None:
    answer = drop(owner, as_file(made("rain", 9), name), f"rain.{name.lower()}", query_string={"count": 2})
    assert answer.status_code == 200, answer.text
    assert answer.json["tracks"][0]["id"] == library["rain"]
    assert len(answer.json["tracks"]) == 2


def test_the_page_shows_it_without_script(library: dict[str, str], owner: FlaskClient) -> None:
    assert 'enctype="multipart/form-data"' in owner.get("/library/sounds-like", headers=HTML).text
    page = drop(owner, as_file(made("dog barking", 9)), "<b>dog</b>.wav", headers=HTML).text
    assert "Like &lt;b&gt;dog&lt;/b&gt;.wav" in page
    assert page.index(library["dog barking"]) < page.index(library["explosion"])


def test_hidden_tracks_are_never_found(library: dict[str, str], owner: FlaskClient) -> None:
    owner.patch(f"/api/library/{library['rain']}", json={"visibility": "private"})
    found = drop(owner, as_file(made("rain", 9))).json["tracks"]
    assert {row["id"] for row in found} == {library["dog barking"], library["explosion"]}


def test_nothing_of_it_is_kept(library: dict[str, str], owner: FlaskClient, open_app: Flask) -> None:
    instance: Path = open_app.config["SOUNDBOX"].instance
    before = sorted(path.name for path in instance.rglob("*") if "sqlite" not in path.name)
    drop(owner, as_file(made("rain", 9)))
    assert sorted(path.name for path in instance.rglob("*") if "sqlite" not in path.name) == before


def header(frames: int, rate: int = 44_100, channels: int = 1) -> bytes:
    """A WAV file that promises more than it holds."""
    size = min(frames * channels * 2, 2**32 - 100)
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2 % 2**32, channels * 2 % 2**16, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + size)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", size)
    )


def silent(seconds: int, rate: int = 8_000) -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, np.zeros(seconds * rate, np.int16), rate, format="FLAC")
    return stream.getvalue()


def not_numbers() -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, np.full(8_000, np.nan, np.float32), 8_000, format="WAV", subtype="FLOAT")
    return stream.getvalue()


def aiff() -> bytes:
    return as_file(Sound(np.zeros((1, 800), np.float32), 8_000), "AIFF")


HOSTILE = {
    "text": (b"I am no sound", CANNOT),
    "half a header": (header(100)[:30], CANNOT),
    "a header alone": (header(0), "There is no sound in this file; choose another one"),
    "half a FLAC": (silent(2)[:40], CANNOT),
    "a torn MP3": (b"\xff\xfb\x90\x64" * 50, CANNOT),
    "ogg of nothing": (b"OggS" + bytes(200), CANNOT),
    "a web page": (b"<script>alert(1)</script>" * 100, CANNOT),
    "eleven minutes in a small file": (
        silent(660),
        "It is longer than 10 minutes; cut out the part that matters and try again",
    ),
    "another format": (aiff(), "Files of the format AIFF are not read; send WAV, FLAC, MP3 or OGG"),
    "no numbers": (not_numbers(), "There is no sound in this file; choose another one"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_heard_is_refused_in_words(open_app: Flask, owner: FlaskClient, name: str) -> None:
    content, sentence = HOSTILE[name]
    answer = drop(owner, content)
    assert (answer.status_code, answer.json) == (422, {"error": sentence})


@pytest.mark.parametrize(
    "promise", [header(2**31), header(100, rate=2**31), header(100, channels=0), header(9, channels=999)]
)
def test_what_a_header_promises_is_not_believed(open_app: Flask, owner: FlaskClient, promise: bytes) -> None:
    assert drop(owner, promise + bytes(1000)).status_code in (200, 422)


def test_silence_is_heard_too(library: dict[str, str], owner: FlaskClient) -> None:
    assert len(drop(owner, silent(3)).json["tracks"]) == 3


def test_too_large_a_file_is_refused(open_app: Flask, owner: FlaskClient) -> None:
    answer = drop(owner, bytes(dropping.MOST_BYTES + 1))
    assert (answer.status_code, answer.json) == (413, {"error": "This file is larger than 20 MB"})
    assert drop(owner, bytes(dropping.MOST_BYTES + 200_000)).status_code == 413


def test_no_other_body_may_be_that_large(open_app: Flask, owner: FlaskClient) -> None:
    assert owner.post("/generate", data=b"x" * 300_000, content_type="application/json").status_code == 413


@pytest.mark.parametrize("field", ["", "other"])
def test_without_a_file_it_says_what_to_send(open_app: Flask, owner: FlaskClient, field: str) -> None:
    body = {field: (io.BytesIO(b"x"), "x.wav")} if field else {"file": "words"}
    answer = owner.post("/api/similar", data=body, content_type="multipart/form-data")
    assert (answer.status_code, answer.json) == (400, {"error": "Choose a sound file first"})


def test_a_refusal_stands_in_the_form(open_app: Flask, owner: FlaskClient) -> None:
    for headers in (HTML, HTMX):
        answer = drop(owner, b"words", headers=headers)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text and CANNOT in answer.text and 'id="drop-form"' in answer.text


def test_a_decoder_that_never_ends_is_ended(
    open_app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropping, "TIMEOUT_SECONDS", 0.01)
    answer = drop(owner, silent(3))
    assert (answer.status_code, answer.json) == (422, {"error": "It took too long to read this file"})


def test_files_wait_for_their_turn(open_app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "WAIT_SECONDS", 0)
    for _ in range(dropping.AT_ONCE):
        dropping._turns.acquire()
    answer = drop(owner, silent(3))
    for _ in range(dropping.AT_ONCE):
        dropping._turns.release()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "0")
    assert drop(owner, silent(3)).status_code == 200


def test_it_is_limited_on_a_public_site(public_app: Flask, nobody: FlaskClient) -> None:
    statuses = [nobody.post("/api/similar").status_code for _ in range(21)]
    assert statuses == [400] * 20 + [429]
