"""The desk where admins keep the wall in order, and the form that changes a station."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.audit import AuditEntry
from soundbox.extensions import db
from soundbox.stations.house import add_house_stations

HTML = {"Accept": "text/html"}
FORM = {"tells_rule": "1", "name": "Rain", "model": "audio", "categories": ["rain", "thunder"], "sort": "random"}


@pytest.fixture
def desk(public_app: Flask, cast: dict[str, FlaskClient]) -> FlaskClient:
    """The wall of a public site, and its admin."""
    with db.write() as session:
        add_house_stations(session)
    return cast["cleo"]


def slugs(client: FlaskClient) -> list[str]:
    return [station["slug"] for station in client.get("/api/stations").json["stations"]]


def test_stations_are_put_in_order(desk: FlaskClient) -> None:
    before = slugs(desk)
    desk.post("/admin/stations/order", json={"order": [before[2], before[0]]})
    assert slugs(desk)[:3] == [before[2], before[1], before[0]]
    desk.post("/admin/stations/order", data={"up": before[0]}, headers=HTML)
    assert slugs(desk)[:3] == [before[2], before[0], before[1]]
    desk.post("/admin/stations/order", data={"down": before[2]}, headers=HTML)
    assert slugs(desk)[:3] == [before[0], before[2], before[1]]
    assert desk.post("/admin/stations/order", data={"up": before[0]}, headers=HTML).status_code == 303
    assert slugs(desk) == [before[0], before[2], before[1], *before[3:]]


def test_one_is_hidden_shown_and_deleted_and_all_of_it_is_noted(desk: FlaskClient) -> None:
    desk.post("/stations/ocean/edit", data={"is_hidden": "true"}, headers=HTML)
    assert "ocean" not in slugs(desk) and "Show Ocean" in desk.get("/admin/stations", headers=HTML).text
    desk.post("/stations/ocean/edit", data={"is_hidden": "false"}, headers=HTML)
    assert "ocean" in slugs(desk)
    assert desk.post("/stations/ocean/delete", headers=HTML).status_code == 303
    assert "ocean" not in slugs(desk)
    with db.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["station.edit", "station.edit", "station.delete"]


def test_the_form_shows_the_rule_and_saves_it(desk: FlaskClient) -> None:
    page = desk.get("/stations/retro/edit", headers=HTML).text
    ticked = re.findall(r'name="categories"\s+value="(\w+)" checked', page)
    assert sorted(ticked) == sorted(["retro", "chiptune", "arcade", "synthwave", "80s", "70s", "60s"])
    told = {**FORM, "name": "Retro", "min_tempo": "100", "loop": "true", "plays_for_the_room": "false"}
    assert desk.post("/stations/retro/edit", data=told, headers=HTML).status_code == 303
    saved = desk.get("/api/stations/retro").json
    assert saved["rule"]["categories"] == ["rain", "thunder"] and saved["rule"]["loop"] is True
    assert saved["rule"]["min_tempo"] == 100 and saved["plays_for_the_room"] is False


def test_what_the_form_does_not_show_stays(desk: FlaskClient) -> None:
    desk.patch("/api/stations/rain", json={"rule": {"key": "A minor", "commercial_use": True}})
    page = desk.get("/stations/rain/edit", headers=HTML).text
    hidden = dict(re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page))
    assert (hidden["key"], hidden["commercial_use"]) == ("A minor", "true")
    desk.post("/stations/rain/edit", data={**hidden, "name": "Rain"}, headers=HTML)
    rule = desk.get("/api/stations/rain").json["rule"]
    assert (rule["key"], rule["commercial_use"]) == ("A minor", True)


def test_a_new_station_of_the_house_is_on_the_wall_at_once(desk: FlaskClient) -> None:
    assert "New station" in desk.get("/admin/stations/new", headers=HTML).text
    desk.post("/api/stations", data={**FORM, "name": "Storms", "for_the_house": "on"}, headers=HTML)
    station = desk.get("/api/stations/storms").json
    assert (slugs(desk)[-1], station["creator"], station["is_hidden"]) == ("storms", None, False)


def test_a_rule_is_counted_while_it_is_written(owner: FlaskClient, library: dict[str, str]) -> None:
    told = owner.post("/api/stations/count", data=FORM, headers={"HX-Request": "true"})
    assert "2 tracks: Sound effects tagged Rain or Thunder." in told.text and "<form" not in told.text
    answer = owner.post("/api/stations/count", json={"rule": {"sort": "top"}}).json
    assert answer == {"total": 7, "capped": False, "words": "7 tracks: Everything in the library, only the best rated."}
    assert owner.post("/api/stations/count", json={"rule": {"model": "violin"}}).status_code == 400
    unknown = owner.post("/api/stations/count", json={"rule": {"playlist": "0" * 32}})
    promised = owner.get("/openapi.json").json["paths"]["/api/stations/count"]["post"]["responses"]
    assert str(unknown.status_code) in promised and unknown.status_code == 404


def test_others_have_no_desk(desk: FlaskClient, cast: dict[str, FlaskClient]) -> None:
    ada = cast["ada"]
    for path in ("/admin/stations", "/admin/stations/new", "/stations/rain/edit"):
        assert ada.get(path, headers=HTML).status_code == 403
    assert ada.post("/admin/stations/order", json={"order": []}).status_code == 403
    assert ada.post("/api/stations", json={"name": "x", "for_the_house": True}).status_code == 403
    assert ada.patch("/api/stations/rain", json={"name": "Mine"}).status_code == 403
