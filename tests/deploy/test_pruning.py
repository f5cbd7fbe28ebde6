"""Sweeping takes what belongs to nothing, and nothing else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.deploy.pruning import prune
from tests.making import make_track, write_tone

DAY_MS = 86_400_000


@pytest.fixture
def settings(open_app: Flask) -> Config:
    config: Config = open_app.config["SOUNDBOX"]
    return config


def grow_old(path: Path) -> Path:
    os.utime(path, (0, 0))
    return path


def test_files_of_a_lost_race_go_and_those_of_tracks_stay(
    open_app: Flask, settings: Config, owner: FlaskClient
) -> None:
    track_id = make_track(open_app)
    kept = grow_old(open_app.extensions["soundbox_media"].path(f"{track_id}.1.wav"))
    loser = grow_old(write_tone(open_app, f"{track_id}.2.wav", 1))
    orphan = grow_old(write_tone(open_app, f"{secrets.token_hex(16)}.1.wav", 1))
    assert prune(settings).files == 2
    assert kept.exists() and not loser.exists() and not orphan.exists()
    assert owner.get(f"/audio/{track_id}.wav").status_code == 200


def test_a_file_in_the_making_is_left_alone(open_app: Flask, settings: Config) -> None:
    young = write_tone(open_app, f"{secrets.token_hex(16)}.1.wav", 1)
    assert prune(settings).files == 0
    assert young.exists()


def test_private_takes_stay_unless_the_operator_says_otherwise(open_app: Flask, settings: Config) -> None:
    make_track(open_app, visibility="private", created_ms=now_ms() - 400 * DAY_MS)
    assert prune(settings).tracks == 0


def test_old_private_takes_go_with_their_files_and_public_ones_stay(
    open_app: Flask, settings: Config, owner: FlaskClient
) -> None:
    old = make_track(open_app, visibility="private", created_ms=now_ms() - 31 * DAY_MS)
    young = make_track(open_app, visibility="private", created_ms=now_ms() - 29 * DAY_MS)
    public = make_track(open_app, created_ms=now_ms() - 31 * DAY_MS)
    grow_old(open_app.extensions["soundbox_media"].path(f"{old}.1.wav"))
    swept = prune(Config.load(settings.instance, database=settings.database, worker="none", keep_private_days=30))
    assert (swept.tracks, swept.files) == (1, 1)
    statuses = [owner.get(f"/api/library/{track_id}").status_code for track_id in (old, young, public)]
    assert statuses == [404, 200, 200]
