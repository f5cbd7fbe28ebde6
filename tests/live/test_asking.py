"""Asking a station for a track or for a new sound: it airs within the time that is told."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.extensions import db
from soundbox.live import airing, timeline
from soundbox.live.models import StationRequest
from soundbox.stations.models import Station
from soundbox.tracks.models import Track
from tests.making import make_track

from .stations import Clock, make_station

PATH = "/api/stations/all/requests"


@pytest.fixture
def station(open_app: Flask, clock: Clock) -> Station:
    make_station(model="music")
    for _ in range(5):
        make_track(open_app, seconds=20.0)
    with db.read() as session:
        return session.scalars(select(Station)).one()


def on_air_between(station: Station, clock: Clock, until_ms: int) -> dict[str, int]:
    """When each track was on air for the first time, listened to minute by minute."""
    first: dict[str, int] = {}
    while clock.ms < until_ms:
        current = airing.on_air(station).current()
        assert current is not None
        first.setdefault(current.entry.track_id, clock.ms)
        clock.pass_seconds(10)
    return first


def test_a_track_that_is_asked_for_airs_before_the_moment_told(
    owner: FlaskClient, station: Station, clock: Clock, open_app: Flask
) -> None:
    airing.on_air(station)
    wanted = make_track(open_app, seconds=30.0)
    answer = owner.post(PATH, json={"track": wanted})
    assert answer.status_code == 201
    assert 0 < answer.json["airs_within_seconds"] <= 1200
    until = clock.ms + answer.json["airs_within_seconds"] * 1000
    assert wanted in on_air_between(station, clock, until)
    with db.read() as session:
        assert session.scalars(select(StationRequest)).one().aired_period is not None


def test_it_is_told_that_it_was_asked_for(owner: FlaskClient, station: Station, clock: Clock, open_app: Flask) -> None:
    airing.on_air(station)
    wanted = make_track(open_app, seconds=30.0)
    owner.post(PATH, json={"track": wanted})
    clock.pass_seconds(600)
    airings = airing.on_air(station).airings
    assert next(one.entry.why for one in airings if one.entry.track_id == wanted) == "requested"


def test_a_new_sound_is_made_and_airs_once_it_is_finished(
    owner: FlaskClient, station: Station, clock: Clock, open_app: Flask
) -> None:
    airing.on_air(station)
    answer = owner.post(PATH, json={"prompt": "slow rain on a tin roof"}).json
    assert owner.get(f"/job/{answer['track_id']}").json["model"] == "music"
    assert (answer["airs_before"], answer["airs_within_seconds"]) == (None, 1200)
    clock.pass_seconds(600)
    assert answer["track_id"] not in {one.entry.track_id for one in airing.on_air(station).airings}
    with db.write() as session:
        session.scalars(select(Track).order_by(Track.number).limit(1)).one().id = answer["track_id"]
    clock.pass_seconds(600)
    assert answer["track_id"] in {one.entry.track_id for one in airing.on_air(station).airings}


def test_what_the_station_never_plays_is_refused(owner: FlaskClient, station: Station, open_app: Flask) -> None:
    effect = make_track(open_app, kind="audio")
    assert owner.post(PATH, json={"track": effect}).status_code == 409
    assert owner.post(PATH, json={"track": "0" * 32}).status_code == 404
    assert owner.post(PATH, json={}).status_code == 400
    assert owner.post("/api/stations/none/requests", json={"track": effect}).status_code == 404


def test_one_person_waits_for_three_at_most(owner: FlaskClient, station: Station, open_app: Flask) -> None:
    tracks = [make_track(open_app) for _ in range(4)]
    assert [owner.post(PATH, json={"track": one}).status_code for one in tracks] == [201, 201, 201, 429]


def test_more_than_fits_waits_for_a_later_period(owner: FlaskClient, station: Station, open_app: Flask) -> None:
    long = [make_track(open_app, seconds=170.0) for _ in range(3)]
    told = [owner.post(PATH, json={"track": one}).json["airs_within_seconds"] for one in long]
    assert told[0] == told[1] == told[2] - timeline.seconds_of(timeline.PERIOD_FRAMES)


def test_a_form_goes_back_to_the_station(owner: FlaskClient, station: Station, open_app: Flask) -> None:
    form = {"track": make_track(open_app)}
    answer = owner.post(PATH, data=form, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (303, "/stations/all")
