"""A search, a playlist or a track turned into a station of one's own; changing and deleting it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.accounts.archive import Archive
from soundbox.accounts.audit import AuditEntry
from soundbox.accounts.models import User
from soundbox.accounts.signals import deleting, exporting
from soundbox.extensions import db
from soundbox.stations.models import Station
from tests.making import make_track

HTML = {"Accept": "text/html"}


def test_a_search_becomes_a_station_that_plays_what_it_finds(cast: dict[str, FlaskClient], public_app: Flask) -> None:
    found = make_track(public_app, "ben", prompt="slow rain", kind="audio", seconds=9.0)
    make_track(public_app, "ben", prompt="slow rain", kind="audio", seconds=3.0)
    make_track(public_app, "ada", prompt="slow rain", kind="audio", seconds=9.0)
    query = "?search=rain&model=audio&min_duration=5&maker=ben&sort=rating&category=rain&page=3"
    made = cast["ada"].post("/api/stations", json={"query": query})
    assert made.status_code == 201 and made.headers["Location"].endswith("/stations/rain")
    rule = {name: value for name, value in made.json["rule"].items() if value not in (None, [], "")}
    assert rule["sort"] == "top" and rule["categories"] == ["rain"] and rule["min_duration"] == 5
    assert (made.json["name"], made.json["is_hidden"], made.json["creator"]) == ("rain", True, "ada")
    assert [track["id"] for track in cast["ada"].get("/api/stations/rain/tracks").json["tracks"]] == [found]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "loop=1&key=A minor&licence=CC0-1.0&commercial_use=1",
            "loops, in A minor, under CC0-1.0, free for commercial",
        ),
        ("is_remix=1&has_remixes=0&voted=1", "remixes, that nobody remixed, voted on"),
        ("min_tempo=80&max_tempo=100&sort=trending", "80 to 100 bpm, only what is trending"),
        ("", "Everything in the library."),
    ],
)
def test_every_filter_of_the_library_is_kept(owner: FlaskClient, query: str, words: str) -> None:
    assert words in owner.post("/api/stations", json={"query": query}).json["rule_words"]


def test_a_playlist_becomes_a_station(cast: dict[str, FlaskClient], public_app: Flask) -> None:
    track = make_track(public_app, "ben")
    make_track(public_app, "ben")
    playlist = cast["ada"].post("/api/playlists", json={"name": "Evenings", "track": track}).json["id"]
    assert cast["ben"].post("/api/stations", json={"playlist": playlist}).status_code == 404
    assert cast["ada"].post("/api/stations", json={"playlist": playlist}).json["name"] == "Evenings"
    assert [one["id"] for one in cast["ada"].get("/api/stations/evenings/tracks").json["tracks"]] == [track]


def test_a_track_becomes_a_station_of_what_sounds_like_it(owner: FlaskClient, open_app: Flask) -> None:
    track = make_track(open_app, prompt="quiet piano")
    made = owner.post("/api/stations", data={"track": track}, headers=HTML)
    assert made.status_code == 303
    answer = owner.get("/api/stations/like-quiet-piano").json
    assert answer["rule"]["like"] == track and answer["prompt"] == "quiet piano"
    private = make_track(open_app, visibility="private")
    assert owner.post("/api/stations", json={"track": "0" * 32}).status_code == 404
    assert owner.post("/api/stations", json={"track": private}).status_code == 201


REFUSED: list[tuple[dict[str, Any], int]] = [
    ({}, 400),
    ({"name": "x" * 61}, 400),
    ({"name": "x", "rule": {"categories": ["nonsense"]}}, 400),
    ({"name": "x", "rule": {"model": "violin"}}, 400),
    ({"name": "x", "rule": {"playlist": "0" * 32}}, 404),
    ({"name": "x", "rule": {"like": "0" * 32}}, 404),
    ({"query": "sort=loudest"}, 400),
    ({"query": "maker=nobody-here"}, 400),
    ({"query": "&".join(f"a{number}=1" for number in range(40))}, 400),
]


def test_what_means_nothing_is_refused(owner: FlaskClient) -> None:
    answers = [owner.post("/api/stations", json=body) for body, _ in REFUSED]
    assert [answer.status_code for answer in answers] == [status for _, status in REFUSED]
    assert all(answer.json["error"] for answer in answers)


def test_guests_have_none(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    assert nobody.post("/api/stations", json={"name": "Mine"}).status_code == 401
    assert "Stations belong to members" in nobody.get("/mine/stations", headers=HTML).text


def test_a_maker_changes_and_deletes_their_own_and_nobody_elses(cast: dict[str, FlaskClient]) -> None:
    cast["ada"].post("/api/stations", json={"name": "Mine"})
    changed = cast["ada"].patch("/api/stations/mine", json={"name": "Still mine", "rule": {"model": "audio"}})
    assert (changed.json["name"], changed.json["rule"]["model"]) == ("Still mine", "audio")
    assert cast["ada"].patch("/api/stations/mine", json={"is_hidden": False}).status_code == 403
    assert cast["ben"].patch("/api/stations/mine", json={"name": "Bens"}).status_code == 404
    cast["cleo"].patch("/api/stations/mine", json={"is_hidden": False})
    assert cast["ben"].patch("/api/stations/mine", json={"name": "Bens"}).status_code == 403
    assert cast["ben"].delete("/api/stations/mine").status_code == 403
    assert cast["ada"].delete("/api/stations/mine").status_code == 200
    assert cast["ada"].get("/api/stations/mine").status_code == 404


def test_one_on_the_wall_leaves_it_when_its_maker_changes_its_words(cast: dict[str, FlaskClient]) -> None:
    cast["ada"].post("/api/stations", json={"name": "Mine"})
    cast["cleo"].patch("/api/stations/mine", json={"is_hidden": False})
    assert cast["ada"].patch("/api/stations/mine", json={"rule": {"loop": True}}).json["is_hidden"] is False
    assert cast["ada"].patch("/api/stations/mine", json={"name": "Another"}).json["is_hidden"] is True


def test_words_that_are_not_welcome_are_refused(cast: dict[str, FlaskClient], public_app: Flask) -> None:
    (public_app.config["SOUNDBOX"].instance / "blocklist.txt").write_text("flibbertigibbet\n")
    for body in ({"name": "A flibbertigibbet"}, {"query": "search=flibbertigibbet"}):
        assert cast["ada"].post("/api/stations", json=body).status_code == 400
    cast["ada"].post("/api/stations", json={"name": "Mine"})
    assert cast["ada"].patch("/api/stations/mine", json={"description": "flibbertigibbet"}).status_code == 400


def test_they_are_taken_along_and_go_with_their_maker(cast: dict[str, FlaskClient]) -> None:
    cast["ada"].post("/api/stations", json={"name": "Mine"})
    with db.write() as session:
        ada = User.named(session, "ada")
        archive = Archive(with_masters=False)
        exporting.send(session, user=ada, archive=archive)
        told = dict(archive.files(0))["stations.json"].read()
        assert b'"slug": "mine"' in told
        deleting.send(session, user=ada, keep_tracks=False, afterwards=[])
        assert session.scalars(select(Station)).all() == []


def test_what_an_admin_does_to_those_of_others_is_noted(cast: dict[str, FlaskClient]) -> None:
    cast["ada"].post("/api/stations", json={"name": "Mine"})
    cast["ada"].patch("/api/stations/mine", json={"prompt": "rain"})
    cast["cleo"].patch("/api/stations/mine", json={"is_hidden": False})
    cast["cleo"].delete("/api/stations/mine")
    with db.read() as session:
        noted = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(one.name, one.action, one.subject) for one in noted] == [
            ("cleo", "station.edit", "station:mine"),
            ("cleo", "station.delete", "station:mine"),
        ]
