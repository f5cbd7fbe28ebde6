"""Stems and notes of music that was composed here."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient

from soundbox.audio.spectrogram import brightness
from soundbox.engines.models import PROCEDURAL_VERSION
from tests.making import make_track
from tests.working import Working

STEMS = ("drums", "bass", "chords", "melody")
SONG = {"prompt": "funk, 104 bpm", "duration": 6, "model": "music", "seed": 5}
HTML = {"Accept": "text/html"}


@pytest.fixture
def working(open_app: Flask) -> Iterator[Working]:
    worker = Working(open_app)
    yield worker
    worker.stop()


@pytest.fixture
def song(working: Working, owner: FlaskClient) -> str:
    job_id = owner.post("/generate", json=SONG).json["job_id"]
    working.finish(job_id)
    return job_id


def samples_of(owner: FlaskClient, path: str) -> np.ndarray:
    answer = owner.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
    return soundfile.read(io.BytesIO(answer.data))[0]


def test_the_stems_of_a_song_add_up_to_what_is_heard(owner: FlaskClient, song: str) -> None:
    stems = {part: samples_of(owner, f"/audio/{song}.{part}.wav") for part in STEMS}
    mix = samples_of(owner, f"/audio/{song}.wav")
    total = sum(stems.values())
    assert total.shape == mix.shape
    assert likeness(total, mix) > 0.97  # the master colours the mix a little
    for part in STEMS:
        assert likeness(total - stems[part], mix) < likeness(total, mix) - 0.003, part


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Of two spectrograms; 1 is the same picture."""
    pictures = [brightness(samples.T.astype(np.float32), 44_100, 48, 240).ravel() for samples in (one, other)]
    return float(np.corrcoef(*pictures)[0, 1])


def test_the_notes_of_a_song_are_a_midi_file(owner: FlaskClient, song: str) -> None:
    answer = owner.get(f"/audio/{song}.mid")
    assert (answer.status_code, answer.mimetype) == (200, "audio/midi")
    header, kind, tracks, ticks = struct.unpack(">4sxxxxHHH", answer.data[:14])
    assert (header, kind, ticks) == (b"MThd", 1, 480)
    assert answer.data.count(b"MTrk") == tracks > 3
    assert round(60e6 / 104).to_bytes(3, "big") in answer.data


def test_parts_are_made_once_even_for_a_crowd(open_app: Flask, owner: FlaskClient, song: str) -> None:
    with ThreadPoolExecutor(3) as crowd:
        answers = set(crowd.map(lambda _: open_app.test_client().get(f"/audio/{song}.bass.wav").data, range(3)))
    media = open_app.extensions["soundbox_media"]
    made = media.path(f"{song}.1.bass.wav").stat().st_mtime_ns
    owner.get(f"/audio/{song}.bass.wav")
    assert len(answers) == 1
    assert media.path(f"{song}.1.bass.wav").stat().st_mtime_ns == made


def test_the_page_of_a_song_offers_its_parts_under_clean_names(owner: FlaskClient, song: str) -> None:
    page = owner.get(f"/tracks/{song}", headers=HTML).text
    for suffix in (*(f"{part}.wav" for part in STEMS), "mid"):
        assert f"/download/{song}.{suffix}" in page
    disposition = owner.get(f"/download/{song}.mid").headers["Content-Disposition"]
    assert disposition == f"attachment; filename=funk-104-bpm_{song[-6:]}.mid"


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"kind": "audio", "engine": "Sound Box sound designer"}, 404, "composed here"),
        ({"kind": "tts", "engine": "espeak-ng"}, 404, "composed here"),
        ({"engine": "MusicGen small"}, 404, "composed here"),
        ({"engine_version": "0"}, 410, "earlier version"),
    ],
)
def test_what_has_no_parts_says_why_and_offers_none(
    open_app: Flask, owner: FlaskClient, facts: dict[str, str], status: int, words: str
) -> None:
    track = make_track(open_app, **{"engine_version": PROCEDURAL_VERSION, **facts})
    for suffix in ("drums.wav", "mid"):
        answer = owner.get(f"/audio/{track}.{suffix}")
        assert (answer.status_code, words in answer.json["error"]) == (status, True)
    assert f"/download/{track}.mid" not in owner.get(f"/tracks/{track}", headers=HTML).text


def test_the_parts_of_a_private_song_are_its_makers(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track = make_track(public_app, "ada", visibility="private", engine_version=PROCEDURAL_VERSION)
    assert cast["dov"].get(f"/audio/{track}.mid").status_code == 404
    assert cast["ada"].get(f"/audio/{track}.mid").status_code == 200


def test_relatives_keep_tempo_and_key_and_their_own_recipe(working: Working, owner: FlaskClient, song: str) -> None:
    parent = owner.get(f"/api/library/{song}").json
    for relation in ("vary", "extend", "reference"):
        body = {"prompt": SONG["prompt"], "duration": 4, "parent": song, "relation": relation}
        child_id = owner.post("/generate", json=body).json["job_id"]
        working.finish(child_id)
        child = owner.get(f"/api/library/{child_id}").json
        assert (child["tempo"], child["key"], child["parent"]) == (parent["tempo"], parent["key"], song)
        assert owner.get(f"/audio/{child_id}.bass.wav").status_code == 200
        if relation == "extend":
            assert child["duration"] > parent["duration"]


def test_deleting_a_song_deletes_its_parts(open_app: Flask, owner: FlaskClient, song: str) -> None:
    owner.get(f"/audio/{song}.drums.wav")
    assert owner.delete(f"/api/library/{song}").status_code == 200
    assert list(open_app.extensions["soundbox_media"].keys(song)) == []
