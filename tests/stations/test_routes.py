"""Stations over HTTP: the wall, one of them, and what it plays to one person."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track

HTML = {"Accept": "text/html"}
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_wall_lists_the_stations_in_their_order(owner: FlaskClient, library: dict[str, str]) -> None:
    stations = owner.get("/api/stations").json["stations"]
    assert [station["slug"] for station in stations][:2] == ["all-music", "ambient"]
    rain = next(station for station in stations if station["slug"] == "rain")
    assert rain["rule"]["categories"] == ["rain", "thunder"] and rain["creator"] is None
    assert rain["rule_words"] == "Sound effects tagged Rain or Thunder."
    assert rain["tracks_url"] == "/api/stations/rain/tracks"


def test_a_station_plays_what_fits_and_nothing_twice_while_others_are_left(
    owner: FlaskClient, library: dict[str, str]
) -> None:
    address = "/api/stations/rain/tracks"
    first = owner.get(f"{address}?count=1").json["tracks"][0]["id"]
    second = owner.get(f"{address}?exclude={first}").json["tracks"]
    assert {first, *(track["id"] for track in second)} == {library["rain"], library["thunder"]}
    both = f"{library['rain']},{library['thunder']}"
    assert [track["id"] for track in owner.get(f"{address}?exclude={both}").json["tracks"]] == [library["rain"]]
    assert owner.get(f"{address}?count=0").status_code == 400


@SQLITE
def test_every_tile_of_the_wall_has_one_button(owner: FlaskClient, library: dict[str, str]) -> None:
    page = owner.get("/radio", headers=HTML).text
    tiles = dict(re.findall(r'data-live-station="([a-z-]+)"(.*?)</li>', page, re.DOTALL))
    assert 'data-radio="/api/stations/rain/tracks"' in tiles["rain"]
    assert "rain on a roof" in tiles["rain"] or "thunder far away" in tiles["rain"]
    assert "data-radio" not in tiles["ocean"] and "Nothing to play yet" in tiles["ocean"]
    assert "/create?prompt=slow+ocean+waves" in tiles["ocean"] and "model=audio" in tiles["ocean"]


@SQLITE
def test_a_page_tells_the_rule_and_offers_the_first_sound(owner: FlaskClient, library: dict[str, str]) -> None:
    rain, ocean = (owner.get(f"/stations/{slug}", headers=HTML).text for slug in ("rain", "ocean"))
    assert "2 tracks to choose from" in rain and library["thunder"] in rain
    assert 'data-radio-name="Rain"' in rain and "/stations/rain.m3u" in rain
    assert "Make the first sound" in ocean and "data-radio=" not in ocean


def test_a_station_counts_what_it_can_choose_from(owner: FlaskClient, library: dict[str, str]) -> None:
    answer = owner.get("/api/stations/all-music").json
    assert (answer["track_count"], answer["track_count_capped"]) == (4, False)


def test_its_first_sound_shows_at_once_and_one_that_is_hidden_is_no_cover(house: Flask, owner: FlaskClient) -> None:
    assert "Nothing to play yet" in owner.get("/stations/fire", headers=HTML).text
    fire = make_track(house, prompt="a campfire", kind="audio")
    assert f"{fire}.disc" in owner.get("/stations/fire", headers=HTML).text
    owner.patch(f"/api/library/{fire}", json={"visibility": "private"})
    assert fire not in owner.get("/radio", headers=HTML).text


def test_the_front_page_shows_some_that_play(owner: FlaskClient, library: dict[str, str]) -> None:
    page = owner.get("/", headers=HTML).text
    assert "/api/stations/all-music/tracks" in page and 'href="/radio"' in page


@SQLITE
@pytest.mark.parametrize(
    "path", ["/stations/none", "/api/stations/none", "/api/stations/none/tracks", "/stations/none.m3u"]
)
def test_what_is_not_there_is_said_so(house: Flask, owner: FlaskClient, path: str) -> None:
    answer = owner.get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (404, {"error": "Station not found"})


def test_only_its_maker_and_admins_hear_a_hidden_one(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    made = cast["ada"].post("/api/stations", json={"name": "Mine"})
    paths = [f"/api/stations/{made.json['slug']}{rest}" for rest in ("", "/tracks")]
    paths += [f"/feeds/stations/mine.{form}" for form in ("atom", "rss")] + [
        "/stations/mine.m3u",
        "/embed/stations/mine",
    ]
    for path in paths:
        statuses = [client.get(path).status_code for client in (cast["ada"], cast["cleo"], cast["dov"], nobody)]
        assert statuses == [200, 200, 404, 404], path
    assert cast["ada"].get("/stations/mine.m3u").cache_control.private
    assert "/stations/mine" not in nobody.get("/radio", headers=HTML).text
