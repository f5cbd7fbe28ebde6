"""The page of what fills one's storage, and making room."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def three(public_app: Flask, cast: dict[str, FlaskClient]) -> list[str]:
    """Ada's tracks, the biggest first."""
    sizes = {"storm": 3_000_000, "rain": 2_000_000, "drop": 1_000_000}
    return [make_track(public_app, maker="ada", prompt=name, size_bytes=size) for name, size in sizes.items()]


def test_the_biggest_stands_first(cast: dict[str, FlaskClient], three: list[str]) -> None:
    kept = cast["ada"].get("/mine/storage", headers=JSON).json
    assert [track["id"] for track in kept["tracks"]] == three
    assert (kept["used_bytes"], kept["limit_bytes"], kept["total"]) == (6_000_000, 1_000_000_000, 3)
    page = cast["ada"].get("/mine/storage", headers=HTML).text
    assert "6.0 MB of the 1.0 GB that free keeps" in page
    assert page.index("storm") < page.index("rain") < page.index("drop")


def test_one_looks_before_anything_goes(cast: dict[str, FlaskClient], three: list[str]) -> None:
    page = cast["ada"].post("/mine/storage/delete", data={"ids": three[:2]}, headers=HTML).text
    assert "Delete 2 tracks?" in page and "frees 5.0 MB" in page and "cannot be undone" in page
    assert cast["ada"].get("/mine/storage", headers=JSON).json["total"] == 3


def test_several_go_at_once(public_app: Flask, cast: dict[str, FlaskClient], three: list[str]) -> None:
    answer = cast["ada"].post("/mine/storage/delete", data={"ids": three[:2], "confirm": "true"}, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mine/storage")
    kept = cast["ada"].get("/mine/storage", headers=JSON).json
    assert ([track["id"] for track in kept["tracks"]], kept["used_bytes"]) == (three[2:], 1_000_000)
    assert not list(public_app.extensions["soundbox_media"].keys(three[0]))


def test_programs_do_the_same(cast: dict[str, FlaskClient], three: list[str]) -> None:
    asked = {"ids": three[:1]}
    look = cast["ada"].post("/mine/storage/delete", json=asked, headers=JSON).json
    assert look == {"deleted": False, "count": 1, "freed_bytes": 3_000_000}
    done = cast["ada"].post("/mine/storage/delete", json={**asked, "confirm": True}, headers=JSON).json
    assert done == {"deleted": True, "count": 1, "freed_bytes": 3_000_000}


@pytest.mark.parametrize("name", ["dov", "cleo"])
def test_nobody_makes_room_at_others_expense(cast: dict[str, FlaskClient], three: list[str], name: str) -> None:
    asked = {"ids": three, "confirm": True}
    assert cast[name].post("/mine/storage/delete", json=asked, headers=JSON).status_code == 404
    assert cast["ada"].get("/mine/storage", headers=JSON).json["total"] == 3


def test_nothing_ticked_says_so(cast: dict[str, FlaskClient]) -> None:
    answer = cast["ada"].post("/mine/storage/delete", data={"confirm": "true"}, headers=HTML)
    assert answer.status_code == 400 and "Nothing was chosen" in answer.text


def test_an_empty_store_offers_the_next_step(nobody: FlaskClient) -> None:
    page = nobody.get("/mine/storage", headers=HTML).text
    assert "Nothing is kept yet" in page and "Make a sound" in page


def test_ones_own_machine_shows_no_limit(open_app: Flask, owner: FlaskClient) -> None:
    make_track(open_app, size_bytes=3_000_000)
    page = owner.get("/mine/storage", headers=HTML).text
    assert "Your tracks take 3.0 MB." in page and "<progress" not in page
