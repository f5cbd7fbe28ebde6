"""Sweeping takes what belongs to nothing, and nothing else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.deploy.pruning import prune
from soundbox.extensions import db
from soundbox.tracks.air import FILLER, SUFFIX
from soundbox.tracks.models import Track
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


def test_cuts_for_the_air_go_with_their_track_and_stay_with_it(
    open_app: Flask, settings: Config, owner: FlaskClient
) -> None:
    kept, sharing = make_track(open_app), make_track(open_app)
    gone = secrets.token_hex(16)
    with db.write() as session:  # as tracks that share their files do
        session.execute(update(Track).where(Track.id == sharing).values(stem=f"{kept}.1"))
    cuts = {stem: grow_old(write_tone(open_app, f"{stem}.{SUFFIX}", 1)) for stem in (f"{kept}.1", f"{gone}.1")}
    filler = grow_old(write_tone(open_app, FILLER, 1))
    prune(settings)
    assert cuts[f"{kept}.1"].exists() and filler.exists() and not cuts[f"{gone}.1"].exists()
    for track_id, stays in ((sharing, True), (kept, False)):
        assert owner.delete(f"/api/library/{track_id}").status_code == 200
        assert cuts[f"{kept}.1"].exists() is stays


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
