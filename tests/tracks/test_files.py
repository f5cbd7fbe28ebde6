"""Sounds and pictures as they are served."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from soundbox.app import create_app
from soundbox.config import Config
from tests.making import make_track


def test_the_master_is_plain_wav(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    answer = owner.get(f"/audio/{track_id}.wav")
    assert answer.headers["Content-Type"] == "audio/wav"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert int.from_bytes(answer.data[20:22], "little") == 1  # PCM
    samples, rate = soundfile.read(io.BytesIO(answer.data))
    assert (rate, samples.shape) == (22050, (44100, 2))


@pytest.mark.parametrize(
    ("asked", "status", "content_range"),
    [
        ("bytes=0-99", 206, "bytes 0-99/176476"),
        ("bytes=-100", 206, "bytes 176376-176475/176476"),
        ("bytes=176400-", 206, "bytes 176400-176475/176476"),
        ("bytes=200000-", 416, "bytes */176476"),
    ],
)
def test_ranges_are_served(open_app: Flask, owner: FlaskClient, asked: str, status: int, content_range: str) -> None:
    answer = owner.get(f"/audio/{make_track(open_app)}.wav", headers={"Range": asked})
    assert (answer.status_code, answer.headers["Content-Range"]) == (status, content_range)


def test_a_known_file_is_not_sent_again(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    etag = owner.get(f"/audio/{track_id}.wav").headers["ETag"]
    assert not etag.startswith("W/")
    assert owner.get(f"/audio/{track_id}.wav", headers={"If-None-Match": etag}).status_code == 304


def test_public_files_are_cached_for_ever_and_private_ones_by_nobody(open_app: Flask, owner: FlaskClient) -> None:
    public, private = make_track(open_app), make_track(open_app, visibility="private")
    assert owner.get(f"/audio/{public}.wav").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert owner.get(f"/audio/{private}.wav").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("suffix", "media_type", "magic"),
    [("flac", "audio/flac", b"fLaC"), ("ogg", "audio/ogg", b"OggS"), ("mp3", "audio/mpeg", b"ID3")],
)
def test_other_formats_are_made_once_and_kept(
    open_app: Flask, owner: FlaskClient, suffix: str, media_type: str, magic: bytes
) -> None:
    track_id = make_track(open_app)
    first = owner.get(f"/audio/{track_id}.{suffix}")
    assert (first.status_code, first.mimetype) == (200, media_type)
    assert first.data.startswith(magic)
    made = open_app.extensions["soundbox_media"].path(f"{track_id}.1.{suffix}").stat().st_mtime_ns
    assert owner.get(f"/audio/{track_id}.{suffix}").data == first.data
    assert open_app.extensions["soundbox_media"].path(f"{track_id}.1.{suffix}").stat().st_mtime_ns == made


def test_a_crowd_that_asks_at_once_gets_one_file(open_app: Flask) -> None:
    track_id = make_track(open_app)

    def ask(_: int) -> bytes:
        return open_app.test_client().get(f"/audio/{track_id}.flac").data

    with ThreadPoolExecutor(6) as crowd:
        answers = set(crowd.map(ask, range(6)))
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("suffix", "least"),
    [
        ("png", (1200, 300)),
        ("disc.png", (512, 512)),
        ("small.png", (800, 200)),
        ("disc.small.png", (192, 192)),
        ("labelled.png", (800, 300)),
    ],
)
def test_a_missing_picture_is_drawn(open_app: Flask, owner: FlaskClient, suffix: str, least: tuple[int, int]) -> None:
    answer = owner.get(f"/spectrogram/{make_track(open_app)}.{suffix}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.size[0] >= least[0] and picture.size[1] >= least[1]
    assert np.asarray(picture.convert("L")).std() > 5


def test_generate_spectrogram_names_the_picture(open_app: Flask, owner: FlaskClient) -> None:
    track_id = make_track(open_app)
    assert owner.get(f"/generate-spectrogram/{track_id}.wav").json == {"spectrogram": f"{track_id}.png"}
    assert owner.get(f"/generate-spectrogram/{'0' * 32}.wav").status_code == 404


@pytest.mark.parametrize(
    ("prompt", "slug"),
    [
        ("peaceful ambient melody", "peaceful-ambient-melody"),
        ("slow rain on a tin roof with distant thunder", "slow-rain-on-a-tin-roof-with"),
        ("Été à Zürich; rm -rf /", "ete-a-zurich-rm-rf"),
        ("x" * 80, "x" * 30),
        ("雨の音 🎧", "sound"),
        ('"\r\nX-Evil: 1', "x-evil-1"),
    ],
)
def test_a_download_has_a_clean_name(open_app: Flask, owner: FlaskClient, prompt: str, slug: str) -> None:
    track_id = make_track(open_app, prompt=prompt)
    disposition = owner.get(f"/download/{track_id}.wav").headers["Content-Disposition"]
    assert disposition == f"attachment; filename={slug}_{track_id[-6:]}.wav"


@pytest.mark.parametrize(
    "file",
    [
        "nothing.wav",
        "../secret_key",
        "..%2f..%2fsecret_key",
        "%00.wav",
        f"{'0' * 32}.exe",
        f"{'0' * 32}.1.wav",
        "a" * 5000,
    ],
)
@pytest.mark.parametrize("place", ["audio", "spectrogram", "download", "generate-spectrogram"])
def test_names_that_are_no_files_of_ours_are_404(owner: FlaskClient, place: str, file: str) -> None:
    assert owner.get(f"/{place}/{file}").status_code == 404


def test_a_lost_file_is_410_and_a_damaged_one_too(open_app: Flask, owner: FlaskClient) -> None:
    lost, damaged = make_track(open_app), make_track(open_app)
    media = open_app.extensions["soundbox_media"]
    media.delete(f"{lost}.1.wav")
    media.path(f"{damaged}.1.wav").write_bytes(b"RIFF nonsense")
    for path in (f"/audio/{lost}.wav", f"/audio/{lost}.mp3", f"/spectrogram/{lost}.png", f"/audio/{damaged}.mp3"):
        answer = owner.get(path)
        assert answer.status_code == 410
        assert re.match(r"[A-Z].*", answer.json["error"])


def test_nginx_sends_the_file_where_it_is_told_to(config: Config, database: None) -> None:
    behind = Config.load(config.instance, database=config.database, worker="none", accel_redirect="/media/")
    app = create_app(behind)
    track_id = make_track(app)
    answer = app.test_client().get(f"/audio/{track_id}.wav")
    assert answer.headers["X-Accel-Redirect"] == f"/media/{track_id[:2]}/{track_id}.1.wav"
    assert (answer.data, answer.headers["Content-Type"]) == (b"", "audio/wav")
