"""More like this: near sounds, public tracks only, whatever the size of the library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, insert, select, text

from soundbox.audio.feature_form import DIMENSIONS, VERSION
from soundbox.audio.features import features
from soundbox.audio.scale import scale
from soundbox.deploy.listening import listen_to_all
from soundbox.deploy.variety import around
from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import SoundRequest
from soundbox.extensions import db
from soundbox.tracks.alikes import ENOUGH, NEAREST, alikes, nearest, similarity
from soundbox.tracks.features import TrackFeatures
from soundbox.tracks.models import Track, Withheld
from tests.making import make_track
from tests.working import Working

RNG = np.random.default_rng(1)
PLACE = RNG.integers(-60, 60, DIMENSIONS).astype(np.int8)
HTML = {"Accept": "text/html"}


def make_heard(app: Flask, vector: np.ndarray, **facts: object) -> str:
    """A track that sounds like `vector`."""
    track_id = make_track(app, **facts)
    with db.write() as session:
        TrackFeatures.keep(session, numbered(track_id), vector.astype(np.int8))
    return track_id


def numbered(track_id: str) -> int:
    with db.read() as session:
        return session.scalars(select(Track.number).where(Track.id == track_id)).one()


def away(by: float) -> np.ndarray:
    """A vector that lies so far from PLACE."""
    return PLACE + np.eye(DIMENSIONS, dtype=int)[7] * round(by)


def similar(client: FlaskClient, track_id: str, **query: object) -> list[dict]:
    answer = client.get(f"/api/tracks/{track_id}/similar", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json["tracks"]


def test_what_is_nearest_comes_first_and_says_how_near(open_app: Flask, owner: FlaskClient) -> None:
    this = make_heard(open_app, away(0))
    far, near, middle = (make_heard(open_app, away(by)) for by in (60, 5, 30))
    found = similar(owner, this)
    assert [row["id"] for row in found] == [near, middle, far]
    assert 1 > found[0]["similarity"] > found[1]["similarity"] > found[2]["similarity"] > 0.5
    assert found[0]["audio_url"] == f"/audio/{near}.wav"


def test_the_same_words_bring_a_track_a_little_nearer(open_app: Flask, owner: FlaskClient) -> None:
    this = make_heard(open_app, away(0), prompt="warm rain on a tin roof")
    other = make_heard(open_app, away(20), prompt="techno")
    same = make_heard(open_app, away(25), prompt="warm rain on a tin roof")
    far = make_heard(open_app, away(60), prompt="warm rain on a tin roof")
    assert [row["id"] for row in similar(owner, this)] == [same, other, far]


def test_as_many_as_asked_for(open_app: Flask, owner: FlaskClient) -> None:
    this = make_heard(open_app, away(0))
    for by in range(1, 15):
        make_heard(open_app, away(by))
    assert len(similar(owner, this)) == 12
    assert len(similar(owner, this, count=3)) == 3
    for count in (0, 51, "many"):
        assert owner.get(f"/api/tracks/{this}/similar?count={count}").status_code == 400


@pytest.mark.parametrize(
    "hidden", [{"visibility": "private"}, {"visibility": "unlisted"}, {"withheld": Withheld.reports}]
)
def test_hidden_tracks_are_never_answered(public_app: Flask, cast: dict[str, FlaskClient], hidden: dict) -> None:
    this, shown = make_heard(public_app, away(0), maker="ada"), make_heard(public_app, away(9), maker="ada")
    kept = make_heard(public_app, away(1), maker="ada", **hidden)
    for name in ("ada", "ben", "cleo"):
        assert [row["id"] for row in similar(cast[name], this)] == [shown], name
        assert kept not in cast[name].get(f"/tracks/{this}/similar", headers=HTML).text


def test_a_track_that_may_not_be_read_has_no_alikes(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    mine = make_heard(public_app, away(0), maker="ada", visibility="private")
    shown = make_heard(public_app, away(3), maker="ada")
    assert cast["ben"].get(f"/api/tracks/{mine}/similar").status_code == 404
    assert cast["ben"].get("/api/tracks/nonsense/similar").json == {"error": "Track not found"}
    assert [row["id"] for row in similar(cast["ada"], mine)] == [shown]


def test_many_hidden_neighbours_do_not_hide_the_others(open_app: Flask, owner: FlaskClient) -> None:
    this, shown = make_heard(open_app, away(0)), make_heard(open_app, away(60))
    for by in range(1, 40):
        make_heard(open_app, away(by), visibility="private")
    assert [row["id"] for row in similar(owner, this, count=1)] == [shown]


def test_a_deleted_track_leaves_nothing_behind(open_app: Flask, owner: FlaskClient) -> None:
    this, gone = make_heard(open_app, away(0)), make_heard(open_app, away(1))
    assert owner.delete(f"/api/library/{gone}").status_code == 200
    assert similar(owner, this) == []
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(TrackFeatures)) == 1


def test_stations_can_leave_out_what_was_played(open_app: Flask) -> None:
    this, played, next_one = (make_heard(open_app, away(by)) for by in (0, 1, 2))
    with db.read() as session:
        track = session.scalars(select(Track).where(Track.id == this)).one()
        assert [one.track.id for one in alikes(session, track, 5, exclude={played})] == [next_one]


def test_a_track_nobody_listened_to_is_listened_to_when_asked_for(open_app: Flask, owner: FlaskClient) -> None:
    older, heard = make_track(open_app), make_heard(open_app, away(0))
    assert [row["id"] for row in similar(owner, older)] == [heard]
    assert {row["id"] for row in similar(owner, heard)} == {older}


def test_a_track_without_its_file_has_no_alikes(open_app: Flask, owner: FlaskClient) -> None:
    broken = make_track(open_app)
    make_heard(open_app, away(0))
    open_app.extensions["soundbox_media"].path(f"{broken}.1.wav").unlink()
    assert similar(owner, broken) == []
    assert owner.get(f"/tracks/{broken}/similar", headers=HTML).status_code == 200


def test_the_operator_can_have_all_listened_to(open_app: Flask, owner: FlaskClient, tmp_path: Path) -> None:
    first, second = make_track(open_app), make_track(open_app)
    broken = make_track(open_app)
    open_app.extensions["soundbox_media"].path(f"{broken}.1.wav").write_bytes(b"no sound")
    config = open_app.config["SOUNDBOX"]
    assert [listen_to_all(config), listen_to_all(config)] == [2, 0]
    assert [row["id"] for row in similar(owner, first)] == [second]


def test_what_another_version_heard_is_not_compared(open_app: Flask, owner: FlaskClient) -> None:
    this, other = make_heard(open_app, away(0)), make_heard(open_app, away(1))
    with db.write() as session:
        session.get_one(TrackFeatures, numbered(other)).version = 0
    assert similar(owner, this) == []
    listen_to_all(open_app.config["SOUNDBOX"])
    assert [row["id"] for row in similar(owner, this)] == [other]


def test_a_finished_job_is_findable_at_once(open_app: Flask, owner: FlaskClient) -> None:
    working = Working(open_app)
    asked = {"model": "audio", "prompt": "rain", "duration": 2}
    jobs = [owner.post("/generate", json={**asked, "seed": seed}).json["job_id"] for seed in (1, 2)]
    working.finish(*jobs)
    working.stop()
    assert [row["id"] for row in similar(owner, jobs[0])] == [jobs[1]]
    sound = render(SoundRequest("again", "audio", "rain", 2.0, 1))
    with db.read() as session:
        kept, other = (TrackFeatures.of(session, numbered(job)).astype(float) for job in jobs)
    vector = features(sound.samples, sound.sample_rate)
    assert np.linalg.norm(kept - vector) < np.linalg.norm(other - vector)


@pytest.fixture
def crowd(open_app: Flask) -> np.ndarray:
    """More tracks than are ever compared, as numbers only: vectors in the order of their tracks."""
    halves = [centres[RNG.integers(len(centres), size=60)] for centres in scale().centres]
    known = np.rint(np.stack(halves, axis=2).reshape(60, -1) @ scale().axes).astype(np.int8)
    vectors = around(known, 2 * ENOUGH, np.random.default_rng(2))
    pattern = make_track(open_app)
    with db.write() as session:
        track = session.scalars(select(Track).where(Track.id == pattern)).one()
        own = ("number", "id", "votes", "random_key")
        facts = {c.name: getattr(track, c.name) for c in Track.__table__.columns if c.name not in own}
        rows = [{**facts, "id": f"{number:032x}"} for number in range(len(vectors))]
        numbers = list(session.scalars(insert(Track).returning(Track.number, sort_by_parameter_order=True), rows))
        session.execute(insert(TrackFeatures), TrackFeatures.rows(numbers, vectors))
    return vectors


def test_a_large_library_is_searched_in_few_queries_and_finds_what_a_look_at_all_finds(
    open_app: Flask, owner: FlaskClient, crowd: np.ndarray
) -> None:
    hits = []
    for at in range(40):
        with db.read() as session:
            near = nearest(session, crowd[at])
        true = np.sort(np.linalg.norm(crowd.astype(float) - crowd[at], axis=1))[10]
        hits.append((near.distances[:11] <= true + 0.01).sum() - 1)
    assert np.mean(hits) >= 9.5  # of ten
    selects: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: selects.append(call[2]))
    assert len(similar(owner, f"{5:032x}")) == 12
    assert (
        len([one for one in selects if one.startswith("SELECT")]) <= 6
    )  # who asks, track, numbers, cells, others, tracks


def test_a_small_library_is_compared_as_a_whole(open_app: Flask, owner: FlaskClient) -> None:
    vectors = RNG.integers(-127, 127, (40, DIMENSIONS)).astype(np.int8)
    ids = [make_heard(open_app, vector, prompt=f"number {at}") for at, vector in enumerate(vectors)]
    with db.read() as session:
        near = nearest(session, vectors[0])
    true = np.linalg.norm(vectors.astype(float) - vectors[0], axis=1)
    assert np.allclose(near.distances, np.sort(true), atol=0.01)
    assert len(similar(owner, ids[0], count=50)) == 39


def test_finding_neighbours_never_scans_a_table(open_app: Flask, crowd: np.ndarray) -> None:
    with db.write() as session:
        session.execute(text("ANALYZE track_features"))
    explain = "EXPLAIN QUERY PLAN" if db.is_sqlite else "EXPLAIN"
    given = {"cells": "[1,2,3]" if db.is_sqlite else "{1,2,3}", "version": VERSION, "most": ENOUGH}
    with db.read() as session:
        plan = session.execute(text(f"{explain} {NEAREST[db.engine.dialect.name]}"), given).all()
    words = " ".join(str(row) for row in plan)
    assert "ix_track_features_cell" in words
    assert "Seq Scan" not in words and "SCAN track_features" not in words and "SCAN f" not in words


@settings(max_examples=20, deadline=None)
@given(st.integers(-100, 100), st.integers(-100, 100))
def test_similarity_falls_with_distance(one: int, other: int) -> None:
    near, far = sorted((abs(one), abs(other)))
    assert 1.0 >= similarity(near) >= similarity(far) > 0.0
